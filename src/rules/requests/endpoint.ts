import { alternatives } from '../../evaluate/contents.ts'
import type { Value } from '../../evaluate/value.ts'
import { apiServerHost, isApiServerHost, isApiServerVariable, unknownPart } from '../../kubernetes/paths.ts'
import type { Facts } from '../map/condition.ts'
import { lookUp } from '../map/lookup.ts'
import type { RequestRule } from '../map/schema.ts'
import { targetsAt } from '../scope.ts'

/** One class of servers that a request goes to; unknown parts of the texts are `unknownPart`. */
export interface Endpoint {
  readonly scheme: string
  readonly host: string
  readonly path: string
  /** The server that the labels of a target name. */
  readonly labelled: 'api server' | 'kubelet' | null
  /** Nothing at all is known of the target. */
  readonly anything: boolean
  /** The first target that leads there; null for what a URL names. */
  readonly target: Value | null
}

/** The endpoints that a rule's requests go to, without repetition. */
export function endpoints(rule: RequestRule, facts: Facts): readonly Endpoint[] {
  const all =
    rule.targets === undefined
      ? ofUrl(rule, facts)
      : targetsAt(rule.targets, facts).flatMap(({ labels }) => ofTarget(rule, labels, facts))
  return distinct(all)
}

/** The endpoints of one target, which is given by its labels. */
export function endpointsOf(rule: RequestRule, labels: Value, facts: Facts): readonly Endpoint[] {
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

function ofUrl(rule: RequestRule, facts: Facts): readonly Endpoint[] {
  const found = rule.url === undefined ? [] : lookUp(facts.body, rule.url, facts.defaults).values
  const texts = found.flatMap(({ value }) => alternatives(value).map(textOf)).filter(text => text !== '')
  if (texts.length === 0 && rule.default !== undefined) texts.push(rule.default)
  return texts.map(text => parse(text, rule.suffix ?? ''))
}

function parse(url: string, suffix: string): Endpoint {
  const [, scheme, authority = '', rest = ''] = url.match(/^([A-Za-z][\w+.-]*):\/\/([^/?#]*)([^?#]*)/) ?? []
  if (scheme === undefined) {
    // Wherever it leads, what is appended is asked for.
    const path = suffix === '' ? unknownPart : suffix
    return { scheme: unknownPart, host: unknownPart, path, labelled: null, anything: true, target: null }
  }
  // A password in the URL is nobody's business.
  const [host, behind] = divided(authority.slice(authority.lastIndexOf('@') + 1), rest + suffix)
  const path = behind.replace(/\/+$/, '')
  return {
    scheme: scheme.toLowerCase(),
    host,
    path: path === '' ? '/' : path,
    labelled: null,
    anything: false,
    target: null,
  }
}

/** Where no path is written behind the host, what is not known may hold it, and a port before it. */
function divided(host: string, path: string): readonly [host: string, path: string] {
  const at = host.indexOf(unknownPart)
  if (at === -1 || path !== '') return [host, path]
  const known = host.slice(0, at)
  const isWhole = known.endsWith(':10250') || isApiServerHost(known.replace(/:\d+$/, ''))
  return [isWhole ? known : host, host.slice(at)]
}

function ofTarget(rule: RequestRule, labels: Value, facts: Facts): readonly Endpoint[] {
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
  return cross(fill(label('__scheme__'), schemes), or(hosts, unknownPart), whole).map(
    ([scheme, host, path]): Endpoint => ({
      scheme: scheme.toLowerCase(),
      host,
      path,
      labelled: labels.kind === 'object' ? labelled(labels.entries) : null,
      anything:
        labels.kind !== 'object' ||
        (hosts.length === 0 && labels.open) ||
        (isNode(labels.entries) && host.endsWith(unknownPart)),
      target: labels,
    }),
  )
}

const joined = (prefix: string, path: string): string =>
  prefix === '' ? path : `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`

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

/** The Service that stands for the API server is called so in every cluster. */
const apiServerLabels = [
  '__meta_kubernetes_service_name',
  '__meta_kubernetes_endpoints_name',
  '__meta_kubernetes_service_label_component=apiserver',
  '__meta_kubernetes_endpointslice_label_kubernetes_io_service_name',
  '__meta_kubernetes_endpoints_label_kubernetes_io_service_name',
]

/** The Service without a selector that the operator of Prometheus keeps for kubelets is called so, or bears one of these labels. */
const kubeletLabels = [
  '__meta_kubernetes_service_name=kubelet',
  '__meta_kubernetes_endpoints_name=kubelet',
  '__meta_kubernetes_service_label_k8s_app=kubelet',
  '__meta_kubernetes_service_label_app_kubernetes_io_name=kubelet',
  '__meta_kubernetes_endpoints_label_k8s_app=kubelet',
  '__meta_kubernetes_endpointslice_label_kubernetes_io_service_name=kubelet',
]

function labelled(labels: ReadonlyMap<string, Value>): Endpoint['labelled'] {
  const hold = (entry: string): boolean => {
    const [name = '', wanted = 'kubernetes'] = entry.split('=')
    const value = labels.get(name)
    return value?.kind === 'string' && value.value === wanted
  }
  return apiServerLabels.some(hold) ? 'api server' : kubeletLabels.some(hold) ? 'kubelet' : null
}
