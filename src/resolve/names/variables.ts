import type { Value } from '../../evaluate/value/value.ts'

/** The names that expressions of one module body see: its own, over those of the body around it where there is one. */
export interface Variables {
  readonly own: Map<string, Value>
  readonly parent: Variables | null
}

/** A scope that holds nothing yet. */
export function variables(parent: Variables | null): Variables {
  return { own: new Map(), parent }
}

/** Finds a variable. Components of one namespace inside and outside are seen together. */
export function lookup(scope: Variables | null, name: string): Value | undefined {
  if (!scope) return undefined
  const own = scope.own.get(name)
  const outer = lookup(scope.parent, name)
  return own && outer ? merge(own, outer) : (own ?? outer)
}

/** Sets a variable, or a field deep in one: `discovery.kubernetes.pods`. */
export function assign(scope: Variables, path: readonly string[], value: Value): void {
  const [first, ...rest] = path
  if (first !== undefined) scope.own.set(first, place(scope.own.get(first), rest, value))
}

/** The tree of components grows by mutation while a body is evaluated: a copy for each of thousands of components would be quadratic. */
const growing = new WeakMap<ReadonlyMap<string, Value>, Map<string, Value>>()

function place(at: Value | undefined, path: readonly string[], value: Value): Value {
  const [first, ...rest] = path
  if (first === undefined) return value
  const known = at?.kind === 'object' ? growing.get(at.entries) : undefined
  const entries = known ?? new Map<string, Value>()
  entries.set(first, place(entries.get(first), rest, value))
  if (known && at) return at
  growing.set(entries, entries)
  return { kind: 'object', entries, open: false }
}

function merge(own: Value, outer: Value): Value {
  if (own.kind !== 'object' || outer.kind !== 'object') return own
  if (!growing.has(own.entries) || !growing.has(outer.entries)) return own
  const entries = new Map<string, Value>(outer.entries)
  for (const [name, value] of own.entries) {
    const below = entries.get(name)
    entries.set(name, below ? merge(value, below) : value)
  }
  growing.set(entries, entries)
  return { kind: 'object', entries, open: false }
}
