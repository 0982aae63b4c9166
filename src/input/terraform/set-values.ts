import { depthLimit } from '../yaml/documents.ts'
import type { Entry, Mapping, Scalar, Tree } from '../yaml/tree.ts'

/** One value by its path, as `helm --set` takes it. */
export interface SetValue {
  readonly name: string
  /** Several for a list; null where it is not known. */
  readonly value: Scalar | readonly Scalar[] | null
  /** `string` and `literal`: the value is a text; else `true`, `null` and whole numbers keep their type. */
  readonly how: string
}

/** How long a list may become by a position in a path, as Helm has it. */
const longest = 65_536

/** Lays values over a map one by one; a position in a path changes one element of a list. Those that are not known are named. */
export function setValues(
  under: Mapping,
  given: readonly SetValue[],
): { readonly values: Mapping; readonly unknown: readonly string[] } {
  const unknown: string[] = []
  let values: Tree = under
  for (const { name, value, how } of given) {
    const path = pathOf(name)
    if (value === null || path === null) unknown.push(name)
    else values = assigned(values, path, leafOf(value, how))
  }
  return { values: values.kind === 'map' ? values : under, unknown }
}

type Step = string | number

/** The steps of a path: keys with dots between them, a dot of a key behind a backslash, positions in brackets. */
function pathOf(name: string): readonly Step[] | null {
  const steps = name.split(/(?<!\\)\./).flatMap((part): readonly (Step | null)[] => {
    const pieces = part.split('[')
    const end =
      Math.max(
        0,
        pieces.findLastIndex(piece => !/^\d+\]$/.test(piece)),
      ) + 1
    const key = pieces.slice(0, end).join('[')
    const found = pieces.slice(end).map(piece => Number.parseInt(piece, 10))
    if (found.some(each => each > longest)) return [null]
    return [...(key === '' && found.length > 0 ? [] : [key.replaceAll(/\\(.)/g, '$1')]), ...found]
  })
  const known = steps.filter(step => step !== null)
  return known.length < steps.length || steps.length > depthLimit ? null : known
}

function leafOf(value: Scalar | readonly Scalar[], how: string): Tree {
  if (!('kind' in value)) {
    const [first] = value
    const span = first?.span ?? { source: { path: '', text: '' }, start: 0, end: 0 }
    return { kind: 'list', items: value.map(each => leafOf(each, how)), span }
  }
  const { value: held, span } = value
  if (typeof held !== 'string' || how === 'literal') return value
  const inner = /^\{(.*)\}$/s.exec(held)?.[1]
  if (inner !== undefined) {
    const items = inner === '' ? [] : inner.split(/(?<!\\),/)
    return { kind: 'list', items: items.map(each => leafOf({ ...value, value: each.trim() }, how)), span }
  }
  const text = held.replaceAll(/\\([,.{}\\])/g, '$1')
  return { kind: 'scalar', value: how === 'string' ? text : typed(text), span }
}

function typed(text: string): Scalar['value'] {
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  return /^(?:0|-?[1-9]\d*)$/.test(text) ? Number(text) : text
}

function assigned(under: Tree | null, [step, ...rest]: readonly Step[], leaf: Tree): Tree {
  if (step === undefined) return leaf
  if (typeof step === 'string') {
    const entries = new Map<string, Entry>(under?.kind === 'map' ? under.entries : [])
    const before = entries.get(step)
    entries.set(step, { key: before?.key ?? leaf.span, value: assigned(before?.value ?? null, rest, leaf) })
    return { kind: 'map', entries, span: under?.kind === 'map' ? under.span : leaf.span }
  }
  const items = under?.kind === 'list' ? [...under.items] : []
  while (items.length <= step) items.push({ kind: 'scalar', value: null, span: leaf.span })
  items[step] = assigned(items[step] ?? null, rest, leaf)
  return { kind: 'list', items, span: under?.kind === 'list' ? under.span : leaf.span }
}
