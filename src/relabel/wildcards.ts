import type { Text } from './label-text.ts'

/** A literal character, or a wildcard. */
type Element = string | Gap

interface Gap {
  /** It wants at least one character. */
  readonly nonEmpty: boolean
  /** It is a group. */
  readonly group: boolean
}

/** An expression that is one wildcard between literal texts: `(.*)`, `(.+):10250`, `/metrics/.*`. */
export interface Wildcard extends Gap {
  readonly before: string
  readonly after: string
}

/** Reads an expression as a wildcard; null for anything else. */
export function wildcardOf(regex: string): Wildcard | null {
  const elements = elementsOf(regex) ?? []
  const [gap, ...others] = elements.filter(each => typeof each !== 'string')
  if (!gap || others.length > 0) return null
  const at = elements.indexOf(gap)
  return { ...gap, before: elements.slice(0, at).join(''), after: elements.slice(at + 1).join('') }
}

/**
 * Says whether an expression of literal texts and wildcards, such as `(.+);(.*)`, matches a text whatever its unknown parts hold:
 * each of them must lie within one wildcard as a whole. False where that is not certain, and for every other expression.
 */
export function matchesForCertain(regex: string, text: Text): boolean {
  const elements = elementsOf(regex)
  if (!elements) return false
  const units = text.flatMap((part): Text => (typeof part === 'string' ? [...part] : [part]))
  let ends: ReadonlySet<number> = new Set([0])
  for (const element of elements) {
    const next = new Set<number>()
    if (typeof element === 'string') {
      for (const end of ends) if (units[end] === element) next.add(end + 1)
    } else {
      // Whatever a later end leads to, the first one does.
      const [first = units.length + 1] = ends
      let filled = !element.nonEmpty
      for (let at = first; at <= units.length; at++) {
        if (filled) next.add(at)
        const unit = units[at]
        filled ||= typeof unit === 'string' || unit?.nonEmpty === true
      }
    }
    ends = next
  }
  return ends.has(units.length)
}

const wildcard = /^(?:\(\.([*+])\)|\(\?P<\w+>\.([*+])\)|\.([*+]))(?![*+?{])/
const character = /^(?:\\([^\w\s])|([^\\()[\]{}.*+?^$|]))(?![*+?{])/u

function elementsOf(regex: string): readonly Element[] | null {
  const elements: Element[] = []
  for (let rest = regex.replace(/^\^/, ''); rest !== '' && rest !== '$'; ) {
    const [whole, grouped, named, bare] = rest.match(wildcard) ?? []
    const repeat = grouped ?? named ?? bare
    const [plain, escaped, literal] = rest.match(character) ?? []
    if (repeat !== undefined) elements.push({ nonEmpty: repeat === '+', group: bare === undefined })
    else if (plain !== undefined) elements.push(escaped ?? literal ?? '')
    else return null
    rest = rest.slice((whole ?? plain ?? '').length)
  }
  return elements
}
