import { alternatives, unknownsOf } from '../../evaluate/value/contents.ts'
import { some } from '../../evaluate/value/truth.ts'
import type { Truth, Unknown, Value } from '../../evaluate/value/value.ts'
import type { Arguments } from '../../resolve/use.ts'
import { liesIn, rangeOf } from '../../version.ts'
import { carriesToken } from '../carries-token.ts'
import { type Found, lookUp, namesFile } from './lookup.ts'
import type { BlockCondition, ComponentRules, Condition, ConditionMap, Scalar, Test } from './schema.ts'

/** The releases that a plan is for. */
export interface Target {
  /** The release whose rules are used. */
  readonly alloy: string
  /** The release that was named, where that one was not read: what it accepts is judged by it, and what could have moved is assumed. */
  readonly stated?: string
  readonly kubernetes: string
  /** Null: not stated, taken to be newer than every condition; a note names the others. */
  readonly kernel: string | null
}

/** What conditions are judged against. */
export interface Facts {
  readonly body: Arguments
  readonly defaults: ComponentRules['defaults']
  readonly target: Target
  /** Conditions that `$use` names. */
  readonly shared: Readonly<Record<string, Condition>>
  /** The names of the environment variables that the container is known to set. */
  readonly environment: Pick<ReadonlySet<string>, 'has'>
  /** The names of those that it is known not to set; absent: of none is that known. */
  readonly unset?: Pick<ReadonlySet<string>, 'has'>
}

/** A truth, and what left it open. */
export interface Verdict {
  readonly truth: Truth
  /** Arguments whose value decides, with the unknowns in them; empty unless `truth` is null. */
  readonly open: readonly Found[]
}

const newestKernel = '999.0'
const yes: Verdict = { truth: true, open: [] }
const no: Verdict = { truth: false, open: [] }
export const verdict = (truth: boolean): Verdict => (truth ? yes : no)

/** Judges a condition; what cannot be known is null and comes with the arguments that would settle it. */
export function judge(condition: Condition | undefined, facts: Facts, prefix = ''): Verdict {
  if (condition === undefined) return yes
  if (isList(condition)) return anyOf(condition.map(each => judge(each, facts, prefix)))
  return allOf(Object.entries(condition).map(part => entry(part, condition, facts, prefix)))
}

const isList = (condition: Condition): condition is readonly Condition[] => Array.isArray(condition)

type Part = readonly [key: string, value: ConditionMap[string]]

function entry([key, value]: Part, map: ConditionMap, facts: Facts, prefix: string): Verdict {
  switch (key) {
    case '$any':
      return anyOf((value as readonly Condition[]).map(each => judge(each, facts, prefix)))
    case '$all':
      return allOf((value as readonly Condition[]).map(each => judge(each, facts, prefix)))
    case '$not': {
      const inner = judge(value as Condition, facts, prefix)
      return inner.truth === null ? inner : verdict(!inner.truth)
    }
    case '$block':
      return block(value as BlockCondition, facts, prefix)
    case '$alloy':
      return verdict(liesIn(facts.target.alloy, rangeOf(value as string)))
    case '$kubernetes':
      return verdict(liesIn(facts.target.kubernetes, rangeOf(value as string)))
    case '$kernel':
      return verdict(liesIn(facts.target.kernel ?? newestKernel, rangeOf(value as string)))
    case '$env':
      return verdict(facts.environment.has(value as string))
    case '$unset':
      return verdict(isUnset(prefix + value, facts))
    case '$at':
      return yes
    case '$use': {
      const shared = facts.shared[value as string]
      if (!shared) throw new Error(`the rule map uses a condition that does not exist: ${value}`)
      const at = typeof map['$at'] === 'string' ? `${map['$at']}.` : ''
      return judge(shared, facts, prefix + at)
    }
    default:
      return test(prefix + key, value as Test, facts)
  }
}

/** Says whether an argument names a variable of which it is known that the container does not set it. */
function isUnset(path: string, { body, defaults, unset }: Facts): boolean {
  const { values } = lookUp(body, path, defaults)
  return values.length > 0 && values.every(({ value }) => value.kind === 'string' && (unset?.has(value.value) ?? false))
}

function block({ path, where }: BlockCondition, facts: Facts, prefix: string): Verdict {
  const { blocks } = lookUp(facts.body, prefix + path, facts.defaults)
  return anyOf(
    blocks.map(each =>
      judge(where, { ...facts, body: each.body, defaults: defaultsBelow(facts.defaults, prefix + path) }),
    ),
  )
}

/** The defaults whose paths start at `path`, seen from there. */
export function defaultsBelow(defaults: ComponentRules['defaults'], path: string): ComponentRules['defaults'] {
  const start = `${path}.`
  return Object.fromEntries(
    Object.entries(defaults ?? {}).flatMap(([key, value]) =>
      key.startsWith(start) ? [[key.slice(start.length), value]] : [],
    ),
  )
}

function test(path: string, wanted: Test, facts: Facts): Verdict {
  const { values, blocks } = lookUp(facts.body, path, facts.defaults)
  if (typeof wanted === 'object' && 'set' in wanted) {
    const present = blocks.length > 0 ? yes : anyOf(values.map(found => asVerdict(isSet(found.value), found)))
    return wanted.set ? present : negate(present)
  }
  if (typeof wanted === 'object' && 'empty' in wanted) {
    const filled = anyOf(values.map(found => asVerdict(isFilled(found.value), found)))
    return wanted.empty ? negate(filled) : filled
  }
  if (typeof wanted === 'object' && 'serviceAccountToken' in wanted) {
    const carried = anyOf(values.map(found => asVerdict(carriesToken(found.value, namesFile(path)), found)))
    return wanted.serviceAccountToken ? carried : negate(carried)
  }
  return anyOf(values.map(found => asVerdict(matches(found.value, wanted), found)))
}

const asVerdict = (truth: Truth, found: Found): Verdict => ({ truth, open: truth === null ? [found] : [] })
const negate = ({ truth, open }: Verdict): Verdict => ({ truth: truth === null ? null : !truth, open })

/** One of them holds. */
export function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.some(({ truth }) => truth === true)) return yes
  const open = verdicts.filter(({ truth }) => truth === null)
  return open.length === 0 ? no : { truth: null, open: open.flatMap(each => each.open) }
}

function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.some(({ truth }) => truth === false)) return no
  const open = verdicts.filter(({ truth }) => truth === null)
  return open.length === 0 ? yes : { truth: null, open: open.flatMap(each => each.open) }
}

function isSet(value: Value): Truth {
  if (value.kind === 'unknown') return value.type === 'any' ? null : true
  return value.kind !== 'null'
}

function isFilled(value: Value): Truth {
  switch (value.kind) {
    case 'null':
      return false
    case 'string':
      return value.value !== ''
    case 'array':
      if (value.items.length > 0) return true
      return value.openElements.length > 0 ? null : false
    case 'object':
      if (value.entries.size > 0) return true
      return value.open ? null : false
    case 'unknown':
      return same(alternatives(value).map(each => (each.kind === 'unknown' ? null : isFilled(each))))
    case 'pattern':
      return value.parts.some(part => typeof part === 'string' && part !== '') ? true : null
    default:
      return true
  }
}

const same = (truths: readonly Truth[]): Truth =>
  truths.every(truth => truth === truths[0]) ? (truths[0] ?? null) : null

/** Compares a value with a test of the rule map; a list matches when one of its elements does. */
function matches(
  value: Value,
  wanted: Exclude<Test, { set: boolean } | { empty: boolean } | { serviceAccountToken: boolean }>,
): Truth {
  if (value.kind === 'array') {
    const truths = value.items.map(item => matches(item, wanted))
    if (truths.includes(true)) return true
    const rest = value.openElements.map(item => matches(item, wanted)).some(truth => truth !== false)
    return truths.includes(null) || rest ? null : false
  }
  if (value.kind === 'unknown' && value.candidates) return same(value.candidates.map(each => matches(each, wanted)))
  if (value.kind === 'unknown')
    return value.type === 'any' || value.type === 'string' || value.type === 'array' || couldBe(value, wanted)
      ? null
      : false
  if (Array.isArray(wanted)) {
    return some((wanted as readonly Scalar[]).map(each => equals(value, each)))
  }
  if (typeof wanted === 'object') {
    if ('prefix' in wanted) return begins(value, wanted.prefix)
    if ('containsPrefix' in wanted) return begins(value, wanted.containsPrefix)
    if ('matches' in wanted) return holds(value, new RegExp(wanted.matches))
    if ('port' in wanted) {
      const port = portOf(value)
      return port === null ? null : port >= wanted.port[0] && port < wanted.port[1]
    }
    throw new Error(`the rule map holds a test that does not exist: ${JSON.stringify(wanted)}`)
  }
  return equals(value, wanted as Scalar)
}

function couldBe(value: Unknown, wanted: Test): boolean {
  const scalars = Array.isArray(wanted) ? wanted : [wanted]
  return scalars.some(each => typeof each === value.type || (typeof each === 'boolean' && value.type === 'bool'))
}

function equals(value: Value, wanted: Scalar): Truth {
  switch (value.kind) {
    case 'null':
      return wanted === '' || wanted === 0 || wanted === false
    case 'string':
      return value.value === String(wanted) && typeof wanted !== 'boolean'
    case 'bool':
      return value.value === wanted
    case 'number':
      return Number(value.value) === Number(wanted) && typeof wanted !== 'boolean'
    case 'pattern':
      return typeof wanted === 'string' && fits(value.parts, wanted) ? null : false
    case 'unknown':
      return null
    case 'capsule':
      return value.of ? equals(value.of, wanted) : null
    default:
      return false
  }
}

/** Says whether a text can be what the parts stand for: its known ends must agree. */
function fits(parts: readonly (string | Unknown)[], text: string): boolean {
  const first = parts[0]
  const last = parts.at(-1)
  return (typeof first !== 'string' || text.startsWith(first)) && (typeof last !== 'string' || text.endsWith(last))
}

function begins(value: Value, prefix: string): Truth {
  if (value.kind === 'string') return value.value.startsWith(prefix)
  if (value.kind !== 'pattern') return value.kind === 'unknown' ? null : false
  const first = value.parts[0]
  if (typeof first !== 'string') return null
  if (first.startsWith(prefix)) return true
  return prefix.startsWith(first) ? null : false
}

function holds(value: Value, wanted: RegExp): Truth {
  if (value.kind === 'string') return wanted.test(value.value)
  if (value.kind !== 'pattern') return value.kind === 'unknown' ? null : false
  return value.parts.some((_, at) => isFoundAt(at, value.parts, wanted)) ? true : null
}

/** Stands for text that is not known. */
const open = '\uffff'

/** Says whether an expression is found in a part, whatever stands around it: an anchor finds an end of the whole text alone. */
function isFoundAt(at: number, parts: readonly (string | Unknown)[], wanted: RegExp): boolean {
  const part = parts[at]
  if (typeof part !== 'string') return false
  const [before, after] = [at === 0 ? '' : open, at === parts.length - 1 ? '' : open]
  const found = wanted.exec(before + part + after)
  const start = before.length
  return found !== null && found.index >= start && found.index + found[0].length <= start + part.length
}

/** The end of a text, as far as it is known, behind a sign for what is not known before it. */
function knownEnd(value: Value): string | null {
  if (value.kind === 'string') return value.value
  const end = value.kind === 'pattern' ? value.parts.at(-1) : null
  return typeof end === 'string' ? open + end : null
}

/** The port of `host:port`, `:port` or a number; null when it cannot be told. */
export function portOf(value: Value): number | null {
  if (value.kind === 'number') return Number(value.value)
  const digits = knownEnd(value)?.match(/(?:^|:)(\d+)$/)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** What would settle an open verdict. */
export function originsOf({ open }: Verdict): readonly Unknown[] {
  return open.flatMap(({ value }) => unknownsOf(value))
}
