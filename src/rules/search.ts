import { ruledComponents, rulesOf } from './load.ts'
import type { ComponentRules, GrantRule, UrlRule } from './rulemap.ts'

/** A kind of permission, without its place: what is looked for in the map. */
export type Wanted =
  | {
      readonly kind: 'resource'
      readonly group: string | null
      readonly resource: string
      readonly verb: string | null
    }
  | { readonly kind: 'url'; readonly url: string; readonly verb: string | null }

/** A rule of the map that asks for it. */
export interface Asking {
  readonly component: string
  /** `loki.source.kubernetes#log` */
  readonly rule: string
  readonly rules: ComponentRules
  readonly demand: GrantRule | UrlRule
}

/** Finds the rules that ask for a permission; a null group or verb stands for any. */
export function whoNeeds(wanted: Wanted): readonly Asking[] {
  return ruledComponents().flatMap(component => {
    const rules = rulesOf(component)!
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

/** Components whose requests carry a token to whoever their arguments name: they may need any URL and any part of a kubelet. */
export function requesters(): readonly string[] {
  return ruledComponents().filter(component => Object.keys(rulesOf(component)!.requests ?? {}).length > 0)
}
