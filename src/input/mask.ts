import type { Source } from '../source.ts'

const secretKey =
  /(?:pass(?:word|wd|phrase)?|secret|token|credential|api[-_]?key|private[-_]?key|auth(?:orization)?|certificate)[\w.-]*["']?\s*:/i
/** An environment variable whose name sounds like a secret; its value stands on the lines that follow, or after a comma. */
const secretName = /\bname["']?\s*:\s*["']?\w*(?:PASS|SECRET|TOKEN|KEY|CRED|AUTH)\w*["']?/i
const secretDocument = /^[\s{,]*["']?kind["']?\s*:\s*["']?(?:Sealed)?Secret\b/m

const known = new WeakMap<Source, Source>()

/**
 * The same text, place for place, with stars for all that may be secret: what stands after a key that sounds like one, and
 * the values of Secret objects. For frames around YAML that does not parse, where no type tells what a value is.
 */
export function masked(source: Source): Source {
  const ready = known.get(source)
  if (ready) return ready
  const text = source.text
    .split(/(^---.*$)/m)
    .map(part => (secretDocument.test(part) ? maskAll(part) : maskKeys(part)))
    .join('')
  const result = { ...source, text }
  known.set(source, result)
  return result
}

/** Hides everything after the first colon of each line, and lines without one. */
function maskAll(text: string): string {
  return text
    .split('\n')
    .map(line => (/^\s*["']?(?:kind|apiVersion)\b/.test(line) ? line : hide(line, line.search(/:(?:\s|$)/) + 1)))
    .join('\n')
}

function maskKeys(text: string): string {
  let depth: number | null = null
  return text
    .split('\n')
    .map(line => {
      const indent = line.search(/\S/)
      // The lines of a block or of a string that goes on belong to the key above.
      if (depth !== null && (indent === -1 || indent > depth)) return hide(line, 0)
      const key = secretKey.exec(line) ?? secretName.exec(line)
      depth = key ? indent : null
      return key ? hide(line, key.index + key[0].length) : line
    })
    .join('\n')
}

function hide(line: string, from: number): string {
  return line.slice(0, from) + line.slice(from).replace(/\S/g, '*')
}
