/** Names of arguments and keys whose value is nobody's business, wherever they stand. */
const secret =
  /password|passphrase|passwd|secret|token|credential|api_?key|access_?key|private_?key|key_pem|authorization|bearer|dsn|data_source|connection_string|uri\b/i
/** Paths, names and switches that only mention one. */
const harmless = /_file$|_path$|_name$|_ref$|is_secret$|_url$|secret_names?$|refresh|endpoint/i

/**
 * Blanks string literals on a line that is shown: the value of whatever is named like a secret, a part of a URL that holds a
 * password, and a line that is nothing but an encoded text. Every character stays in its column.
 */
export function masked(line: string): string {
  const named = line.replaceAll(
    /(["']?)([\w.-]+)\1(\s*[=:]\s*)("(?:[^"\\]|\\.)*"?|'[^']*'?|`[^`]*`?|[^\s,{}[\]"'`][^\s,}\]]*)/g,
    (whole, quote: string, name: string, sign: string, value: string) =>
      secret.test(name) && !harmless.test(name) && !/^(true|false|null|\d+)$/.test(value)
        ? `${quote}${name}${quote}${sign}${stars(value)}`
        : whole,
  )
  return named.replaceAll(
    /(:\/\/[^/\s:@"']*:)([^/\s@"']+)(@)/g,
    (_, before: string, hidden: string, after: string) => before + '*'.repeat(hidden.length) + after,
  )
}

/** References (`remote.vault.x.data["y"]`, `sys.env("X")`) say where a secret is, not what it is. */
function stars(value: string): string {
  if (/^[a-z_][\w.]*(\(|\[|\.|$)/i.test(value) && !/^["'`]/.test(value)) return value
  return /^["'`]/.test(value)
    ? `${value[0]}${'*'.repeat(Math.max(0, value.length - 2))}${value.length > 1 ? value.at(-1) : ''}`
    : '*'.repeat(value.length)
}
