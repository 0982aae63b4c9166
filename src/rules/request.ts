import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import { alternatives, carriesToken, unknownsOf } from '../evaluate/contents.ts'
import type { Truth, Value } from '../evaluate/value.ts'
import type { Grant } from '../kubernetes/grant.ts'
import { apiServerGrants, kubeletGrants, unknownPart } from '../kubernetes/paths.ts'
import type { Situation } from './derive.ts'
import { noteFound, reasonOf } from './derive.ts'
import { type Found, lookUp } from './lookup.ts'
import type { Requirement } from './requirement.ts'
import type { RequestRule } from './rulemap.ts'
import { targetsAt } from './scope.ts'

/** One class of servers that a request goes to; unknown parts of the texts are `unknownPart`. */
export interface Endpoint {
  readonly scheme: string
  readonly host: string
  readonly path: string
  /** The labels of a target say that it is the API server. */
  readonly apiServer: boolean
  /** Nothing at all is known of the target. */
  readonly anything: boolean
}

/** Who answers: each decides differently what a token must be allowed. */
export type Server = 'kubelet' | 'api server' | 'other' | 'outside' | 'plain http'

/** Finds what the requests of a use need where they carry the service account's token: who answers decides. */
export function needsOfRequest(rule: RequestRule, situation: Situation): readonly Requirement[] {
  const carried = tokenOf(rule, situation)
  if (carried.truth === false) return []
  if (carried.truth === null) noteFound(situation.use, carried.open, situation.report)
  const requirements: Requirement[] = []
  for (const endpoint of endpoints(rule, situation)) {
    const server = serverOf(endpoint)
    const answer = grantsFor(server, endpoint, methodOf(rule, situation), situation.facts.target.kubernetes)
    report(server, endpoint, situation)
    if (endpoint.path.includes(unknownPart) && answer.grants.length > 1)
      noteFound(situation.use, pathArguments(rule, situation), situation.report)
    const reason = reasonOf(situation, carried.truth === true && answer.certain)
    requirements.push(...answer.grants.map((grant): Requirement => ({ need: { kind: 'grant', grant }, reason })))
  }
  return requirements
}

/** The arguments that leave the path open. */
const pathArguments = (rule: RequestRule, { facts }: Situation): readonly Found[] =>
  [rule.path, rule.prefix, rule.url]
    .flatMap(path => (path === undefined ? [] : lookUp(facts.body, path, facts.defaults).values))
    .filter(({ value }) => unknownsOf(value).length > 0)

function tokenOf(rule: RequestRule, { facts }: Situation): { truth: Truth; open: readonly Found[] } {
  const found = rule.token.flatMap(path => lookUp(facts.body, path, facts.defaults).values)
  const truths = found.map(({ value }) => carriesToken(value))
  if (truths.includes(true)) return { truth: true, open: [] }
  return { truth: truths.includes(null) ? null : false, open: found.filter((_, at) => truths[at] === null) }
}

function methodOf(rule: RequestRule, { facts }: Situation): string {
  const value = rule.method === undefined ? undefined : lookUp(facts.body, rule.method, facts.defaults).values[0]?.value
  return value?.kind === 'string' && value.value !== '' ? value.value.toUpperCase() : 'GET'
}

/** The endpoints that a rule's requests go to, without repetition. */
export function endpoints(rule: RequestRule, situation: Situation): readonly Endpoint[] {
  // A target without an address is dropped before anything is asked.
  const all = (rule.targets === undefined ? ofUrl(rule, situation) : ofTargets(rule, situation)).filter(
    ({ host }) => host !== '',
  )
  return [...new Map(all.map(each => [JSON.stringify(each), each])).values()]
}

function ofUrl(rule: RequestRule, { facts }: Situation): readonly Endpoint[] {
  const found = rule.url === undefined ? [] : lookUp(facts.body, rule.url, facts.defaults).values
  const texts = found.flatMap(({ value }) => alternatives(value).map(textOf)).filter(text => text !== '')
  if (texts.length === 0 && rule.default !== undefined) texts.push(rule.default)
  return texts.map(text => parse(text, rule.suffix ?? ''))
}

function parse(url: string, suffix: string): Endpoint {
  const [, scheme = unknownPart, host = unknownPart, rest = ''] = url.match(/^([a-z]+):\/\/([^/]*)(.*)$/) ?? []
  const path = (rest.split('?')[0] ?? '').replace(/\/+$/, '') + suffix
  return { scheme, host, path: path === '' ? '/' : path, apiServer: false, anything: !url.includes('://') }
}

function ofTargets(rule: RequestRule, { facts }: Situation): readonly Endpoint[] {
  const argument = (path: string | undefined): readonly string[] =>
    path === undefined
      ? []
      : lookUp(facts.body, path, facts.defaults).values.flatMap(({ value }) => alternatives(value).map(textOf))
  const schemes = or(argument(rule.scheme), 'http')
  const paths = rule.paths ?? or(argument(rule.path), '/metrics')
  return targetsAt(rule.targets ?? '', facts).flatMap(({ labels }) => {
    const label = (name: string): readonly string[] => {
      const value = labels.kind === 'object' ? labels.entries.get(name) : undefined
      return value === undefined || value.kind === 'null' ? [] : alternatives(value).map(textOf)
    }
    const hosts = label('__address__')
    const own = rule.paths === undefined ? label(rule.pathLabel ?? '__metrics_path__') : []
    const before = or(fill(rule.prefixLabel === undefined ? [] : label(rule.prefixLabel), argument(rule.prefix)), '')
    const whole = fill(own, paths).flatMap(path => before.map(prefix => joined(prefix, path)))
    return cross(fill(label('__scheme__'), schemes), or(hosts, unknownPart), whole).map(
      ([scheme, host, path]): Endpoint => ({
        scheme,
        host,
        path,
        apiServer: labels.kind === 'object' && isApiServer(labels.entries),
        anything: labels.kind !== 'object' || (hosts.length === 0 && labels.open),
      }),
    )
  })
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
      return value.parts.map(part => (typeof part === 'string' ? part : unknownPart)).join('')
    case 'null':
      return ''
    case 'capsule':
      return value.of ? textOf(value.of) : unknownPart
    default:
      return unknownPart
  }
}

/** The Service that stands for the API server is called so in every cluster. */
const apiServerLabels = [
  '__meta_kubernetes_service_name',
  '__meta_kubernetes_endpoints_name',
  '__meta_kubernetes_service_label_component=apiserver',
  '__meta_kubernetes_endpointslice_label_kubernetes_io_service_name',
  '__meta_kubernetes_endpoints_label_kubernetes_io_service_name',
]

function isApiServer(labels: ReadonlyMap<string, Value>): boolean {
  return apiServerLabels.some(entry => {
    const [name = '', wanted = 'kubernetes'] = entry.split('=')
    const value = labels.get(name)
    return value?.kind === 'string' && value.value === wanted
  })
}

/** Tells who answers at an endpoint. */
export function serverOf(endpoint: Endpoint): Server {
  const host = endpoint.host.replace(/:\d+$/, '')
  if (endpoint.scheme === 'http') return 'plain http'
  if (/^kubernetes(\.default(\.svc(\..+)?)?)?$/.test(host) || endpoint.apiServer) return 'api server'
  if (/:10250$/.test(endpoint.host)) return 'kubelet'
  return isOutside(host) ? 'outside' : 'other'
}

/** A known name with a public domain; names of the cluster have one label, or end in `.svc` and its domain; addresses may be anybody's. */
function isOutside(host: string): boolean {
  if (host.includes(unknownPart) || !host.includes('.') || /^[\d.]+$/.test(host) || host.includes('[')) return false
  return !/\.svc(\.|$)|\.(local|internal|cluster)$|\.pod(\.|$)/.test(host)
}

function grantsFor(
  server: Server,
  endpoint: Endpoint,
  method: string,
  kubernetes: string,
): { grants: readonly Grant[]; certain: boolean } {
  const known = !endpoint.path.includes(unknownPart)
  switch (server) {
    case 'kubelet': {
      const grants = kubeletGrants(endpoint.path, method, kubernetes)
      return { grants, certain: grants.length === 1 && endpoint.scheme === 'https' }
    }
    case 'api server':
      return { grants: apiServerGrants(endpoint.path, method), certain: endpoint.scheme === 'https' }
    case 'other': {
      const url = known ? endpoint.path : '/metrics'
      const verb = method.toLowerCase()
      const grants: Grant[] = [{ kind: 'url', url: url.startsWith('/') ? url : `/${url}`, verb }]
      if (endpoint.anything) grants.push(...kubeletGrants(known ? endpoint.path : '/metrics', method, kubernetes))
      return { grants, certain: false }
    }
    case 'outside':
    case 'plain http':
      return { grants: [], certain: true }
  }
}

function report(server: Server, endpoint: Endpoint, { use, report: say }: Situation): void {
  const args = { component: use.id, host: shown(endpoint.host), path: shown(endpoint.path) }
  const span = use.block.header
  const found: Diagnostic | null =
    server === 'outside'
      ? diagnostic('ARB321', span, args)
      : server === 'plain http'
        ? diagnostic('ARB322', span, args)
        : server === 'other'
          ? diagnostic('ARB323', span, args)
          : server === 'api server' && /\/nodes\/[^/]+\/proxy(\/|$)/.test(endpoint.path)
            ? diagnostic('ARB324', span, args)
            : null
  if (found) say(found)
}

const shown = (text: string): string => text.replaceAll(unknownPart, '…')
