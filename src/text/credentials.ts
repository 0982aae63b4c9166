/** Names of arguments and keys whose value is private, wherever they are written. */
const secret =
  /password|passphrase|passwd|secret|token|credential|api_?key|access_?key|private_?key|consumer_key|certificate_key|key_pem|authorization|bearer|dsn|data_source|connection_string|uri$|headers?$|basic_auth$|hmac_key$/i
/** Names that only mention a secret, or say where one is. */
const harmless =
  /_file$|_path$|(?<!data_source)_name$|_ref$|is_secret$|_url$|secret_names?$|^secrets$|secretname$|secretref$|keyref$|refresh|endpoint|expirationseconds$/i

/** Says whether a name is that of a secret by its sound. */
export const soundsSecret = (name: string): boolean => secret.test(name) && !soundsHarmless(name)

/** Says whether a name tells where a secret is, or how it is refreshed. */
export const soundsHarmless = (name: string): boolean => harmless.test(name)

/** Longer lines are not searched for names of secrets, but hidden as a whole: patterns keep a place for each character on a stack. */
export const longestLine = 1_000_000

/** As many stars as the text has characters, so that everything around it stays in its column. */
export const stars = (text: string): string => '*'.repeat(text.length)

/**
 * The user part of a URL; JSON may escape its slashes. Anything but a port after a colon is a password that contains a slash: the bounds
 * keep texts of many colons from being read many times.
 */
const userinfo =
  /(?<=[a-z][\w+.-]{0,30}:(?:\\?\/){2})(?:[^\s"'`<>/?#:@\\]{0,256}:(?!\d*(?:[/?#\s"'`<>\\]|$))[^\s"'`<>]{0,256}|[^\s"'`<>/?#\\]+)(?=@)/gi
/** The password of an address without a scheme: `root:password@tcp(host)/`. */
const password = /((?:^|[\s"'`/])[\w.%+-]*:)([^/\s@"'`:]+)(?=@)/g
const query = /([?&]([\w.-]+)=)([^&\s"'`]+)/g

/** The user of a repository by convention, which tells nothing. */
const isOpenUser = (user: string): boolean => user === 'git'

/** The ranges of a text that hold the user part of a URL, half-open. */
export const userinfoIn = (text: string): readonly (readonly [from: number, to: number])[] =>
  text.includes('@')
    ? [...text.matchAll(userinfo)]
        .filter(([user]) => !isOpenUser(user))
        .map(({ 0: user, index }) => [index, index + user.length] as const)
    : []

/** A text without the user part of a URL, the password of an address, and what a query gives to the name of a secret. */
export function withoutCredentials(text: string): string {
  const open = text.includes('@')
    ? text
        .replace(userinfo, user => (isOpenUser(user) ? user : stars(user)))
        .replace(password, (_, before: string, hidden: string) => before + stars(hidden))
    : text
  if (!open.includes('=')) return open
  return open.replace(query, (whole, before: string, name: string, value: string) =>
    soundsSecret(name) ? before + stars(value) : whole,
  )
}
