import { alternatives } from '../../evaluate/value/contents.ts'
import type { Value } from '../../evaluate/value/value.ts'
import { apiServerHost, isApiServerHost, isApiServerVariable } from '../../kubernetes/api-server.ts'
import { unknownPart } from '../../kubernetes/request-attributes.ts'
import { withoutEnding } from '../../text/cut.ts'
import type { Facts } from '../map/condition.ts'
import { lookUp } from '../map/lookup.ts'
import type { RequestRule, TargetRequest, UrlRequest } from '../map/schema.ts'
import { targetsAt } from '../scope.ts'
import { queryOf } from './query.ts'
import { type WellKnownServer, wellKnownServer } from './well-known-server.ts'

/** One class of servers that a request goes to; unknown parts of the texts are `unknownPart`. */
export interface Endpoint {
  readonly scheme: string
  readonly host: string
  /** Decoded. A question mark in it is a part of it. */
  readonly path: string
  /** Encoded, without the question mark. */
  readonly query: string
  /** The server that the labels of a target name. */
  readonly wellKnownServer: WellKnownServer | null
  /** Nothing at all is known of the target. */
  readonly isUnconstrained: boolean
  /** The first target that leads there; null for what a URL names. */
  readonly target: Value | null
}

/** The endpoints that a rule's requests go to, without repetition. */
export function endpoints(rule: RequestRule, facts: Facts): readonly Endpoint[] {
  const all =
    'url' in rule
      ? ofUrl(rule, facts)
      : targetsAt(rule.targets, facts).flatMap(({ labels }) => ofTarget(rule, labels, facts))
  return distinct(all)
}

/** The endpoints of one target, which is given by its labels. */
export function endpointsOf(rule: TargetRequest, labels: Value, facts: Facts): readonly Endpoint[] {
  return distinct(ofTarget(rule, labels, facts))
}

/** A target without an address is dropped before anything is asked. */
const distinct = (all: readonly Endpoint[]): readonly Endpoint[] =>
  [
    ...new Map(
      all
        .toReversed()
        .filter(({ host }) => host !== '')
        .map(each => [keyOf(each), each]),
    ).values(),
  ].reverse()

const keyOf = ({ target: _, ...rest }: Endpoint): string => JSON.stringify(rest)

function ofUrl(rule: UrlRequest, facts: Facts): readonly Endpoint[] {
  const { values } = lookUp(facts.body, rule.url, facts.defaults)
  const texts = values.flatMap(({ value }) => alternatives(value).map(textOf)).filter(text => text !== '')
  if (texts.length === 0 && rule.default !== undefined) texts.push(rule.default)
  return texts.map(text => parse(text, rule.suffix ?? ''))
}

/** The server that a whole URL leads to; null for what is none. */
export function endpointAt(url: string): Endpoint | null {
  const endpoint = parse(url, '')
  return endpoint.isUnconstrained || endpoint.host === '' ? null : endpoint
}

function parse(url: string, suffix: string): Endpoint {
  const [, scheme, authority = '', rest = '', query = ''] =
    url.match(/^([A-Za-z][\w+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/) ?? []
  const common = { wellKnownServer: null, target: null }
  if (scheme === undefined) {
    // Wherever it leads, what is appended is asked for.
    const path = suffix === '' ? unknownPart : suffix
    return { ...common, scheme: unknownPart, host: unknownPart, path, query: '', isUnconstrained: true }
  }
  // A password in the URL is private.
  const [host, path] = divided(authority.slice(authority.lastIndexOf('@') + 1), rest + suffix)
  return { ...common, scheme: scheme.toLowerCase(), host, path: decoded(path) || '/', query, isUnconstrained: false }
}

/**
 * What is not known behind a whole host, or behind its port, is the beginning of the path. Behind another beginning it belongs to the
 * host; where no path is written it may hold that too.
 */
function divided(host: string, path: string): readonly [host: string, path: string] {
  const at = host.indexOf(unknownPart)
  if (at === -1) return [host, path]
  const known = host.slice(0, at)
  const isWhole = /:\d+$/.test(known) || isApiServerHost(known)
  if (isWhole) return [known, host.slice(at) + path]
  return [host, path === '' ? host.slice(at) : path]
}

/** A path without its escapes; one that holds what is none Alloy refuses. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function ofTarget(rule: TargetRequest, labels: Value, facts: Facts): readonly Endpoint[] {
  const argument = (path: string | undefined): readonly string[] =>
    path === undefined
      ? []
      : lookUp(facts.body, path, facts.defaults).values.flatMap(({ value }) => alternatives(value).map(textOf))
  const label = (name: string): readonly string[] => {
    const value = labels.kind === 'object' ? labels.entries.get(name) : undefined
    return value === undefined || value.kind === 'null' ? [] : alternatives(value).map(textOf)
  }
  const schemes = or(argument(rule.scheme), 'http')
  const paths = rule.paths ?? or(argument(rule.path), '/metrics')
  // A label that is not listed among known ones is not there: the target is dropped.
  const isLost = labels.kind === 'object' && !labels.open && !labels.entries.has('__address__')
  const hosts = isLost ? [''] : label('__address__')
  const own = rule.paths === undefined ? label(rule.pathLabel ?? '__metrics_path__') : []
  const before = or(fill(rule.prefixLabel === undefined ? [] : label(rule.prefixLabel), argument(rule.prefix)), '')
  const whole = fill(own, paths).flatMap(path => before.map(prefix => joined(prefix, path)))
  const query = queryOf(rule.params === undefined ? [] : lookUp(facts.body, rule.params, facts.defaults).values, labels)
  const servers = labels.kind === 'object' ? wellKnownServer(labels.entries) : [null]
  return cross(fill(label('__scheme__'), schemes), or(hosts, unknownPart), whole).flatMap(([scheme, host, path]) =>
    servers.map(
      (server): Endpoint => ({
        scheme: scheme.toLowerCase(),
        host,
        path,
        query,
        wellKnownServer: server,
        isUnconstrained:
          labels.kind !== 'object' ||
          (hosts.length === 0 && labels.open) ||
          (isNode(labels.entries) && host.endsWith(unknownPart)),
        target: labels,
      }),
    ),
  )
}

const joined = (prefix: string, path: string): string =>
  prefix === '' ? path : `${withoutEnding(prefix, '/')}/${path.replace(/^\/+/, '')}`

const or = (values: readonly string[], otherwise: string): readonly string[] =>
  values.length === 0 ? [otherwise] : values

/** A label that may be empty leaves the argument in force. */
const fill = (labels: readonly string[], otherwise: readonly string[]): readonly string[] =>
  labels.length === 0 ? otherwise : labels.flatMap(label => (label === '' ? otherwise : [label]))

const cross = (
  a: readonly string[],
  b: readonly string[],
  c: readonly string[],
): readonly (readonly [string, string, string])[] => a.flatMap(x => b.flatMap(y => c.map(z => [x, y, z] as const)))

/** A value as a text with its unknown parts marked; the address of the API server stands for the variable that holds it. */
function textOf(value: Value): string {
  switch (value.kind) {
    case 'string':
      return value.value
    case 'pattern':
      return value.parts.map(part => (typeof part === 'string' ? part : textOf(part))).join('')
    case 'null':
      return ''
    case 'capsule':
      return value.of ? textOf(value.of) : unknownPart
    case 'unknown':
      return value.because === 'environment' && isApiServerVariable(value.name) ? apiServerHost : unknownPart
    default:
      return unknownPart
  }
}

/** Says whether a target is a node: where its port is not known, a kubelet may answer. */
const isNode = (labels: ReadonlyMap<string, Value>): boolean =>
  isThere(labels.get('__meta_kubernetes_node_name')) && !isThere(labels.get('__meta_kubernetes_pod_name'))

const isThere = (value: Value | undefined): boolean =>
  value !== undefined && value.kind !== 'null' && !(value.kind === 'string' && value.value === '')
