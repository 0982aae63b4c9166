import { type Diagnostic, diagnostic, type Label } from '../../diagnostic/diagnostic.ts'
import { alternatives, unknownsOf } from '../../evaluate/value/contents.ts'
import { fits } from '../../evaluate/value/known.ts'
import type { Truth, Value } from '../../evaluate/value/value.ts'
import { behindNodeProxy } from '../../kubernetes/api-server.ts'
import { grantLine } from '../../kubernetes/grant.ts'
import { kubeletGrants } from '../../kubernetes/kubelet.ts'
import { methods, unknownPart } from '../../kubernetes/request-attributes.ts'
import { writersOf } from '../../relabel/targets.ts'
import type { Facts } from '../map/condition.ts'
import { type Found, lookUp, namesFile } from '../map/lookup.ts'
import type { RequestRule } from '../map/schema.ts'
import type { Requirement } from '../requirement.ts'
import { type RuleContext, reasonOf } from '../rule-context.ts'
import { explainUnknown, noteUnknownArgument } from '../unknown-notes.ts'
import { carriesToken } from './carries-token.ts'
import { type Endpoint, endpoints, endpointsOf } from './endpoint.ts'
import { type Answer, answerAt } from './server.ts'

/** Finds what the requests of a use need where they carry the service account's token: who answers decides. */
export function needsOfRequest(rule: RequestRule, situation: RuleContext): readonly Requirement[] {
  const { facts } = situation
  const carried = tokenOf(rule, facts)
  if (carried.truth === false) return []
  if (carried.truth === null) noteUnknownArgument(situation.use, carried.open, situation.report)
  const answers = answersOf(rule, facts)
  if (answers.some(({ grants }) => grants.length > 0))
    noteUnknownArgument(situation.use, openArguments([rule.method], facts), situation.report)
  return answers.flatMap(answer => {
    const remark = remarkOn(answer, rule, situation)
    if (remark) situation.report(remark)
    if (answer.server === 'kubelet' && answer.class === 'unknown')
      noteUnknownArgument(situation.use, openArguments([rule.path, rule.prefix, rule.url], facts), situation.report)
    const reason = reasonOf(situation, carried.truth === true && answer.certain)
    return answer.grants.map((grant): Requirement => ({ need: { kind: 'grant', grant }, reason }))
  })
}

/** Who answers the requests of a rule, and what each needs that carries the token. */
export function answersOf(rule: RequestRule, facts: Facts): readonly Answer[] {
  return answersAt(endpoints(rule, facts), rule, facts)
}

/** The same for one target, which is given by its labels. */
export function answersOfTarget(rule: RequestRule, labels: Value, facts: Facts): readonly Answer[] {
  return answersAt(endpointsOf(rule, labels, facts), rule, facts)
}

function answersAt(all: readonly Endpoint[], rule: RequestRule, facts: Facts): readonly Answer[] {
  const methods = methodsOf(rule, facts)
  return all.map(endpoint => answerAt(endpoint, methods, facts.target.kubernetes))
}

/** The arguments at some paths of the rule that are known only at run time. */
const openArguments = (paths: readonly (string | undefined)[], facts: Facts): readonly Found[] =>
  paths
    .flatMap(path => (path === undefined ? [] : lookUp(facts.body, path, facts.defaults).values))
    .filter(({ value }) => unknownsOf(value).length > 0)

/** Whether requests carry the service account's token. */
export interface Carried {
  readonly truth: Truth
  /** The arguments that hold it. */
  readonly by: readonly Found[]
  /** The arguments that leave it open. */
  readonly open: readonly Found[]
}

/** Says whether the requests of a rule carry the service account's token. */
export function tokenOf(rule: RequestRule, facts: Facts): Carried {
  const those = (truth: Truth): readonly Found[] =>
    rule.token.flatMap(path =>
      lookUp(facts.body, path, facts.defaults).values.filter(
        ({ value }) => carriesToken(value, namesFile(path)) === truth,
      ),
    )
  const [by, open] = [those(true), those(null)]
  return by.length > 0 ? { truth: true, by, open: [] } : { truth: open.length > 0 ? null : false, by, open }
}

/** The methods that requests may have. An empty one is GET; one that is not known may be any that resources or URLs are asked with. */
function methodsOf(rule: RequestRule, facts: Facts): readonly [string, ...string[]] {
  const found = rule.method === undefined ? [] : lookUp(facts.body, rule.method, facts.defaults).values
  const [first = 'GET', ...others] = found
    .flatMap(({ value }) => alternatives(value))
    .flatMap(value => {
      if (value.kind === 'string') return [value.value === '' ? 'GET' : value.value]
      if (value.kind === 'pattern') return methods.filter(method => fits(value, method))
      return value.kind === 'unknown' ? methods : []
    })
  return [first, ...others]
}

/** What a user should know of a request beside its needs. */
function remarkOn(answer: Answer, rule: RequestRule, { use, facts }: RuleContext): Diagnostic | null {
  const { server, endpoint } = answer
  const { header: span } = use.block
  const args = { component: use.id, host: shown(endpoint.host), path: shown(endpoint.path) }
  const open = endpoint.path.includes(unknownPart)
  const assumed = answer.grants.map(grant => (grant.kind === 'url' ? grant.url : grantLine(grant))).join(' and ')
  const pathRules = rulesWriting(endpoint, ['__metrics_path__'], 'this rule sets the path')
  switch (server) {
    case 'outside':
    case 'plain http':
      return diagnostic(server === 'outside' ? 'token-leaves-cluster' : 'token-over-plain-http', span, args, {
        related: use.related,
      })
    case 'other': {
      if (answer.grants.length === 0) return null
      if (endpoint.isUnconstrained) {
        const found = openTargets(rule, facts)
        const place = found?.argument?.span ?? span
        const why = found ? explainUnknown(found, place) : { related: [] }
        return diagnostic('unknown-server', place, args, { ...why, related: [...use.related, ...why.related] })
      }
      if (open)
        return diagnostic('unknown-path', span, { ...args, assumed }, { related: [...use.related, ...pathRules] })
      return diagnostic('delegated-authorization', span, args, { related: use.related })
    }
    case 'api server': {
      const behind = behindNodeProxy(endpoint.path)
      if (answer.class === 'unknown')
        return diagnostic('unknown-path', span, { ...args, assumed }, { related: [...use.related, ...pathRules] })
      if (behind === null) return null
      const rules = rulesWriting(endpoint, ['__address__', '__metrics_path__'], 'this rule leads to it')
      return diagnostic('node-proxy-scrape', span, args, {
        related: [...use.related, ...rules],
        help: directly(behind, endpoint, rules, facts),
      })
    }
    case 'kubelet':
      if (answer.class !== 'unknown') return null
      return diagnostic('unknown-kubelet-path', span, args, { related: [...use.related, ...pathRules] })
    default:
      return server satisfies never
  }
}

/** The rules that wrote labels of a target, as places that explain a diagnostic. */
function rulesWriting({ target }: Endpoint, labels: readonly string[], text: string): readonly Label[] {
  if (target === null) return []
  return labels.flatMap(label => writersOf(target, label).map(span => ({ span, text })))
}

/** The argument that says where requests go, where it is known only at run time. */
const openTargets = (rule: RequestRule, facts: Facts): Found | undefined =>
  lookUp(facts.body, rule.targets ?? rule.url ?? '', facts.defaults).values.find(
    ({ value }) => unknownsOf(value).length > 0,
  )

/** What would avoid the proxy, where the kubelet itself asks for less. */
function directly(behind: string, { target }: Endpoint, rules: readonly Label[], facts: Facts): string {
  const grants = kubeletGrants({ path: behind, method: 'GET' }, facts.target.kubernetes)
  const [grant] = grants
  if (grants.length !== 1 || grant?.kind !== 'resource' || grant.resource === 'nodes/proxy')
    return 'at this path, the kubelet itself also requires nodes/proxy: avoid the request if you can'
  const path = shown(behind)
  const enough = `which requires only ${grant.resource}`
  if (target === null) return `send the request to the kubelet at its own address, https://NODE:10250${path}, ${enough}`
  const first = rules.length > 0 ? 'remove the rules that lead to the proxy, ' : ''
  return `scrape the kubelet at its own address, NODE:10250, ${enough}: ${first}set metrics_path = "${path}", and trust the kubelet's certificate in tls_config`
}

const shown = (text: string): string => text.replaceAll(unknownPart, '…')
