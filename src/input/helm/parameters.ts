import { depthLimit } from '../yaml/documents.ts'
import { mergeAll } from '../yaml/merge.ts'
import type { Entry, Mapping, Scalar } from '../yaml/tree.ts'

/** One value by its path, as `helm --set` takes it. */
export interface Parameter {
  readonly name: string
  readonly value: Scalar
  /** Whether `true`, `null` and whole numbers keep their type; else the value is a string. */
  readonly typed: boolean
}

/** Makes a map of single values; paths into lists are left to the caller. */
export function parameters(given: readonly Parameter[]): { values: Mapping; skipped: readonly Parameter[] } {
  const none: Mapping = { kind: 'map', entries: new Map(), span: given[0]?.value.span ?? nowhere }
  const skipped: Parameter[] = []
  const layers: Mapping[] = []
  for (const parameter of given) {
    const isDeep = parameter.name.split('.').length > depthLimit
    if (isDeep || /\[\d+\]/.test(parameter.name)) skipped.push(parameter)
    else layers.push(single(parameter))
  }
  return { values: mergeAll(none, layers), skipped }
}

const nowhere = { source: { path: '', text: '' }, start: 0, end: 0 }

function single({ name, value, typed }: Parameter): Mapping {
  const { span } = value
  // A dot that belongs to a key is written `\.`.
  const keys = name.split(/(?<!\\)\./).map(key => key.replaceAll('\\.', '.'))
  const leaf: Scalar = { kind: 'scalar', value: typed ? typedValue(value.value) : String(value.value ?? ''), span }
  const wrap = (below: Entry, key: string): Entry => ({
    key: span,
    value: { kind: 'map', entries: new Map([[key, below]]), span },
  })
  const entry = keys.reduceRight<Entry>(wrap, { key: span, value: leaf })
  return entry.value as Mapping
}

function typedValue(value: Scalar['value']): Scalar['value'] {
  if (typeof value !== 'string') return value
  if (value === 'true' || value === 'false') return value === 'true'
  if (value === 'null') return null
  return /^(?:0|-?[1-9]\d*)$/.test(value) ? Number(value) : value
}
