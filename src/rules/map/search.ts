import { componentOf } from '../../inventory/inventory.ts'
import { proxyResources } from '../../kubernetes/api-server.ts'
import { kubeletResources } from '../../kubernetes/kubelet.ts'
import { required } from '../../required.ts'
import { liesIn } from '../../version.ts'
import { ruledComponents, rulesOf } from './load.ts'
import type { ComponentRules, GrantRule, UrlRule } from './schema.ts'

/** A kind of permission, without its place: what is looked for in the map. */
export type Permission =
  | {
      readonly kind: 'resource'
      readonly group: string | null
      readonly resource: string
      readonly verb: string | null
    }
  | { readonly kind: 'url'; readonly url: string; readonly verb: string | null }

/** A rule of the map that asks for it. */
interface Asking {
  readonly component: string
  /** `loki.source.kubernetes#log` */
  readonly rule: string
  readonly rules: ComponentRules
  readonly demand: GrantRule | UrlRule
}

/** Finds the rules that ask for a permission; a null group or verb stands for any. */
export function whoNeeds(wanted: Permission): readonly Asking[] {
  return ruledComponents().flatMap(component => {
    const rules = required(rulesOf(component), `the rules of ${component}`)
    const asking = (id: string, demand: GrantRule | UrlRule): Asking => ({
      component,
      rule: `${component}#${id}`,
      rules,
      demand,
    })
    if (wanted.kind === 'url') {
      return Object.entries(rules.urls ?? {})
        .filter(([, { paths, verbs }]) => paths.some(path => covers(path, wanted.url)) && has(verbs, wanted.verb))
        .map(([id, demand]) => asking(id, demand))
    }
    return Object.entries(rules.grants ?? {})
      .filter(([, { allow }]) => {
        const groups = allow.groups ?? ['']
        const inGroup = wanted.group === null || groups.includes(wanted.group)
        return inGroup && allow.resources.includes(wanted.resource) && has(allow.verbs, wanted.verb)
      })
      .map(([id, demand]) => asking(id, demand))
  })
}

const has = (verbs: readonly string[], verb: string | null): boolean => verb === null || verbs.includes(verb)

const covers = (path: string, url: string): boolean =>
  path === url || (path.endsWith('*') && url.startsWith(path.slice(0, -1)))

/** What a request to a kubelet, or to what is behind the API server, may be about. */
const requestedResources: ReadonlySet<string> = new Set([...kubeletResources, ...proxyResources])

/** Says whether a request that an argument directs may need a permission: any URL, a kubelet's parts, a proxy. */
export const requestReaches = (wanted: Permission): boolean =>
  wanted.kind === 'url' || (requestedResources.has(wanted.resource) && (wanted.group ?? '') === '')

/** Components whose requests carry a token to the servers that their arguments name: they may need any URL and any part of a kubelet. */
export function requesters(): readonly string[] {
  return ruledComponents().filter(
    component => Object.keys(required(rulesOf(component), `the rules of ${component}`).requests ?? {}).length > 0,
  )
}

/** The components of a release of Alloy that may ever ask for a permission, by their rules or by where their arguments lead. */
export function mayNeed(wanted: Permission, alloy: string): readonly string[] {
  const asking = whoNeeds(wanted).filter(({ demand }) => liesIn(alloy, demand))
  // What scrapes and fetches reads; writing to a kubelet or a proxy is nothing that a configuration is for.
  const sent = requestReaches(wanted) && (wanted.verb === null || wanted.verb === 'get') ? requesters() : []
  const names = new Set([...asking.map(({ component }) => component), ...sent])
  return [...names].filter(name => componentOf(name, alloy).kind !== 'other-release').sort()
}
