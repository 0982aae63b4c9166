import { liesIn } from '../../version.ts'
import { type Fault, fault, type Result } from '../fault.ts'
import { alternatives } from '../value/contents.ts'
import { equal } from '../value/equality.ts'
import { compareTexts, type StringPattern, text } from '../value/string-pattern.ts'
import { and } from '../value/truth.ts'
import { derived, oneOf, typeOf, unknown } from '../value/unknown.ts'
import type { ArrayValue, ObjectValue, Truth, Value } from '../value/value.ts'
import { type Call, refused, type StandardFunction } from './function.ts'

const any = { kind: 'any' } as const

const wrong = (call: Call, at: number, value: Value, expected: string): Fault =>
  fault('wrong-type', { what: `argument ${at + 1} of ${call.name}`, expected, actual: typeOf(value) }, at)

/** `array.concat`: every argument must be an array. */
export const concat: StandardFunction = {
  parameters: [],
  rest: any,
  raw: true,
  whole: true,
  apply: (args, call) => {
    for (const [at, arg] of args.entries())
      if (arg.kind !== 'array' && arg.kind !== 'unknown') return wrong(call, at, arg, 'array')
    const [only] = args
    if (args.length === 1 && only) return only
    const items: Value[] = []
    const openElements: Value[] = []
    const dropped: ObjectValue[] = []
    let unordered = false
    for (const arg of args) {
      // Behind what may be of any length nothing has a place of its own.
      const into = openElements.length > 0 ? openElements : items
      if (arg.kind !== 'array') {
        openElements.push(derived([arg], 'any', call.span))
        continue
      }
      for (const item of arg.items) into.push(item)
      for (const shape of arg.openElements) openElements.push(shape)
      for (const each of arg.dropped ?? []) dropped.push(each)
      unordered ||= arg.unordered === true && arg.items.length > 1
    }
    const carried = dropped.length > 0 ? { dropped } : {}
    return { kind: 'array', items, openElements, ...(unordered ? { unordered } : {}), ...carried }
  },
}

/** The arguments of `array.combine_maps` that are not what they must be. */
function checkMaps(args: readonly Value[], call: Call): Fault | null {
  const [left, right, keys, pass] = args
  if (!left || !right || !keys || args.length > 4)
    return fault('argument-count', { name: call.name, expected: '3 or 4', actual: args.length })
  if (args.length === 4 && !liesIn(call.scope.release, { since: '1.11' }))
    return fault('argument-count', { name: call.name, expected: '3', actual: args.length })
  for (const [at, list] of [left, right].entries()) {
    if (list.kind === 'unknown') continue
    if (list.kind !== 'array') return wrong(call, at, list, 'array')
    const element = list.items.find(
      item => item.kind !== 'object' && item.kind !== 'unknown' && item.kind !== 'capsule',
    )
    if (element)
      return refused(call, `argument ${at + 1} contains a value of type ${typeOf(element)}, expected objects`, at)
  }
  if (keys.kind !== 'array' && keys.kind !== 'unknown') return wrong(call, 2, keys, 'array')
  if (keys.kind === 'array' && keys.items.length === 0 && keys.openElements.length === 0)
    return refused(call, 'the list of keys is empty, expected at least one', 2)
  if (pass && pass.kind !== 'bool' && pass.kind !== 'unknown') return wrong(call, 3, pass, 'bool')
  return null
}

/** More pairs than these are not tried. */
const MOST_PAIRS = 1_000_000

/**
 * `array.combine_maps`: joins each object of the left list with each of the right one where the keys are in both and equal, in
 * kind too; the right one's fields win. With a fourth argument true the left one stays for every right one that it does not fit.
 */
export const combineMaps: StandardFunction = {
  parameters: [],
  rest: any,
  raw: true,
  experimental: true,
  apply: (args, call) => {
    const problem = checkMaps(args, call)
    if (problem) return problem
    const [left, right, keys, pass] = args as readonly [Value, Value, Value, Value | undefined]
    const open = derived(args, 'any', call.span)
    if (left.kind !== 'array' || right.kind !== 'array') return { kind: 'array', items: [], openElements: [open] }
    const [lefts, rights] = [elements(left), elements(right)]
    if (lefts.length * rights.length > MOST_PAIRS) return unknown('size', call.span, { type: 'array' })
    const passes = passThrough(pass)
    const items: Value[] = []
    const openElements: Value[] = []
    const add = (value: Value, isCertain: boolean): void => {
      if (isCertain && openElements.length === 0) items.push(value)
      else openElements.push(value)
    }
    for (const { left: l, right: r, isCertain } of pairs(lefts, rights)) {
      const found = keys.kind === 'array' && keys.openElements.length === 0 ? fits(l, r, keys) : null
      if (found === 'broken' && isCertain)
        return refused(call, 'a key is not a string, or its values cannot be compared', 2)
      const joins = found === 'broken' ? null : found
      if (joins !== false)
        add(l.kind === 'object' && r.kind === 'object' ? merge(l, r, call) : open, isCertain && joins === true)
      if (joins !== true && passes !== false) add(l, isCertain && joins === false && passes === true)
    }
    const unordered = [left, right].some(list => list.unordered && list.items.length > 1)
    return { kind: 'array', items, openElements, ...(unordered ? { unordered } : {}) }
  },
}

/** Whether elements without a partner stay, as the last argument says. */
function passThrough(argument: Value | undefined): Truth {
  if (argument === undefined) return false
  return argument.kind === 'bool' ? argument.value : null
}

/** Each element of a list with each of another one, and whether both are there for certain. */
function* pairs(
  lefts: ReturnType<typeof elements>,
  rights: ReturnType<typeof elements>,
): Generator<{ readonly left: Value; readonly right: Value; readonly isCertain: boolean }> {
  for (const [left, isCertainLeft] of lefts)
    for (const [right, isCertainRight] of rights) yield { left, right, isCertain: isCertainLeft && isCertainRight }
}

/** Elements, each with whether it is there for certain. */
const elements = (list: ArrayValue): readonly (readonly [Value, boolean])[] => [
  ...list.items.map(item => [item, true] as const),
  ...list.openElements.map(item => [item, false] as const),
]

function fits(left: Value, right: Value, keys: ArrayValue): Truth | 'broken' {
  if (left.kind !== 'object' || right.kind !== 'object') return null
  let all: Truth = true
  for (const key of keys.items) {
    if (all === false) return false
    if (key.kind === 'unknown' || key.kind === 'pattern') {
      all = null
      continue
    }
    if (key.kind !== 'string') return all ? 'broken' : null
    const [a, b] = [left.entries.get(key.value), right.entries.get(key.value)]
    if (!a || !b) {
      all = (a || left.open) && (b || right.open) ? null : false
      continue
    }
    if (a.kind === b.kind && ['array', 'object', 'function'].includes(a.kind)) return all ? 'broken' : null
    all = and(all, sameKind(left, right, a, b))
  }
  return all
}

/** Equality in kind too: `1` is not `1.0`. An empty label of an open object may stand for one that is not there. */
function sameKind(left: ObjectValue, right: ObjectValue, a: Value, b: Value): Truth {
  if (a.kind === 'number' && b.kind === 'number' && a.type !== b.type) return false
  const same = equal(a, b, true)
  const mayLack = (left.open || right.open) && a.kind === 'string' && a.value === ''
  return same && mayLack ? null : same
}

/** The fields of both; a field that the right one may lack keeps what the left one says. */
function merge(left: ObjectValue, right: ObjectValue, call: Call): Value {
  const entries = new Map(left.entries)
  const source = derived([left, right], 'any', call.span)
  if (right.open) for (const [key, value] of entries) entries.set(key, oneOf([value, source], source))
  for (const [key, value] of right.entries) {
    const own = left.entries.get(key)
    entries.set(key, own && (right.open || isEmpty(value) === null) ? oneOf([value, own], source) : value)
  }
  return { kind: 'object', entries, open: left.open || right.open }
}

/** `array.group_by`: Alloy orders the groups differently in each run. */
export const groupBy: StandardFunction = {
  parameters: [],
  rest: any,
  raw: true,
  experimental: true,
  apply: (args, call): Result => {
    const [list, key, drop] = args
    if (!list || !key || !drop || args.length > 3)
      return fault('argument-count', { name: call.name, expected: '3', actual: args.length })
    const types = ['array', 'string', 'bool'] as const
    for (const [at, arg] of [list, key, drop].entries()) {
      const type = types[at]
      if (type && typeOf(arg) !== type && arg.kind !== 'unknown') return wrong(call, at, arg, type)
    }
    if (list.kind !== 'array' || key.kind !== 'string' || drop.kind !== 'bool')
      return { kind: 'array', items: [], openElements: [derived(args, 'object', call.span)] }
    const groups = new Map<string, Value[]>()
    let isOpen = list.openElements.length > 0
    for (const item of list.items) {
      if (item.kind !== 'object') {
        if (item.kind !== 'unknown' && item.kind !== 'capsule')
          return refused(call, `argument 1 contains a value of type ${typeOf(item)}, expected objects`, 0)
        isOpen = true
        continue
      }
      const value = item.entries.get(key.value)
      if (value && typeOf(value) !== 'string' && value.kind !== 'unknown')
        return refused(call, `a value to group by has type ${typeOf(value)}, expected string`, 0)
      if ((value && value.kind !== 'string') || (!value && item.open)) isOpen = true
      else if (value || !drop.value) add(groups, value?.kind === 'string' ? value.value : '', item)
    }
    if (isOpen) return { kind: 'array', items: [], openElements: [anyGroup(key, list, call)] }
    const items = [...groups]
      .sort(([a], [b]) => compareTexts(text(a), text(b)))
      .map(([name, members]) => group(key, text(name), members, []))
    return { kind: 'array', items, openElements: [], ...(items.length > 1 ? { unordered: true } : {}) }
  },
}

const add = (groups: Map<string, Value[]>, name: string, item: Value): void => {
  groups.set(name, [...(groups.get(name) ?? []), item])
}

/** A group; a key called `items` gives way to the list. */
const group = (key: StringPattern, name: Value, items: readonly Value[], openElements: readonly Value[]): Value => ({
  kind: 'object',
  entries: new Map([
    [key.value, name],
    ['items', { kind: 'array', items, openElements }],
  ]),
  open: false,
})

const anyGroup = (key: StringPattern, list: ArrayValue, call: Call): Value =>
  group(key, derived([list], 'string', call.span), [], [...list.items, ...list.openElements])

/** Says of a value whether `coalesce` passes over it: null, the zero value of its type, an empty array or object. */
export function isEmpty(value: Value): Truth {
  switch (value.kind) {
    case 'null':
      return true
    case 'bool':
      return !value.value
    case 'number':
      return Number(value.value) === 0
    case 'string':
      return value.value === ''
    case 'pattern':
      return value.parts.some(part => (typeof part === 'string' ? part !== '' : part.nonEmpty)) ? false : null
    case 'array':
      if (value.items.length > 0) return false
      return value.openElements.length > 0 ? null : true
    case 'object':
      if (value.entries.size > 0) return false
      return value.open ? null : true
    case 'capsule':
      // An OptionalSecret that is secret is never the zero value: the mark is not.
      if (value.type === 'optional_secret' || (value.type !== 'secret' && value.type !== 'optional_text')) return false
      return value.of === null ? null : isEmpty(value.of)
    case 'function':
      return false
    case 'unknown':
      return value.nonEmpty ? false : null
    default:
      return value satisfies never
  }
}

/** `coalesce`: the first argument that is not empty, else the last one. */
export const coalesce: StandardFunction = {
  parameters: [],
  rest: any,
  raw: true,
  whole: true,
  apply: (args, call) => {
    const candidates: Value[] = []
    for (const arg of args) {
      const options = alternatives(arg)
      for (const each of options.filter(each => isEmpty(each) !== true)) candidates.push(each)
      if (options.every(each => isEmpty(each) === false))
        return oneOf(candidates, derived(candidates, 'any', call.span))
    }
    // All may be empty: then the last one is the result, whatever it is.
    const last = args.at(-1)
    if (!last) return { kind: 'null' }
    return candidates.length === 0 ? last : oneOf([...candidates, last], derived(candidates, 'any', call.span))
  },
}
