import { alternatives } from '../evaluate/value/contents.ts'
import type { Unknown, Value } from '../evaluate/value/value.ts'
import { type Facts, judge } from './map/condition.ts'
import { type Found, lookUp } from './map/lookup.ts'
import type { Condition, Names, Scope } from './map/schema.ts'

/** A namespace or an object's name: null is all of them, `.` the namespace Alloy runs in. */
export interface Place {
  readonly name: string | null
  /** False when a value known only at run time widened it. */
  readonly certain: boolean
  /** The argument that widened it. */
  readonly open: readonly Found[]
}

/** All of them, for certain. */
export const everywhere: Place = { name: null, certain: true, open: [] }
const placed = (name: string | null): Place => ({ name, certain: true, open: [] })
const widened = (found: Found): Place => ({ name: null, certain: false, open: [found] })

/** What one target of a list says; `null` where the rule does not follow targets. */
export interface Target {
  readonly labels: Value
  readonly found: Found
}

/** The targets that an argument holds, one per element or shape. An unknown list is one unknown target. */
export function targetsAt(path: string, facts: Facts): readonly Target[] {
  return lookUp(facts.body, path, facts.defaults).values.flatMap(found =>
    elements(found.value).map(labels => ({ labels, found })),
  )
}

function elements(value: Value): readonly Value[] {
  if (value.kind === 'array') return [...value.items, ...value.openElements]
  if (value.kind === 'unknown' && value.candidates) return value.candidates.flatMap(elements)
  return value.kind === 'null' ? [] : [value]
}

/** The namespaces that a scope names. Never empty, but where a list of namespaces is known to add nothing. */
export function namespacesOf(scope: Scope, facts: Facts, target: Target | null): readonly Place[] {
  if (scope === 'cluster') return [everywhere]
  if (scope === 'own') return [placed('.')]
  if ('namespace' in scope) return [placed(scope.namespace)]
  if ('targets' in scope) return target === null ? [everywhere] : labelOf(target, scope.label)
  if ('service' in scope) return serviceNamespaces(scope.service, facts)
  const named = lookUp(facts.body, scope.names, facts.defaults).values.flatMap(namesIn)
  const own = scope.own === undefined ? [] : ownNamespace(scope.own, named.length > 0, facts)
  const all = [...own, ...named]
  if (all.length > 0) return all.some(({ name, certain }) => name === null && certain) ? [everywhere] : all
  return scope.fallback === undefined ? [everywhere] : namespacesOf(scope.fallback, facts, target)
}

/** The own namespace, where a condition adds it to others or to none: where it is known only at run time, none would mean all. */
function ownNamespace(condition: Condition, others: boolean, facts: Facts): readonly Place[] {
  const { truth, open } = judge(condition, facts)
  if (truth === false) return []
  return [truth === true ? placed('.') : { name: others ? '.' : null, certain: false, open }]
}

/** The names in a list or a single string; an empty string stands for all, an unknown one too. */
function namesIn(found: Found): readonly Place[] {
  const { value } = found
  switch (value.kind) {
    case 'null':
      return []
    case 'string':
      return [placed(value.value === '' ? null : value.value)]
    case 'array':
      return [...value.items, ...value.openElements].flatMap(item =>
        namesIn({ ...found, value: item.kind === 'null' ? { kind: 'string', value: '' } : item }),
      )
    case 'unknown':
      return unknownNames(value, found)
    default:
      return [widened(found)]
  }
}

function unknownNames(value: Unknown, found: Found): readonly Place[] {
  if (value.isOwnNamespace) return [placed('.')]
  const candidates = alternatives(value)
  if (candidates.some(each => each.kind === 'unknown' && !each.isOwnNamespace)) return [widened(found)]
  return candidates.flatMap(each => {
    const places = namesIn({ ...found, value: each })
    // An empty list among the candidates means all namespaces.
    return (places.length === 0 ? [everywhere] : places).map(place => ({ ...place, certain: false, open: [found] }))
  })
}

function serviceNamespaces(path: string, facts: Facts): readonly Place[] {
  return serviceParts(path, 1, facts).map(place => (place.certain && place.name === null ? placed('.') : place))
}

/** One part of `name.namespace`; null where it is empty or missing. */
function serviceParts(path: string, part: 0 | 1, facts: Facts): readonly Place[] {
  return lookUp(facts.body, path, facts.defaults).values.flatMap(found =>
    alternatives(found.value).map(value => {
      if (value.kind === 'string') return placed(value.value.split('.')[part] || null)
      const [name, namespace, ...rest] = value.kind === 'pattern' ? value.parts : []
      // `web.` before what is the own namespace.
      const isOwn = typeof namespace === 'object' && namespace.isOwnNamespace === true && rest.length === 0
      if (!isOwn || typeof name !== 'string' || !/^[^.]+\.$/.test(name)) return widened(found)
      return placed(part === 0 ? name.slice(0, -1) : '.')
    }),
  )
}

/**
 * The first label of the list that a target carries; one that may be absent leaves anything possible. A target that carries none of
 * them is not a target of the rule.
 */
export function labelOf({ labels, found }: Target, names: readonly string[]): readonly Place[] {
  if (labels.kind !== 'object') return [widened(found)]
  for (const name of names) {
    const value = labels.entries.get(name)
    if (value === undefined || value.kind === 'null' || (value.kind === 'string' && value.value === '')) {
      if (value === undefined && labels.open) return [{ ...everywhere, certain: true }]
      continue
    }
    if (value.kind === 'string') return [placed(value.value)]
    if (value.kind === 'unknown' && value.isOwnNamespace) return [placed('.')]
    // A label that is one of several texts stands for as many targets: each of them is read.
    const texts = alternatives(value).map(each => (each.kind === 'string' && each.value !== '' ? each.value : null))
    if (value.kind === 'unknown' && value.candidates && texts.every(text => text !== null)) return texts.map(placed)
    return [everywhere]
  }
  return []
}

/** The objects' names that a rule names; all where they cannot be told, as where one is that of the own namespace. */
export function objectNames(names: Names | undefined, facts: Facts, target: Target | null): readonly Place[] {
  if (names === undefined) return [everywhere]
  if (isLiteral(names)) return names.map(placed)
  if ('targets' in names)
    return target === null ? [everywhere] : labelOf(target, names.label).map(place => objectName(place, target.found))
  if ('service' in names) return serviceParts(names.service, 0, facts)
  if ('from' in names) {
    const places = lookUp(facts.body, names.from, facts.defaults).values.flatMap(found =>
      namesIn(found).map(place => objectName(place, found)),
    )
    return places.length === 0 || places.some(({ name }) => name === null)
      ? [places.find(({ name }) => name === null) ?? everywhere]
      : places
  }
  return pinned(names.selector, facts)
}

const objectName = (place: Place, found: Found): Place => (place.name === '.' ? widened(found) : place)

const isLiteral = (names: Names): names is readonly string[] => Array.isArray(names)

/**
 * The name that a field selector pins: the API server copies an exact `metadata.name` into what it authorizes. Of several selectors
 * the last one counts.
 */
function pinned(selector: Extract<Names, { selector: unknown }>['selector'], facts: Facts): readonly Place[] {
  let last = everywhere
  for (const block of lookUp(facts.body, selector.blocks).blocks) {
    const { truth, open } = judge(selector.where, { ...facts, body: block.body, defaults: {} })
    if (truth === false) continue
    if (truth === null) last = { ...everywhere, certain: false, open }
    else
      last =
        lookUp(block.body, selector.field)
          .values.map(pin)
          .find(place => place !== null) ?? everywhere
  }
  return [last]
}

function pin(found: Found): Place | null {
  const { value } = found
  if (value.kind === 'string') {
    for (const term of value.value.split(',')) {
      const name = term.trim().match(/^metadata\.name\s*==?([^=!].*)$/)?.[1]
      if (name !== undefined) return placed(name.trim())
    }
    return null
  }
  if (value.kind === 'pattern') {
    const first = value.parts[0]
    return typeof first === 'string' && /(^|,)\s*metadata\.name\s*==?\s*$/.test(first) ? widened(found) : null
  }
  return null
}
