import { betweenSlashes } from '../text/cut.ts'
import { pinnedName } from './field-selector.ts'

/** Stands for an unknown part in the texts of a request; no path holds it. */
export const unknownPart = '\u0000'

/** A request as its server reads it. Unknown parts of the texts are `unknownPart`. */
export interface HttpRequest {
  readonly method: string
  /** Decoded: no escapes are left in it. */
  readonly path: string
  /** What stands behind the question mark, encoded as it is sent; empty without one. */
  readonly query: string
}

/** What the API server authorizes a request as. */
export type RequestAttributes = ResourceAttributes | UrlAttributes

/** A request for a resource. Empty texts are absent; null is what an unknown part leaves open. */
export interface ResourceAttributes {
  readonly kind: 'resource'
  /** Empty for a method that stands for no verb. Null: `list` or `watch`, as an unknown query has it. */
  readonly verb: string | null
  readonly group: string | null
  readonly resource: string | null
  readonly subresource: string | null
  readonly namespace: string | null
  readonly name: string | null
  /** An unknown end may ask for more than is told: a name that may have more behind it, a subresource. */
  readonly isOpenEnded: boolean
}

/** A request for a path that is not a resource. */
export interface UrlAttributes {
  readonly kind: 'url'
  readonly verb: string
  readonly url: string
}

const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

/** The methods that a resource is asked with. */
export const methods: readonly string[] = Object.keys(verbs)

/** Words in front of a resource that are the verb themselves: an old way to ask. */
const pathVerbs: ReadonlySet<string> = new Set(['watch', 'proxy'])

/**
 * Reads a request as Kubernetes' own resolver does (apiserver, `NewRequestInfo`): paths below `/api/VERSION` and
 * `/apis/GROUP/VERSION` are resources, all others URLs. A slash at the end of a resource does not count, one within does.
 */
export function requestAttributes({ method, path, query }: HttpRequest): RequestAttributes {
  const [prefix, ...parts] = betweenSlashes(path).split('/')
  const isGrouped = prefix === 'apis'
  const behind = parts.slice(isGrouped ? 2 : 1)
  if ((prefix !== 'api' && !isGrouped) || behind.length === 0)
    return { kind: 'url', url: path, verb: method.toLowerCase() }
  const [word = ''] = behind
  const isVerb = pathVerbs.has(word) && behind.length > 1
  const verb = isVerb ? word : (verbs[method] ?? '')
  const { namespace, rest } = divided(isVerb ? behind.slice(1) : behind)
  const [resource = '', name = '', sub] = rest
  // The old proxy leaves what is behind the name to whom it leads to.
  const subresource = verb === 'proxy' ? undefined : sub
  const attributes: ResourceAttributes = {
    kind: 'resource',
    verb,
    group: isGrouped ? known(parts[0] ?? '') : '',
    resource: known(resource),
    subresource: known(subresource ?? ''),
    namespace: known(namespace),
    name: known(name),
    isOpenEnded: subresource === undefined ? name.endsWith(unknownPart) : subresource.includes(unknownPart),
  }
  return name === '' ? ofCollection(attributes, query) : attributes
}

/** What is known in full; null for the rest. */
const known = (text: string): string | null => (text.includes(unknownPart) ? null : text)

/** The namespace that a resource is in. `namespaces/NAME` and its own subresources are about the namespace itself. */
function divided(parts: readonly string[]): { readonly namespace: string; readonly rest: readonly string[] } {
  const [kind, namespace = '', below] = parts
  if (kind !== 'namespaces') return { namespace: '', rest: parts }
  const isItself = below === undefined || below === 'status' || below === 'finalize'
  return { namespace, rest: isItself ? parts : parts.slice(2) }
}

/** A request without a name: `get` lists or watches, perhaps the one object that a field selector names. */
function ofCollection(attributes: ResourceAttributes, query: string): ResourceAttributes {
  if (attributes.verb === 'delete') return { ...attributes, verb: 'deletecollection' }
  if (attributes.verb !== 'get') return attributes
  const { values, isOpen } = parametersOf(query)
  const watch = values.get('watch')
  const isWatch = watch !== undefined && !/^(false|0)$/i.test(watch)
  const isUnclear = isOpen || watch?.includes(unknownPart) === true
  const read = isWatch ? 'watch' : 'list'
  // What cannot be read as options of a list counts for nothing but `watch`.
  return {
    ...attributes,
    verb: isUnclear ? null : read,
    name: isOpen || !areOptions(values) ? '' : pinned(values.get('fieldSelector')),
  }
}

/** The name that a field selector pins, if only that of one object; null for one that is not known. */
function pinned(selector: string | undefined): string | null {
  const name = selector === undefined ? null : pinnedName(selector)
  return name === null || !mayBeName(name) ? '' : known(name)
}

/** Says whether a text can be one segment of a path. */
const mayBeName = (name: string): boolean => name !== '.' && name !== '..' && !/[/%]/.test(name)

// Blanks follow what they stand behind and nothing else takes them, so that there is one way to read a text.
const label = String.raw`(?:[\w./-]+\s*)?`
const requirement = String.raw`(?:!\s*${label}|${label}(?:(?:==?|!=|[<>])\s*${label}|(?<=\s)(?:not)?in\s*\([^()]*\)\s*)?)`
const labelSelector = new RegExp(String.raw`^\s*${requirement}(?:,\s*${requirement})*$`)

/** Says whether parameters can be read as the options of a list, as far as these have a form. */
function areOptions(values: ReadonlyMap<string, string>): boolean {
  const isNumber = (name: string): boolean => /^[+-]?\d+$/.test(values.get(name) ?? '0')
  return isNumber('limit') && isNumber('timeoutSeconds') && labelSelector.test(values.get('labelSelector') ?? '')
}

/** The parameters of a query, each with its first value, and whether an unknown part may hold more of them. */
function parametersOf(query: string): { readonly values: ReadonlyMap<string, string>; readonly isOpen: boolean } {
  const values = new Map<string, string>()
  let isOpen = false
  for (const pair of query.split('&')) {
    const [, key = '', value = ''] = pair.match(/^([^=]*)(?:=([\s\S]*))?$/) ?? []
    if (key.includes(unknownPart)) isOpen = true
    const [name, text] = [decoded(key), decoded(value)]
    if (pair.includes(';') || name === null || text === null || name === '' || values.has(name)) continue
    values.set(name, text)
  }
  return { values, isOpen }
}

/** A part of a query without its escapes; null where these are none. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
