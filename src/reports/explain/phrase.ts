import { required } from '../../required.ts'
import { sharedConditions } from '../../rules/map/load.ts'
import type { ComponentRules, Condition } from '../../rules/map/schema.ts'

/** A condition that several rules share, by the name that their phrases use. */
export interface NamedCondition {
  readonly name: string
  readonly phrase: string
}

/** Writes conditions of a component as phrases; what several of its rules share is named, and said once. */
export interface Phrasing {
  readonly phraseOf: (condition: Condition) => string
  /** The named conditions that a condition uses, directly or not. */
  readonly namedIn: (condition: Condition) => readonly NamedCondition[]
}

/** The phrasing of a component's conditions. */
export function phrasing(rules: ComponentRules): Phrasing {
  const names = sharedNames(rules)
  const named = new Map<string, Condition>([...names].map(([key, name]) => [name, JSON.parse(key) as Condition]))
  const context: Context = { nameOf: each => names.get(JSON.stringify(each)) ?? null }
  const meaning = (name: string): Condition =>
    named.get(name) ?? required(sharedConditions[name], `the condition ${name}`)
  const namedIn = (condition: Condition): readonly NamedCondition[] => {
    const found = new Map<string, NamedCondition>()
    const visit = (part: Condition): void => {
      for (const name of namesIn(part, context)) {
        if (found.has(name)) continue
        found.set(name, { name, phrase: unbracketed(spelledOut(meaning(name), context)) })
        for (const inner of partsOf(meaning(name))) visit(inner)
      }
    }
    visit(condition)
    return [...found.values()]
  }
  return { phraseOf: condition => unbracketed(phrase(condition, context)), namedIn }
}

interface Context {
  readonly nameOf: (condition: Condition) => string | null
}

/** Phrases shorter than this are repeated and not named. */
const shortest = 60

/** Names for what occurs more than once in the conditions of a component, by their JSON: what is within another one alone has none. */
function sharedNames(rules: ComponentRules): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  const unnamed: Context = { nameOf: () => null }
  const count = (condition: Condition): void => {
    const key = JSON.stringify(condition)
    counts.set(key, (counts.get(key) ?? 0) + 1)
    if (counts.get(key) === 1) for (const part of partsOf(condition)) count(part)
  }
  for (const condition of conditionsOf(rules)) count(condition)
  const shared = [...counts].flatMap(([key, times]) =>
    times > 1 && isCompound(JSON.parse(key)) && spelledOut(JSON.parse(key) as Condition, unnamed).length >= shortest
      ? [key]
      : [],
  )
  return new Map(shared.map((key, at) => [key, `condition ${letter(at)}`]))
}

/** A single test says as much as a name for it would. */
const isCompound = (condition: object): boolean => Object.keys(condition).length > 1

const letter = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : `${letter(Math.floor(at / 26) - 1)}${letter(at % 26)}`

function conditionsOf(rules: ComponentRules): readonly Condition[] {
  const all = [rules.grants, rules.urls, rules.requests, rules.privileges].flatMap(each => Object.values(each ?? {}))
  const starting = [rules.started, rules.identity].flatMap(each => (each === undefined ? [] : [each]))
  return [...starting, ...all.flatMap(({ when }) => (when === undefined ? [] : [when]))]
}

/** The conditions directly within one. */
function partsOf(condition: Condition): readonly Condition[] {
  if (Array.isArray(condition)) return condition
  return Object.entries(condition).flatMap(([key, value]): readonly Condition[] => {
    if (key === '$any') return [value as Condition]
    if (key === '$all') return value as readonly Condition[]
    if (key === '$not') return [value as Condition]
    return key === '$block' ? [(value as { readonly where: Condition }).where] : []
  })
}

/** The names that the phrase of a condition says. */
function namesIn(condition: Condition, context: Context): readonly string[] {
  const name = context.nameOf(condition)
  if (name !== null) return [name]
  const used = Array.isArray(condition) ? undefined : (condition as Readonly<Record<string, unknown>>)['$use']
  return [...(typeof used === 'string' ? [used] : []), ...partsOf(condition).flatMap(part => namesIn(part, context))]
}

const phrase = (condition: Condition, context: Context): string => {
  const name = context.nameOf(condition)
  return name === null ? spelledOut(condition, context) : `${name} holds`
}

function spelledOut(condition: Condition, context: Context): string {
  if (Array.isArray(condition)) return either(condition, context)
  const parts = Object.entries(condition).flatMap(([key, value]) => part(key, value, condition, context))
  if (parts.length <= 1) return parts[0] ?? 'always'
  return parts.map(each => (/ or (?!later|before)/.test(each) ? bracketed(each) : each)).join(' and ')
}

const either = (conditions: readonly Condition[], context: Context): string =>
  conditions
    .map(each => (conditions.length === 1 ? phrase(each, context) : bracketed(phrase(each, context))))
    .join(' or ')

function part(key: string, value: unknown, condition: Condition, context: Context): readonly string[] {
  switch (key) {
    case '$any':
      return [phrase(value as Condition, context)]
    case '$all':
      return (value as readonly Condition[]).map(each => bracketed(phrase(each, context)))
    case '$not':
      return [negated(value as Condition, context)]
    case '$block': {
      const { path, where } = value as { path: string; where: Condition }
      return [`in some block ${code(path)}, ${bracketed(phrase(where, context))}`]
    }
    case '$alloy':
      return [`Alloy is ${range(value as string)}`]
    case '$kubernetes':
      return [`Kubernetes is ${range(value as string)}`]
    case '$kernel':
      return [`the Linux kernel is ${range(value as string)}`]
    case '$env':
      return [`the container sets ${code(String(value))}`]
    case '$unset':
      return [`the container does not set the variable that ${code(String(value))} names`]
    case '$use': {
      const at = (condition as Readonly<Record<string, unknown>>)['$at']
      return [`${String(value)} holds${at === undefined ? '' : ` for the block ${code(String(at))}`}`]
    }
    case '$at':
      return []
    default:
      return [test(key, value, '')]
  }
}

/** A test that does not hold reads as one; anything else is put after "not". */
function negated(condition: Condition, context: Context): string {
  const [only, ...more] = Array.isArray(condition) ? [] : Object.entries(condition)
  if (context.nameOf(condition) === null && only && more.length === 0 && !only[0].startsWith('$'))
    return test(only[0], only[1], 'not ')
  return `not (${unbracketed(phrase(condition, context))})`
}

const bracketed = (text: string): string => (/ and | or /.test(text) && !isBracketed(text) ? `(${text})` : text)

const unbracketed = (text: string): string => (isBracketed(text) ? text.slice(1, -1) : text)

/** Whether one pair of brackets is around all of a text. */
function isBracketed(text: string): boolean {
  if (!text.startsWith('(')) return false
  let depth = 0
  for (const [at, character] of [...text].entries()) {
    if (character === '(') depth++
    if (character === ')') depth--
    if (depth === 0) return at === text.length - 1
  }
  return false
}

const code = (text: string): string => `\`${text}\``

const literal = (value: unknown): string => code(JSON.stringify(value))

/** A list of alternatives: `a`, `b` or `c`. */
const listed = (values: readonly unknown[]): string =>
  values.length === 1
    ? literal(values[0])
    : `${values.slice(0, -1).map(literal).join(', ')} or ${literal(values.at(-1))}`

/** `>=1.13.0 <1.18.0` in words. */
function range(text: string): string {
  const words: Readonly<Record<string, string>> = {
    '>=': '$ or later',
    '<': 'before $',
    '>': 'after $',
    '<=': '$ or before',
  }
  return text
    .split(' ')
    .map(bound => {
      const [, operator = '', version = ''] = bound.match(/^([<>]=?)(.+)$/) ?? []
      return required(words[operator], `the words for ${operator}`).replace('$', version)
    })
    .join(', ')
}

function test(path: string, wanted: unknown, not: '' | 'not '): string {
  const name = code(path)
  if (Array.isArray(wanted)) {
    const none = wanted.length === 1 ? not : 'none of '
    return `${name} is ${not === '' ? '' : none}${listed(wanted)}`
  }
  if (typeof wanted !== 'object' || wanted === null) return `${name} is ${not}${literal(wanted)}`
  const [[kind = '', value] = []] = Object.entries(wanted)
  const holds = not === '' ? value !== false : value === false
  switch (kind) {
    case 'set':
      return `${name} is ${holds ? 'set' : 'not set'}`
    case 'empty':
      return `${name} is ${holds ? 'empty' : 'not empty'}`
    case 'serviceAccountToken':
      return `${name} is ${holds ? '' : 'not '}the service account's token`
    case 'matches':
      return `${name} ${holds ? 'matches' : 'does not match'} ${code(String(value))}`
    case 'port':
      return `the port of ${name} is ${not}from ${(value as readonly number[])[0]} to below ${(value as readonly number[])[1]}`
    case 'containsPrefix':
      return `${name} has ${holds ? 'an' : 'no'} element that starts with ${literal(value)}`
    default:
      return `${name} ${holds ? 'starts' : 'does not start'} with ${literal(value)}`
  }
}
