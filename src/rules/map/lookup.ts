import type { Value } from '../../evaluate/value/value.ts'
import type { Argument, Arguments, BlockArguments } from '../../resolve/use.ts'
import type { Span } from '../../source.ts'
import type { ComponentRules, Scalar } from './schema.ts'

/** What is at an argument path, once per block that the path goes through. */
export interface Found {
  readonly value: Value
  /** The argument's name in the text; null for a default. */
  readonly argument: Argument | null
}

/** Everything at a path: the values, and the blocks of that name. */
export interface Lookup {
  readonly values: readonly Found[]
  readonly blocks: readonly BlockArguments[]
}

/** Says whether the argument at a path is the path of a file: those of Alloy are named so. */
export const namesFile = (path: string): boolean => /(?:^|[._])file(?:name)?$/.test(path)

type Defaults = ComponentRules['defaults']

/** Finds what is at a dotted path; an absent attribute has its default, where the rules state one. */
export function lookUp(body: Arguments, path: string, defaults: Defaults = {}): Lookup {
  const values: Found[] = []
  const blocks: BlockArguments[] = []
  walk(body, path.split('.'))
  if (values.length === 0 && blocks.length === 0 && defaults[path] !== undefined)
    values.push({ value: constant(defaults[path]), argument: null })
  return { values, blocks }

  function walk(at: Arguments, segments: readonly string[]): void {
    const whole = at.attributes.get(segments.join('.'))
    if (whole) {
      values.push({ value: whole.value, argument: whole })
      return
    }
    const [name = ''] = segments
    const head = at.attributes.get(name)
    if (head && segments.length > 1) {
      for (const each of inside(head.value, segments.slice(1)).map(value => ({ value, argument: head })))
        values.push(each)
      return
    }
    for (const block of at.blocks) {
      const parts = block.name.split('.')
      if (parts.length > segments.length || parts.some((part, index) => part !== segments[index])) continue
      const rest = segments.slice(parts.length)
      if (rest.length === 0) blocks.push(block)
      else {
        const before = values.length + blocks.length
        walk(block.body, rest)
        if (values.length + blocks.length === before && defaults[path] !== undefined)
          values.push({ value: constant(defaults[path]), argument: null })
      }
    }
  }
}

/** What is at a path within a value; through a list: in each element. */
function inside(value: Value, segments: readonly string[]): readonly Value[] {
  if (segments.length === 0 || value.kind === 'unknown') return [value]
  if (value.kind === 'array') return [...value.items, ...value.openElements].flatMap(item => inside(item, segments))
  if (value.kind !== 'object') return []
  const field = value.entries.get(segments.join('.'))
  if (field) return [field]
  const [name = '', ...rest] = segments
  const next = value.entries.get(name)
  return next ? inside(next, rest) : []
}

/** A value of the rule map as a value of the language. */
export function constant(value: Scalar | readonly Scalar[]): Value {
  if (typeof value === 'object') return { kind: 'array', items: value.map(constant), openElements: [] }
  switch (typeof value) {
    case 'string':
      return { kind: 'string', value }
    case 'boolean':
      return { kind: 'bool', value }
    default:
      return Number.isInteger(value)
        ? { kind: 'number', type: 'int', value: BigInt(value) }
        : { kind: 'number', type: 'float', value }
  }
}

/** The place that a note about a path points to: the argument's name, else the component's header. */
export function placeOf(found: readonly Found[], otherwise: Span): Span {
  return found.find(({ argument }) => argument !== null)?.argument?.span ?? otherwise
}
