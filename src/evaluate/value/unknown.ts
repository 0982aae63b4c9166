import { required } from '../../required.ts'
import type { Span } from '../../source.ts'
import type { Result } from '../fault.ts'
import { alternatives, unknownsOf } from './contents.ts'
import { identical } from './equality.ts'
import type { Type, Unknown, UnknownCause, Value } from './value.ts'

/** More combinations of candidates than these are not distinguished. */
const MOST_CANDIDATES = 64

/** Makes an unknown. */
export function unknown(
  because: UnknownCause,
  origin: Span,
  { name = null, type = 'any' }: { name?: string | null; type?: Type } = {},
): Unknown {
  return { kind: 'unknown', because, origin, name, type }
}

/** The type of a value as Alloy names it; `any` where it is not known. */
export function typeOf(value: Value): Type {
  if (value.kind === 'unknown') return value.type
  return value.kind === 'pattern' ? 'string' : value.kind
}

/** Says whether nothing about a value is left open: no unknown part, no element that may or may not be there, one order. */
export function isKnown(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
    case 'pattern':
      return false
    case 'array':
      return (
        value.openElements.length === 0 && !(value.unordered && value.items.length > 1) && value.items.every(isKnown)
      )
    case 'object':
      return !value.open && [...value.entries.values()].every(isKnown)
    case 'capsule':
      return value.of !== null && isKnown(value.of)
    default:
      return true
  }
}

/**
 * What an operation makes of operands of which one is not known: an unknown with the reason of the first unknown among them. It
 * drops what is only true of that one, that it is the token or the own namespace: what is made of the token may still be it.
 */
export function derived(operands: readonly Value[], type: Type, otherwise: Span): Unknown {
  const unknowns = operands.map(unknownsOf)
  const token = unknowns.flat().find(each => each.token)
  if (token) return unknown('function', token.origin, { type })
  for (const [at, { kind }] of operands.entries()) {
    const [first] = unknowns[at] ?? []
    if (first) return { kind: 'unknown', because: first.because, origin: first.origin, name: first.name, type }
    // An open array or object and a capsule without content hold no unknown that would tell the reason.
    if (kind === 'capsule') return unknown('secret', otherwise, { type })
  }
  return unknown(
    operands.some(({ kind }) => kind === 'array' || kind === 'object') ? 'element' : 'function',
    otherwise,
    {
      type,
    },
  )
}

/** One of several values: the value itself where there is but one, else an unknown that lists them. */
export function oneOf(values: readonly Value[], source: Unknown): Value {
  const candidates: Value[] = []
  for (const value of values.flatMap(alternatives)) {
    if (!candidates.some(each => identical(each, value))) candidates.push(value)
    if (candidates.length > MOST_CANDIDATES) return { ...source, type: commonType(values) }
  }
  const [only] = candidates
  if (only && candidates.length === 1) return only
  return { ...source, type: commonType(candidates), candidates }
}

/**
 * Applies an operation to each combination of what its operands may be, and says what the result may be. What Alloy would
 * refuse is not a result; a fault is what every combination is refused for.
 */
export function perCombination(
  options: readonly (readonly Value[])[],
  source: () => Unknown,
  operation: (operands: readonly Value[]) => Result,
): Result {
  const count = options.reduce((product, each) => product * each.length, 1)
  if (count > MOST_CANDIDATES) return source()
  const results = Array.from({ length: count }, (_, number) => operation(combination(options, number)))
  const values = results.filter((result): result is Value => result.kind !== 'fault')
  const [first = null, ...others] = values.flatMap(alternatives)
  if (first === null) return required(results[0], 'a result')
  return others.length > 0 ? oneOf(values, source()) : first
}

/** One of each, as the digits of a number choose them, the last of which changes first. */
function combination(options: readonly (readonly Value[])[], number: number): readonly Value[] {
  const chosen: Value[] = []
  let rest = number
  for (const each of options.toReversed()) {
    const value = each[rest % each.length]
    if (value) chosen.push(value)
    rest = Math.floor(rest / each.length)
  }
  return chosen.reverse()
}

const commonType = (values: readonly Value[]): Type => {
  const [first = 'any', ...others] = values.map(typeOf)
  return others.every(type => type === first) ? first : 'any'
}
