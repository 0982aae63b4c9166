import { md5 } from 'js-md5'
import { lowerRune, upperRune } from '../evaluate/value/string-pattern.ts'
import { compile, expandTemplate } from './regexp.ts'

/** What rules do, by the names of the actions. */
export const actions = [
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
] as const

/** What a rule does. */
export type Action = (typeof actions)[number]

/** Says whether a text names an action. */
export const isAction = (text: string): text is Action => (actions as readonly string[]).includes(text)

/** One relabeling rule with its defaults filled in. */
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
  const values = new Map([...labels].filter(([, value]) => value !== ''))
  const current: Labels = { values, set: new Set() }
  for (const rule of rules) if (!applyRule(rule, current)) return null
  return values
}

/** Labels that are there, none of them empty: a map, or what stands for one. */
export interface LabelStore {
  readonly get: (name: string) => string | undefined
  readonly set: (name: string, value: string) => void
  readonly delete: (name: string) => void
  readonly keys: () => Iterable<string>
}

/** Labels at work, and which of them rules have set. */
export interface Labels {
  readonly values: LabelStore
  readonly set: Set<string>
}

/** Applies one rule to labels, in place; false when it drops them. */
export function applyRule(rule: Rule, labels: Labels): boolean {
  const { values } = labels
  const value = rule.sourceLabels.map(name => values.get(name) ?? '').join(rule.separator)
  const target = rule.targetLabel
  switch (rule.action) {
    case 'keep':
      return match(rule, value) !== null
    case 'drop':
      return match(rule, value) === null
    case 'keepequal':
      return (values.get(target) ?? '') === value
    case 'dropequal':
      return (values.get(target) ?? '') !== value
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
      map(rule, labels)
      return true
    case 'labeldrop':
      for (const name of [...values.keys()]) if (match(rule, name)) set(labels, name, '')
      return true
    case 'labelkeep':
      for (const name of [...values.keys()]) if (!match(rule, name)) set(labels, name, '')
      return true
  }
}

const match = ({ regex }: Rule, text: string): readonly string[] | null => compile(regex)?.match(text) ?? null

function set({ values, set: changed }: Labels, name: string, value: string): void {
  if (value === '') values.delete(name)
  else values.set(name, value)
  if (value === '') changed.delete(name)
  else changed.add(name)
}

/**
 * Where several labels are mapped to one name the last wins. Alloy visits labels that a rule has set first, then the others; among
 * them the order is that of a Go map, so no order is right.
 */
function map(rule: Rule, labels: Labels): void {
  const all = [...labels.values.keys()].map(name => [name, labels.values.get(name) ?? ''] as const)
  const changed = all.filter(([name]) => labels.set.has(name))
  for (const [name, value] of [...changed, ...all.filter(([name]) => !labels.set.has(name))]) {
    const mapped = mapName(rule, name)
    if (mapped !== null) set(labels, mapped, value)
  }
}

function replace(rule: Rule, value: string, labels: Labels): void {
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

/** Lowers a text as Go does. */
export const lower = (text: string): string => [...text].map(lowerRune).join('')
/** Raises a text as Go does. */
export const upper = (text: string): string => [...text].map(upperRune).join('')

/** The last eight bytes of the MD5 sum, modulo. */
export function hashMod(value: string, modulus: bigint): string {
  const hex = md5(value).slice(16)
  return modulus === 0n ? '0' : String(BigInt(`0x${hex}`) % modulus)
}
