import { type Diagnostic, diagnostic, type Label } from '../../diagnostic/diagnostic.ts'
import { unknownsOf } from '../../evaluate/value/contents.ts'
import { behindNodeProxy } from '../../kubernetes/api-server.ts'
import { grantLine } from '../../kubernetes/grant.ts'
import { kubeletGrants } from '../../kubernetes/kubelet.ts'
import { unknownPart } from '../../kubernetes/request-attributes.ts'
import { writersOf } from '../../relabel/targets.ts'
import type { Facts } from '../map/condition.ts'
import { type Found, lookUp } from '../map/lookup.ts'
import type { RequestRule } from '../map/schema.ts'
import type { RuleContext } from '../rule-context.ts'
import { explainUnknown } from '../unknown-notes.ts'
import type { Endpoint } from './endpoint.ts'
import type { Answer } from './server.ts'

/**
 * What a user should know of requests beside their needs. Relabeling makes many forms of an address of which nothing is known: what is
 * to be said of them alike is said once. A server that is known has a remark of its own, which a baseline may accept.
 */
export function remarksOn(
  answers: readonly Answer[],
  rule: RequestRule,
  situation: RuleContext,
): readonly Diagnostic[] {
  const remarks = answers.flatMap(answer => remarkOn(answer, rule, situation) ?? [])
  return [...new Map(remarks.map(each => [JSON.stringify([each.name, each.message, each.help]), each])).values()]
}

/** Says whether nothing is known of a host beyond its form. */
const isOpen = (host: string): boolean => host.includes(unknownPart) && !/\w/.test(host.replace(/\.svc\b/, ''))

/** What a user should know of a request beside its needs. */
function remarkOn(answer: Answer, rule: RequestRule, { use, facts }: RuleContext): Diagnostic | null {
  const { server, endpoint } = answer
  const { header: span } = use.block
  const host = isOpen(endpoint.host) ? 'targets whose addresses are known only at run time' : shown(endpoint.host)
  const args = { component: use.id, host, path: shown(endpoint.path) }
  const open = endpoint.path.includes(unknownPart)
  const assumed = answer.grants.map(grant => (grant.kind === 'url' ? grant.url : grantLine(grant))).join(' and ')
  const pathRules = rulesWriting(endpoint, ['__metrics_path__'], 'this rule sets the path')
  switch (server) {
    case 'outside':
      return diagnostic('token-leaves-cluster', span, args, { related: use.related })
    case 'plain http': {
      if (!(isOpen(endpoint.host) && isSchemeOpen(endpoint)))
        return diagnostic('token-over-plain-http', span, args, { related: use.related })
      // Whether there is such a target is known only at run time: the configuration alone has nothing wrong.
      const rules = rulesWriting(endpoint, ['__scheme__'], 'this rule sets the scheme')
      return diagnostic('plain-http-at-run-time', span, args, { related: [...use.related, ...rules] })
    }
    case 'other': {
      if (answer.grants.length === 0) return null
      if (endpoint.isUnconstrained) {
        const found = openTargets(rule, facts)
        const place = found?.argument?.span ?? span
        const { related, settled } = found ? explainUnknown(found, place) : { related: [], settled: null }
        return diagnostic('unknown-server', place, { ...args, settled }, { related: [...use.related, ...related] })
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
      const direct = {
        behind: shown(behind),
        enough: enoughDirectly(behind, facts),
        isScrape: endpoint.target !== null,
        byRules: rules.length > 0,
      }
      return diagnostic('node-proxy-scrape', span, { ...args, ...direct }, { related: [...use.related, ...rules] })
    }
    case 'kubelet':
      if (answer.class !== 'unknown') return null
      return diagnostic('unknown-kubelet-path', span, args, { related: [...use.related, ...pathRules] })
    default:
      return server satisfies never
  }
}

/** Says whether the labels of the target decide between http and https, by a value that is known only at run time. */
const isSchemeOpen = ({ target }: Endpoint): boolean => {
  const scheme = target?.kind === 'object' ? target.entries.get('__scheme__') : undefined
  return scheme !== undefined && unknownsOf(scheme).length > 0
}

/** The rules that wrote labels of a target, as places that explain a diagnostic. */
function rulesWriting({ target }: Endpoint, labels: readonly string[], text: string): readonly Label[] {
  if (target === null) return []
  return labels.flatMap(label => writersOf(target, label).map(span => ({ span, text })))
}

/** The argument that says where requests go, where it is known only at run time. */
const openTargets = (rule: RequestRule, facts: Facts): Found | undefined =>
  lookUp(facts.body, 'url' in rule ? rule.url : rule.targets, facts.defaults).values.find(
    ({ value }) => unknownsOf(value).length > 0,
  )

/** The resource that the kubelet itself asks for at a path; null where that is nodes/proxy too, or several. */
function enoughDirectly(path: string, facts: Facts): string | null {
  const grants = kubeletGrants({ path, method: 'GET' }, facts.target.kubernetes)
  const [grant] = grants
  return grants.length !== 1 || grant?.kind !== 'resource' || grant.resource === 'nodes/proxy' ? null : grant.resource
}

const shown = (text: string): string => text.replaceAll(unknownPart, '…')
