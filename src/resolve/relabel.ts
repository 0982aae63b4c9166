import { md5 } from 'js-md5'
import { compile, expandTemplate } from './regexp.ts'

/** What a rule does. */
export type Action =
  | 'replace'
  | 'keep'
  | 'drop'
  | 'keepequal'
  | 'dropequal'
  | 'hashmod'
  | 'labelmap'
  | 'labeldrop'
  | 'labelkeep'
  | 'lowercase'
  | 'uppercase'

export const actions: ReadonlySet<string> = new Set<Action>([
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
])

/** One relabelling rule with its defaults filled in. */
export interface Rule {
  readonly sourceLabels: readonly string[]
  readonly separator: string
  readonly regex: string
  readonly modulus: bigint
  readonly targetLabel: string
  readonly replacement: string
  readonly action: Action
}

/** What an absent argument of a rule means. */
export const defaultRule: Rule = {
  sourceLabels: [],
  separator: ';',
  regex: '(.*)',
  modulus: 0n,
  targetLabel: '',
  replacement: '$1',
  action: 'replace',
}

/** Applies rules to labels in order; null when a rule drops them. A label with an empty value is an absent one. */
export function relabel(
  labels: ReadonlyMap<string, string>,
  rules: readonly Rule[],
): ReadonlyMap<string, string> | null {
  const current = new Map([...labels].filter(([, value]) => value !== ''))
  for (const rule of rules) if (!apply(rule, current)) return null
  return current
}

function apply(rule: Rule, labels: Map<string, string>): boolean {
  const value = rule.sourceLabels.map(name => labels.get(name) ?? '').join(rule.separator)
  const target = rule.targetLabel
  switch (rule.action) {
    case 'keep':
      return match(rule, value) !== null
    case 'drop':
      return match(rule, value) === null
    case 'keepequal':
      return (labels.get(target) ?? '') === value
    case 'dropequal':
      return (labels.get(target) ?? '') !== value
    case 'lowercase':
      set(labels, target, lower(value))
      return true
    case 'uppercase':
      set(labels, target, upper(value))
      return true
    case 'hashmod':
      set(labels, target, hashMod(value, rule.modulus))
      return true
    case 'replace':
      replace(rule, value, labels)
      return true
    case 'labelmap':
      for (const [name, each] of [...labels]) {
        const mapped = mapName(rule, name)
        if (mapped !== null) set(labels, mapped, each)
      }
      return true
    case 'labeldrop':
      for (const name of [...labels.keys()]) if (match(rule, name)) labels.delete(name)
      return true
    case 'labelkeep':
      for (const name of [...labels.keys()]) if (!match(rule, name)) labels.delete(name)
      return true
  }
}

const match = ({ regex }: Rule, text: string): readonly string[] | null => compile(regex)?.match(text) ?? null

function set(labels: Map<string, string>, name: string, value: string): void {
  if (value === '') labels.delete(name)
  else labels.set(name, value)
}

function replace(rule: Rule, value: string, labels: Map<string, string>): void {
  const pattern = compile(rule.regex)
  const groups = pattern?.match(value)
  if (!pattern || !groups) return
  const target = expandTemplate(rule.targetLabel, pattern, groups)
  if (target !== '') set(labels, target, expandTemplate(rule.replacement, pattern, groups))
}

/** The name that `labelmap` gives a label; null when it leaves it alone. */
export function mapName(rule: Rule, name: string): string | null {
  const pattern = compile(rule.regex)
  const groups = pattern?.match(name)
  return pattern && groups ? expandTemplate(rule.replacement, pattern, groups) : null
}

/** Go lowers and raises code point by code point, without the special cases of JavaScript. */
export const lower = (text: string): string => [...text].map(point => single(point.toLowerCase(), point)).join('')
export const upper = (text: string): string => [...text].map(point => single(point.toUpperCase(), point)).join('')
const single = (mapped: string, point: string): string => ([...mapped].length === 1 ? mapped : point)

/** The last eight bytes of the MD5 sum, modulo. */
export function hashMod(value: string, modulus: bigint): string {
  const hex = md5(value).slice(16)
  return modulus === 0n ? '0' : String(BigInt(`0x${hex}`) % modulus)
}
