import type { Unknown } from '../evaluate/value.ts'
import { compile, template } from './regexp.ts'
import { concat, fits, isFilled, literal, type Text } from './texts.ts'

/** What an expression makes of a text that is not known in full. */
export interface Match {
  /** Null: it may match or not. */
  readonly truth: boolean | null
  /** The groups of a match, the whole first; what a group holds is unknown where it cannot be told. */
  readonly groups: readonly Text[]
}

const never: Match = { truth: false, groups: [] }

/** An expression that is one wildcard between literal texts: `(.*)`, `(.+):10250`, `/metrics/.*`. */
interface Wildcard {
  readonly before: string
  readonly after: string
  readonly filled: boolean
  readonly group: boolean
}

/** Matches a text against an anchored expression. `hole` stands for what a group holds when nothing is known of it. */
export function match(regex: string, text: Text, hole: Unknown): Match {
  const pattern = compile(regex)
  if (!pattern) return { truth: null, groups: [text] }
  const known = literal(text)
  if (known !== null) {
    const groups = pattern.match(known)
    return groups ? { truth: true, groups: groups.map(group => concat([group])) } : never
  }
  const wildcard = wildcardOf(regex)
  if (wildcard) return matchWildcard(wildcard, text, hole)
  const literals = literalsOf(regex)
  if (literals) {
    const possible = literals.filter(each => fits(text, each))
    if (possible.length === 0) return never
    const only = possible.length === 1 ? concat([possible[0]!]) : text
    return { truth: null, groups: [only, only] }
  }
  return { truth: null, groups: [text, ...Array.from({ length: groupCount(regex) }, () => [hole])] }
}

function matchWildcard({ before, after, filled, group }: Wildcard, text: Text, hole: Unknown): Match {
  const first = text[0]
  const last = text.at(-1)
  const starts = typeof first === 'string' ? first : ''
  const ends = typeof last === 'string' ? last : ''
  const beforeFits =
    starts.startsWith(before) || (typeof first === 'string' ? text.length > 1 && before.startsWith(starts) : true)
  const afterFits = ends.endsWith(after) || (typeof last === 'string' ? text.length > 1 && after.endsWith(ends) : true)
  if (!beforeFits || !afterFits) return never
  const certain =
    starts.startsWith(before) && ends.endsWith(after) && text.length > 1 - Number(before === '' && after === '')
  if (!certain) return { truth: null, groups: group ? [text, [hole]] : [text] }
  const inner = [...text]
  if (typeof first === 'string') inner[0] = first.slice(before.length)
  if (typeof last === 'string') {
    const at = inner.length - 1
    const tail = inner[at] as string
    inner[at] = tail.slice(0, tail.length - after.length)
  }
  const held = concat(inner)
  const truth = filled ? (isFilled(held) ?? null) : true
  return truth === false ? never : { truth, groups: group ? [text, held] : [text] }
}

const special = /[\\^$.|?*+()[\]{}]/

/** Reads a text without operators; escaped punctuation stands for itself. Null for anything else. */
function plain(source: string): string | null {
  const text = source.replaceAll(/\\([^\p{L}\p{N}\s])/gu, (_, escaped: string) =>
    special.test(escaped) ? `\u0000${escaped}` : escaped,
  )
  const bare = text.replaceAll(/\u0000[\s\S]/g, '')
  return special.test(bare) ? null : text.replaceAll('\u0000', '')
}

function wildcardOf(regex: string): Wildcard | null {
  const [, before = '', body = '', after = ''] =
    regex.match(/^((?:\\[^\w\s]|[^\\()[\]{}.*+?^$|])*)(\(\.[*+]\)|\.[*+])((?:\\[^\w\s]|[^\\()[\]{}.*+?^$|])*)$/) ?? []
  if (body === '') return null
  const [head, tail] = [plain(before), plain(after)]
  if (head === null || tail === null) return null
  return { before: head, after: tail, filled: body.includes('+'), group: body.startsWith('(') }
}

/** The texts that an expression lists: `a|b`, `(a|b);c`, `(?:a)`. Null when it is more than a list. */
export function literalsOf(regex: string): readonly string[] | null {
  const choices = splitTop(regex, '|')
  if (choices.length > 1) return all(choices.map(literalsOf))
  const pieces: (readonly string[])[] = []
  for (let rest = regex; rest !== ''; ) {
    const group = rest.match(/^\((?:\?:)?/)
    if (group) {
      const end = closing(rest)
      if (end === -1 || /^[*+?{]/.test(rest.slice(end + 1))) return null
      const inner = literalsOf(rest.slice(group[0].length, end))
      if (inner === null) return null
      pieces.push(inner)
      rest = rest.slice(end + 1)
    } else {
      const [run = ''] = rest.match(/^(?:\\[^\w\s]|[^\\()[\]{}.*+?^$|])+/) ?? []
      const text = plain(run)
      if (run === '' || text === null || /^[*+?{]/.test(rest.slice(run.length))) return null
      pieces.push([text])
      rest = rest.slice(run.length)
    }
  }
  return pieces.reduce<readonly string[] | null>(
    (heads, tails) =>
      heads === null || heads.length * tails.length > 64 ? null : heads.flatMap(head => tails.map(tail => head + tail)),
    [''],
  )
}

function all(lists: readonly (readonly string[] | null)[]): readonly string[] | null {
  return lists.some(list => list === null) ? null : lists.flatMap(list => list ?? [])
}

/** Splits at a character outside of brackets. */
function splitTop(text: string, at: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (character === '\\') index++
    else if (character === '(' || character === '[') depth++
    else if (character === ')' || character === ']') depth--
    else if (character === at && depth === 0) {
      parts.push(text.slice(start, index))
      start = index + 1
    }
  }
  return [...parts, text.slice(start)]
}

/** The offset of the bracket that closes the one at the start. */
function closing(text: string): number {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === '(') depth++
    else if (text[index] === ')' && --depth === 0) return index
  }
  return -1
}

/** How many groups capture, counted as brackets that are not escaped and not followed by `?`, but for names. */
function groupCount(regex: string): number {
  const bare = regex.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]/g, '')
  return [...bare.matchAll(/\((?!\?)|\(\?P?</g)].length
}

/** Fills a template with groups that are not all known. */
export function fill(text: string, regex: string, groups: readonly Text[]): Text {
  const pattern = compile(regex)
  if (!pattern) return concat([text])
  return concat(
    template(text, pattern).flatMap(part => (typeof part === 'string' ? [part] : (groups[part.group] ?? []))),
  )
}
