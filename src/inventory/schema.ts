import { bodies, values } from '#rulemap/inventory'
import type { ReleaseRange } from '../version.ts'
import { absolute, at, variantsOf } from './inventory.ts'

/** A type without parameters. `text` is a string that has a syntax of its own: a URL, a regular expression. */
type Plain<K> = K extends string ? { readonly kind: K } : never

/** The type of an attribute. */
export type Shape =
  | Plain<'string' | 'text' | 'number' | 'bool' | 'duration' | 'secret' | 'optional_secret' | 'any' | 'target'>
  | { readonly kind: 'enum'; readonly values: readonly string[]; readonly ignoreCase: boolean }
  | { readonly kind: 'list'; readonly of: Shape }
  /** `refused`: names of HTTP headers that it cannot hold. */
  | { readonly kind: 'map'; readonly of: Shape; readonly refused?: readonly string[] }
  /** An object whose fields are the attributes of a body. */
  | { readonly kind: 'object'; readonly body: string }
  | { readonly kind: 'capsule'; readonly type: string }

/** An attribute in one release. */
export interface AttributeShape {
  readonly type: Shape
  readonly required: boolean
}

/** A nested block in one release. */
export interface BlockShape {
  /** The name of its body; `module` for one that holds components instead of arguments. */
  readonly body: string
  readonly required: boolean
  readonly repeatable: boolean
}

/** What is allowed in a block in one release. */
export interface Body {
  readonly attributes: ReadonlyMap<string, AttributeShape>
  readonly blocks: ReadonlyMap<string, BlockShape>
  /** Whether the block has a label; if so it is required. */
  readonly label: boolean
  /** Whether the component decodes its arguments by code of its own, which may accept other types. */
  readonly custom: boolean
  /** Names that other releases have here, attributes and blocks. */
  readonly elsewhere: ReadonlyMap<string, readonly ReleaseRange[]>
}

interface Entry {
  readonly label?: true
  readonly custom?: true
  readonly include?: readonly string[]
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>
  readonly blocks?: Readonly<Record<string, string | readonly string[]>>
}

/** What stands for a body of components, which no one judges here. */
export const moduleBody = 'module'

const read = new Map<string, Body>()

/** The shape of a body in a release. */
export function bodyOf(name: string, release: string): Body {
  const key = `${release} ${name}`
  const known = read.get(key)
  if (known) return known
  const attributes = new Map<string, AttributeShape>()
  const blocks = new Map<string, BlockShape>()
  const elsewhere = new Map<string, readonly ReleaseRange[]>()
  const entry = entryOf(name)
  for (const included of entry.include ?? []) {
    const body = bodyOf(included, release)
    for (const [each, shape] of body.attributes) attributes.set(each, shape)
    for (const [each, shape] of body.blocks) blocks.set(each, shape)
    for (const [each, ranges] of body.elsewhere) elsewhere.set(each, ranges)
  }
  for (const [each, variants] of Object.entries(entry.attributes ?? {})) {
    const text = at(variants, release)
    if (text === null) elsewhere.set(each, variantsOf(variants))
    else attributes.set(each, { type: shapeOf(text.replace(/!$/, ''), release), required: text.endsWith('!') })
  }
  for (const [each, variants] of Object.entries(entry.blocks ?? {})) {
    const text = at(variants, release)
    if (text === null) elsewhere.set(each, variantsOf(variants))
    else blocks.set(each, blockShapeOf(text, name))
  }
  const body = { attributes, blocks, label: entry.label ?? false, custom: entry.custom ?? false, elsewhere }
  read.set(key, body)
  return body
}

function entryOf(name: string): Entry {
  const text = Object.hasOwn(bodies, name) ? bodies[name] : undefined
  if (text === undefined) throw new Error(`the inventory has no body ${name}`)
  return JSON.parse(text) as Entry
}

/** Reads `.Body!`: a leading dot stands for the place of the body around it; `!` once, `+` once or more, `*` any number. */
function blockShapeOf(text: string, around: string): BlockShape {
  const mark = text.at(-1)
  return {
    body: absolute(text, around),
    required: mark === '!' || mark === '+',
    repeatable: mark === '*' || mark === '+',
  }
}

/** Reads a type: `list(enum(kubernetes.role))`. */
function shapeOf(text: string, release: string): Shape {
  const [, kind = '', inner = ''] = text.match(/^(\w+)(?:\((.*)\))?$/) ?? []
  switch (kind) {
    case 'list':
    case 'map':
      return { kind, of: shapeOf(inner, release) }
    case 'object':
      return { kind, body: inner }
    case 'capsule':
      return { kind, type: inner }
    case 'enum':
      return { kind, ...valuesOf(inner, release) }
    case 'headers':
      return { kind: 'map', of: shapeOf('list(secret)', release), refused: valuesOf(inner, release).values }
    case 'string':
    case 'text':
    case 'number':
    case 'bool':
    case 'duration':
    case 'secret':
    case 'optional_secret':
    case 'any':
    case 'target':
      return { kind }
    default:
      throw new Error(`the inventory names a type that does not exist: ${text}`)
  }
}

function valuesOf(name: string, release: string): { values: readonly string[]; ignoreCase: boolean } {
  const text = Object.hasOwn(values, name) ? values[name] : undefined
  if (text === undefined) throw new Error(`the inventory has no values ${name}`)
  const { fold = false, values: all } = JSON.parse(text) as { fold?: boolean; values: readonly string[] }
  const there = all.map(each => (each === '' ? '' : at(each, release)))
  return { values: there.filter(each => each !== null), ignoreCase: fold }
}
