import { required } from '../../required.ts'
import type { Span } from '../../source.ts'
import { LONGEST_TEXT } from './size.ts'
import { concatenate, type StringPattern } from './string-pattern.ts'
import type { Pattern, Unknown, Value } from './value.ts'

/** More strings than these are not distinguished: a product of candidates counts as anything. */
const MOST_STRINGS = 256

/** The strings that a value may be, each once, in the order of its candidates; null when it may be anything, or no string. */
export function possibleStrings(value: Value): readonly string[] | null {
  switch (value.kind) {
    case 'string':
      return value.bytes ? null : [value.value]
    case 'unknown':
      return value.candidates ? union(value.candidates.map(possibleStrings)) : null
    case 'pattern': {
      let strings: readonly string[] = ['']
      for (const part of value.parts) {
        const tails = typeof part === 'string' ? [part] : possibleStrings(part)
        if (tails === null || strings.length * tails.length > MOST_STRINGS) return null
        strings = strings.flatMap(head => tails.map(tail => head + tail))
      }
      return [...new Set(strings)]
    }
    default:
      return null
  }
}

function union(lists: readonly (readonly string[] | null)[]): readonly string[] | null {
  const all = new Set<string>()
  for (const list of lists) {
    if (list === null) return null
    for (const each of list) all.add(each)
  }
  return all.size > MOST_STRINGS ? null : [...all]
}

/** A pattern has no more parts than these. */
const MOST_PARTS = 1_000

/** What a string certainly begins with: all of it when it is known, nothing when nothing is. */
export function prefixOf(value: Value): string {
  const strings = possibleStrings(value)
  if (strings) return strings.reduce(commonPrefix, strings[0] ?? '')
  if (value.kind !== 'pattern') return ''
  const [first, ...others] = value.parts
  if (typeof first !== 'string') return first ? prefixOf(first) : ''
  return first + (others[0] === undefined ? '' : prefixOf({ kind: 'pattern', parts: others }))
}

/** What a string certainly ends with, likewise. */
export function suffixOf(value: Value): string {
  const strings = possibleStrings(value)
  if (strings) return reverse(strings.map(reverse).reduce(commonPrefix, reverse(strings[0] ?? '')))
  if (value.kind !== 'pattern') return ''
  const last = value.parts.at(-1)
  const others = value.parts.slice(0, -1)
  if (typeof last !== 'string') return last ? suffixOf(last) : ''
  return (others.length === 0 ? '' : suffixOf({ kind: 'pattern', parts: others })) + last
}

const reverse = (text: string): string => [...text].reverse().join('')

function commonPrefix(left: string, right: string): string {
  let length = 0
  for (const rune of left) {
    if (!right.startsWith(rune, length)) break
    length += rune.length
  }
  return left.slice(0, length)
}

/** A longer text may always be what a pattern stands for. */
const LONGEST_FIT = 100_000

const first = (ends: ReadonlySet<number>): number => [...ends].reduce((a, b) => Math.min(a, b))

/** Says whether a pattern may be this text: its known parts appear in it, in order, with room for what its unknown parts may be. */
export function fits(pattern: Pattern, text: string): boolean {
  if (text.length > LONGEST_FIT) return true
  let ends = new Set([0])
  for (const part of pattern.parts) {
    const choices = typeof part === 'string' ? [part] : possibleStrings(part)
    const least = typeof part !== 'string' && part.nonEmpty ? 1 : 0
    const next = new Set<number>()
    for (const end of ends) {
      if (choices) for (const choice of choices) if (text.startsWith(choice, end)) next.add(end + choice.length)
    }
    if (choices === null && ends.size > 0) for (let at = first(ends) + least; at <= text.length; at++) next.add(at)
    ends = next
  }
  return ends.has(text.length)
}

/**
 * Strings one after the other: a known string when all are known, the one unknown when nothing is joined to it, else a pattern.
 * Unknown are a pattern with a part that is not UTF-8, and what is too long or has too many parts; `span` is then the origin.
 */
export function join(
  parts: readonly (StringPattern | Pattern | Unknown)[],
  span: Span,
): StringPattern | Pattern | Unknown {
  if (parts.reduce((sum, part) => sum + (part.kind === 'string' ? part.value.length : 0), 0) > LONGEST_TEXT)
    return { kind: 'unknown', because: 'size', origin: span, name: null, type: 'string' }
  const joined: (StringPattern | Unknown)[] = []
  let run: StringPattern[] = []
  const close = (): void => {
    const whole = run.length === 1 ? run[0] : concatenate(run)
    if (whole && whole.value !== '') joined.push(whole)
    run = []
  }
  for (const part of parts.flatMap(each => (each.kind === 'pattern' ? pieces(each) : [each]))) {
    if (part.kind === 'string') run.push(part)
    else {
      close()
      joined.push(part)
    }
  }
  close()
  const [first = { kind: 'string', value: '' } as const] = joined
  if (joined.length <= 1) return first
  const isUnclear = joined.some(part => part.kind === 'string' && part.bytes) || joined.length > MOST_PARTS
  if (!isUnclear) return { kind: 'pattern', parts: joined.map(part => (part.kind === 'string' ? part.value : part)) }
  const { because, origin, name } = required(
    joined.find(part => part.kind === 'unknown'),
    'the unknown part of a pattern',
  )
  return { kind: 'unknown', because, origin, name, type: 'string' }
}

const pieces = (pattern: Pattern): readonly (StringPattern | Unknown)[] =>
  pattern.parts.map(part => (typeof part === 'string' ? { kind: 'string', value: part } : part))
