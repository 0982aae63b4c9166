import { RE2JS } from 're2js'
import { type Match, plainPattern } from './plain-pattern.ts'

/** A regular expression as Go and Alloy's relabeling take it: anchored at both ends, `.` matches line feeds too. */
export interface Pattern {
  readonly source: string
  /** The groups of a match, the whole first, an unmatched one empty; null where the text does not match. */
  readonly match: Match
  readonly groups: ReadonlyMap<string, number>
  /** How many groups there are beside the whole. */
  readonly count: number
}

/** An expression of more groups than these, which takes time in the square of them, counts as one that is not known. */
export const mostGroups = 100
/** The longest expression that is compiled, in units: a program takes many times the room of its text. */
export const longestExpression = 256 * 1024
/** How many opening parentheses, of whatever kind, are compiled at all: most would be groups. */
const mostParentheses = 1_000

const compiled = new Map<string, Pattern | null>()

/** Compiles an expression; null when it is not one. The engine is linear in the text, so a hostile expression cannot hang it. */
export function compile(source: string): Pattern | null {
  const known = compiled.get(source)
  if (known !== undefined) return known
  const pattern = build(source)
  compiled.set(source, pattern)
  return pattern
}

function build(source: string): Pattern | null {
  const match = plainPattern(source)
  if (match) return { source, groups: new Map(), count: source.includes('(') ? 1 : 0, match }
  if (source.length > longestExpression || source.split('(', mostParentheses + 2).length > mostParentheses + 1)
    return null
  const expression = tryCompile(`^(?s:${source})$`)
  if (expression === null || expression.groupCount() > mostGroups) return null
  const groups = new Map(Object.entries(expression.namedGroups()))
  return {
    source,
    groups,
    count: expression.groupCount(),
    match: text => {
      const matcher = expression.matcher(text)
      if (!matcher.find()) return null
      return Array.from({ length: expression.groupCount() + 1 }, (_, at) => matcher.group(at) ?? '')
    },
  }
}

function tryCompile(source: string): RE2JS | null {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    // The library's own way to say that a text is not an expression; anything else is a bug.
    if (error instanceof Error && error.name.startsWith('RE2JS')) return null
    throw error
  }
}

/** A part of a template: a literal, or the group that is there; -1 is a group that does not exist. */
export type TemplatePart = string | { readonly group: number }

const asciiName = /^\$(?:\{(\w+)\}|(\w+)(?![\w\u0080-\uffff]))/
// Inside of a function: V8 looks classes up where it first meets them, and most names are ASCII.
const anyName = (text: string) => text.match(/^\$(?:\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/u)

/** Reads `$1`, `${1}`, `$name` and `$$` as Go's `Expand` does; a name is as long as letters, digits and `_` go. */
export function template(text: string, pattern: Pattern): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  let rest = text
  for (let at = rest.indexOf('$'); at !== -1; at = rest.indexOf('$')) {
    parts.push(rest.slice(0, at))
    rest = rest.slice(at)
    const [whole, braced, bare] = rest.match(asciiName) ?? anyName(rest) ?? []
    if (rest.startsWith('$$')) {
      parts.push('$')
      rest = rest.slice(2)
    } else if (whole === undefined) {
      parts.push('$')
      rest = rest.slice(1)
    } else {
      const name = braced ?? bare ?? ''
      // A number with a leading zero is a name to Go.
      parts.push({ group: /^(0|[1-9]\d*)$/.test(name) ? Number(name) : (pattern.groups.get(name) ?? -1) })
      rest = rest.slice(whole.length)
    }
  }
  return [...parts, rest].filter(part => part !== '')
}

/** Fills a template with the groups of a match. */
export function expandTemplate(text: string, pattern: Pattern, groups: readonly string[]): string {
  return template(text, pattern)
    .map(part => (typeof part === 'string' ? part : (groups[part.group] ?? '')))
    .join('')
}
