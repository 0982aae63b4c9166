import type { Value } from '../evaluate/value/value.ts'
import type { Draft } from './draft.ts'
import type { Text } from './label-text.ts'
import type { PartialRule } from './partial-rule.ts'

/** How many steps rules are followed in one configuration: targets times rules, more for long texts and for all labels at once. */
export const mostSteps = 1_000_000
/** The longest label that is followed, in units. */
export const longestLabel = 1024 * 1024

/** What following rules may still cost. */
export interface Effort {
  /** Takes so many steps; false when there are not as many left, and from then on. */
  readonly takes: (steps: number) => boolean
  readonly exhausted: boolean
}

/** Makes the effort of one configuration. */
export function effortOf(most = mostSteps): Effort {
  let left = most
  return {
    takes: steps => {
      left -= left < 0 ? 0 : steps
      return left >= 0
    },
    get exhausted() {
      return left < 0
    },
  }
}

/** So many characters of a text and an expression, the one times the other, are matched in about the time of a step. */
const PRODUCT = 512
const CHARACTERS = 64

/** What a rule costs on a target, in steps; no end of them where it may write a label that is too long. */
export function costOf(rule: PartialRule, { target }: Draft): number {
  const expression = rule.regex?.length ?? 0
  const read = (length: number): number => 1 + Math.floor((length * expression) / PRODUCT + length / CHARACTERS)
  if (rule.action.startsWith('label')) {
    let steps = 0
    for (const name of target.entries.keys()) steps += read(name.length)
    return Math.max(1, steps)
  }
  let length = 0
  for (const name of rule.sourceLabels ?? [])
    length += lengthOf(target.entries.get(name)) + (rule.separator?.length ?? 0)
  const written = [rule.targetLabel, ...rule.replacements].map(each => longest(each, length))
  if (written.some(each => each > longestLabel)) return Number.POSITIVE_INFINITY
  return (
    read(length) +
    (rule.sourceLabels?.length ?? 0) +
    written.reduce((sum, each) => sum + Math.floor(each / CHARACTERS), 0)
  )
}

/** What a template comes to at most: each of its groups may be all of the text. */
function longest(template: Text, length: number): number {
  let sum = 0
  for (const part of template) {
    if (typeof part !== 'string') continue
    let groups = 0
    for (let at = part.indexOf('$'); at !== -1; at = part.indexOf('$', at + 1)) groups++
    sum += part.length + groups * length
  }
  return sum
}

function lengthOf(value: Value | undefined): number {
  switch (value?.kind) {
    case 'string':
      return value.value.length
    case 'pattern':
      return value.parts.reduce((sum, part) => sum + CHARACTERS + (typeof part === 'string' ? part.length : 0), 0)
    case 'unknown':
      return (value.candidates ?? []).reduce((sum, each) => sum + lengthOf(each) + CHARACTERS, 0)
    default:
      return 0
  }
}
