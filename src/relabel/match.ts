import type { Truth, Unknown } from '../evaluate/value/value.ts'
import { concat, fits, isFilled, literal, type Text } from './label-text.ts'
import { compile, type Pattern, template } from './regexp.ts'
import { matchesForCertain, type Wildcard, wildcardOf } from './wildcards.ts'

/** What the groups of one way to match hold, the whole first. */
export interface Groups {
  readonly texts: readonly Text[]
  /** Nothing is known of groups that are not listed; otherwise they are empty. */
  readonly open: boolean
}

/** What an expression makes of a text that is not known in full. */
export interface Match {
  /** Null: it may match or not. */
  readonly truth: Truth
  /** The ways in which it may match; none when it does not. */
  readonly ways: readonly Groups[]
}

const never: Match = { truth: false, ways: [] }

/** More ways to match than these are not distinguished. */
const mostWays = 24

/** Matches a text against an anchored expression, null when that is not known. `unknownText` is what nothing is known of. */
export function match(regex: string | null, text: Text, unknownText: Unknown): Match {
  const pattern = regex === null ? null : compile(regex)
  if (regex === null || !pattern) return { truth: null, ways: [{ texts: [text], open: true }] }
  const known = literal(text)
  if (known !== null) {
    const groups = groupsOf(pattern, known)
    return groups ? { truth: true, ways: [groups] } : never
  }
  const wildcard = wildcardOf(regex)
  if (wildcard) return matchWildcard(wildcard, text, unknownText)
  const literals = listOf(regex)
  if (literals) {
    const possible = literals.filter(each => fits(text, each))
    const ways = possible.map(each => groupsOf(pattern, each)).filter(groups => groups !== null)
    if (ways.length <= mostWays) return possible.length === 0 ? never : { truth: null, ways }
  }
  return { truth: matchesForCertain(regex, text) ? true : null, ways: [{ texts: [text], open: true }] }
}

function groupsOf(pattern: Pattern, text: string): Groups | null {
  const groups = pattern.match(text)
  return groups && { texts: groups.map(group => concat([group])), open: false }
}

/** What a group holds. */
const groupAt = ({ texts, open }: Groups, at: number, unknownText: Unknown): Text =>
  texts[at] ?? (open ? [unknownText] : [])

function matchWildcard({ before, after, nonEmpty, group }: Wildcard, text: Text, unknownText: Unknown): Match {
  const [first, last] = [text[0], text.at(-1)]
  const starts = typeof first === 'string' ? first : ''
  const ends = typeof last === 'string' ? last : ''
  const mayStart = starts.startsWith(before) || before.startsWith(starts)
  const mayEnd = ends.endsWith(after) || after.endsWith(ends)
  if (!mayStart || !mayEnd) return never
  const way = (held: Text): Groups => ({ texts: group ? [text, held] : [text], open: false })
  if (!starts.startsWith(before) || !ends.endsWith(after)) return { truth: null, ways: [way([unknownText])] }
  // The text has an unknown part, so its first and last part are not one.
  const inner = [...text]
  if (typeof first === 'string') inner[0] = first.slice(before.length)
  if (typeof last === 'string') inner[inner.length - 1] = last.slice(0, last.length - after.length)
  const held = concat(inner)
  return { truth: !nonEmpty || isFilled(held) ? true : null, ways: [way(held)] }
}

/** An expression without the anchors that it has anyway. */
function unanchored(regex: string): string {
  if (splitTop(regex, '|').length > 1) return regex
  const start = regex.replace(/^\^/, '')
  return /(^|[^\\])(\\\\)*\$$/.test(start) ? start.slice(0, -1) : start
}

/** A text without operators, in which escaped punctuation stands for itself. */
const plainText = String.raw`(?:\\[^\w\s]|[^\\()[\]{}.*+?^$|])`

const plain = (source: string): string => source.replaceAll(/\\(.)/g, '$1')

/** The texts that an expression lists: `a|b`, `(a|b);c`, `https?`, `(?:a)`. Null when it is more than a list. */
export const listOf = (regex: string): readonly string[] | null => literalsOf(unanchored(regex))

function literalsOf(regex: string): readonly string[] | null {
  const choices = splitTop(regex, '|')
  if (choices.length > 1) return all(choices.map(literalsOf))
  const pieces: (readonly string[])[] = []
  for (let rest = regex; rest !== ''; ) {
    const group = rest.match(/^\((?:\?:)?/)
    const end = group ? closing(rest) : (rest.match(new RegExp(`^${plainText}`))?.[0].length ?? 0) - 1
    if (end === -1) return null
    const inner = group ? literalsOf(rest.slice(group[0].length, end)) : [plain(rest.slice(0, end + 1))]
    rest = rest.slice(end + 1)
    if (inner === null || /^[*+{]/.test(rest)) return null
    const optional = rest.startsWith('?')
    if (optional) rest = rest.slice(1)
    pieces.push(optional ? ['', ...inner] : inner)
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
export function splitTop(text: string, at: string): readonly string[] {
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

/**
 * Fills a template with groups that are not all known. What an unknown part of the template holds may join a `$` before it, or
 * the name behind it, so these become unknown with it.
 */
export function fill(text: Text, regex: string | null, groups: Groups, unknownText: Unknown): Text {
  const pattern = regex === null ? null : compile(regex)
  return concat(
    text.flatMap((part, at): Text => {
      if (typeof part !== 'string') return [unknownText]
      let known = part
      if (at > 0) known = known.startsWith('$') ? '' : known.replace(/^\{?[\p{L}\p{Nd}_]*\}?/u, '')
      if (at < text.length - 1) known = known.replace(/\$\{?[\p{L}\p{Nd}_]*$/u, '')
      if (!pattern)
        return known
          .split(/\$\$?\{?[\p{L}\p{Nd}_]*\}?/u)
          .flatMap((each, index) => (index === 0 ? [each] : [unknownText, each]))
      return template(known, pattern).flatMap(each => {
        if (typeof each === 'string') return [each]
        // A group that the expression does not have is empty.
        return each.group < 0 || each.group > pattern.count ? [] : groupAt(groups, each.group, unknownText)
      })
    }),
  )
}
