import type { Source } from '../source.ts'
import { longestLine } from '../text/credentials.ts'

/** A key with its colon; begun nowhere else than at the start of a word, a long one is read once. */
const anyKey = /(?<![\w.-])[\w.-]+["']?\s*:/g
const secretWord = /annotations|pass|secret|token|credential|api[-_]?key|private[-_]?key|auth|certificate/i
/** An environment variable whose name sounds like a secret; its value is on the lines that follow, or after a comma. */
const secretName = /\bname["']?\s*:\s*["']?\w*(?:PASS|SECRET|TOKEN|KEY|CRED|AUTH)\w*["']?/i
const secretDocument = /(?:^|[\s{,-])["']?kind["']?\s*:\s*["']?(?:Sealed)?Secret\b/m
const mapDocument = /(?:^|[\s{,-])["']?kind["']?\s*:\s*["']?ConfigMap\b/m
/** The key that the data of a ConfigMap is under, and what follows on its line. */
const dataKey = /(?:^|[\s{,-])["']?(?:binaryData|data)["']?\s*:/

const known = new WeakMap<Source, Source>()
const shown = new WeakMap<Source, Source>()

/** The same text, place for place, with stars for the values of Secret objects and for the data of ConfigMaps that is not Alloy's. */
export function withoutObjectData(source: Source): Source {
  const ready = shown.get(source)
  if (ready) return ready
  const result = { ...source, text: eachDocument(source.text, part => maskMap(part)) }
  shown.set(source, result)
  return result
}

const eachDocument = (text: string, mask: (part: string) => string): string =>
  withoutLongLines(text)
    .split(/(^---.*$)/m)
    .map(part => (secretDocument.test(part) ? maskAll(part) : maskAnnotations(mask(part))))
    .join('')

/** Lines on which patterns would run out of stack are hidden as a whole. */
const withoutLongLines = (text: string): string =>
  text.length <= longestLine
    ? text
    : text
        .split('\n')
        .map(line => (line.length > longestLine ? stars(line) : line))
        .join('\n')

/** Annotations on the line of their map: kubectl keeps the whole object in one, and its environment with it. */
const maskAnnotations = (text: string): string =>
  text.replaceAll(
    /(["']?annotations["']?[^\S\n]*:[^\S\n]*\{)((?:"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*'|[^{}"'\n])*)/g,
    (_, before: string, entries: string) => before + stars(entries),
  )

/**
 * The same text, place for place, with stars for all that may be secret: what comes after a key that sounds like one, and
 * the values of Secret objects. For frames around YAML that does not parse, where no type tells what a value is.
 */
export function masked(source: Source): Source {
  const ready = known.get(source)
  if (ready) return ready
  const result = { ...source, text: eachDocument(source.text, part => maskKeys(maskMap(part))) }
  known.set(source, result)
  return result
}

/** A range of offsets in a text, half-open. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** What a pattern finds in a text. */
export const rangesOf = (text: string, pattern: RegExp): readonly Range[] =>
  [...text.matchAll(pattern)].map(({ 0: { length }, index }) => ({ from: index, to: index + length }))

/** A text, place for place, with stars for what one pattern finds outside of some ranges. */
export function starredOutside(text: string, ranges: readonly Range[], found: RegExp): string {
  const units = text.replaceAll(found, '*').split('')
  for (const { from, to } of ranges) for (let at = from; at < to; at++) units[at] = text.charAt(at)
  return units.join('')
}

/** Hides everything after the first colon of each line, and lines without one. */
function maskAll(text: string): string {
  return text
    .split('\n')
    .map(line => (/^\s*["']?(?:kind|apiVersion)\b/.test(line) ? line : hide(line, line.search(/:(?:\s|$)/) + 1)))
    .join('\n')
}

/** Hides what is below `data` of a ConfigMap, except for keys that end in `.alloy`. */
function maskMap(text: string): string {
  if (!mapDocument.test(text)) return text
  /** Where `data` stands, and its keys. */
  let depth: number | null = null
  let keys = 0
  let isAlloy = false
  return text
    .split('\n')
    .map(line => {
      const indent = line.search(/\S/)
      if (depth === null || (indent !== -1 && indent <= depth)) {
        const found = dataKey.exec(line)
        depth = found ? indent : null
        keys = 0
        return found ? hideEntries(line, found.index + found[0].length) : line
      }
      if (indent !== -1 && (keys === 0 || indent <= keys)) {
        keys = indent
        isAlloy = /^[^:]*\.alloy["']?\s*:/.test(line)
        return isAlloy ? line : hide(line, line.indexOf(':') + 1)
      }
      return isAlloy ? line : hide(line, 0)
    })
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
      const key = [...line.matchAll(anyKey)].find(([text]) => secretWord.test(text)) ?? secretName.exec(line)
      depth = key ? indent : null
      return key ? hide(line, key.index + key[0].length) : line
    })
    .join('\n')
}

/** Hides entries on the line of their map, except for the strings of keys that end in `.alloy`. */
function hideEntries(line: string, from: number): string {
  let text = line.slice(0, from)
  let done = from
  for (const { index, 0: entry } of line.slice(from).matchAll(openEntry)) {
    text += stars(line.slice(done, from + index)) + entry
    done = from + index + entry.length
  }
  return text + stars(line.slice(done))
}

const openEntry = /["']?(?<![\w.-])[\w.-]+\.alloy["']?\s*:\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|'[^']*')/g

function hide(line: string, from: number): string {
  return line.slice(0, from) + stars(line.slice(from))
}

const stars = (text: string): string => text.replace(/\S/g, '*')
