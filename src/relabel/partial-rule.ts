import { convert, type TargetType } from '../evaluate/value/convert.ts'
import { toUint } from '../evaluate/value/number.ts'
import type { Value } from '../evaluate/value/value.ts'
import { required } from '../required.ts'
import type { Argument, Arguments } from '../resolve/use.ts'
import { type Text, textsOf } from './label-text.ts'
import { compile } from './regexp.ts'
import { type Action, defaultRule, isAction, type Rule } from './relabel.ts'

/** A relabeling rule of which not every argument is known: null stands for what is not. */
export interface PartialRule {
  readonly action: Action
  readonly sourceLabels: readonly string[] | null
  readonly separator: string | null
  readonly regex: string | null
  readonly modulus: bigint | null
  readonly targetLabel: Text
  /** What the replacement may be. */
  readonly replacements: readonly Text[]
}

/** The rule again, when all of it is known. */
export function asConcreteRule(rule: PartialRule): Rule | null {
  const { action, sourceLabels, separator, regex, modulus } = rule
  if (sourceLabels === null || separator === null || regex === null || modulus === null) return null
  const [targetLabel, replacement] = [only([rule.targetLabel]), only(rule.replacements)]
  if (targetLabel === null || replacement === null) return null
  return { action, sourceLabels, separator, regex, modulus, targetLabel, replacement }
}

/** The one text that is known in full; null where there are several or unknown parts. */
function only(texts: readonly Text[]): string | null {
  const [text] = texts
  if (!text || texts.length > 1 || text.length > 1 || (text.length === 1 && typeof text[0] !== 'string')) return null
  return text.join('')
}

/** Reads a rule block; null when not even its action is known. */
export function ruleOf({ attributes }: Arguments): PartialRule | null {
  const texts = (name: string, otherwise: string): readonly Text[] => textsOf(read(attributes.get(name), otherwise))
  const known = (name: string, otherwise: string): string | null => only(texts(name, otherwise))
  const action = known('action', defaultRule.action)
  if (action === null || !isAction(action)) return null
  const regex = known('regex', defaultRule.regex)
  const [target, ...others] = texts('target_label', defaultRule.targetLabel)
  return {
    action,
    sourceLabels: labelsOf(attributes.get('source_labels')),
    separator: known('separator', defaultRule.separator),
    // Alloy rejects anything that is not a valid expression.
    regex: regex !== null && compile(regex) ? regex : null,
    modulus: modulusOf(attributes.get('modulus')),
    targetLabel:
      target && others.length === 0
        ? target
        : [unknownText(required(attributes.get('target_label'), 'the label that is written'))],
    replacements: texts('replacement', defaultRule.replacement),
  }
}

const string: TargetType = { kind: 'string' }

/** An argument as the text it is decoded to; one of a wrong type is reported elsewhere and here not known. */
function read(argument: Argument | undefined, otherwise: string): Value {
  if (!argument) return { kind: 'string', value: otherwise }
  const converted = convert(argument.value, string)
  return converted.kind === 'mismatch' ? unknownText(argument) : converted
}

const unknownText = ({ valueSpan }: Argument) =>
  ({ kind: 'unknown', because: 'argument', origin: valueSpan, name: null, type: 'string' }) as const

function labelsOf(argument: Argument | undefined): readonly string[] | null {
  if (!argument) return []
  const list = convert(argument.value, { kind: 'array', of: string })
  if (list.kind !== 'array' || list.openElements.length > 0) return null
  const names = list.items.map(item => only(textsOf(item)))
  return names.includes(null) ? null : names.filter(name => name !== null)
}

function modulusOf(argument: Argument | undefined): bigint | null {
  if (!argument) return defaultRule.modulus
  const number = convert(argument.value, { kind: 'number', as: 'uint' })
  return number.kind === 'number' ? toUint(number) : null
}

/** One choice of a text for every source label; null where they are not distinguished. */
export interface Choice {
  readonly texts: readonly Text[] | null
  readonly joined: Text
}
