// What `npm run coverage` counts.
import { componentNames, componentOf } from '../src/inventory/inventory.ts'
import type { ComponentRules } from '../src/rules/map/schema.ts'
import { liesIn } from '../src/version.ts'

/** What the rule map knows of the components of one release. Names are sorted. */
export interface Coverage {
  readonly release: string
  /** May need something of the Kubernetes API. */
  readonly needy: readonly string[]
  /** Verified to need nothing of it. */
  readonly none: readonly string[]
  /** Of these, or of those, the ones that may need privileges of the container or the pod. */
  readonly privileged: readonly string[]
  /** Without an entry. */
  readonly unknown: readonly string[]
}

/** Counts what is known of every component that a release has. */
export function coverageOf(release: string, rulesOf: (component: string) => ComponentRules | null): Coverage {
  const there = componentNames.filter(name => componentOf(name, release).kind === 'known')
  const known = there.filter(name => rulesOf(name) !== null)
  const demands = (parts: Parts): boolean => Object.values(parts ?? {}).some(part => liesIn(release, part))
  const needy = known.filter(name => {
    const { grants, urls, requests } = rulesOf(name)!
    return demands(grants) || demands(urls) || demands(requests)
  })
  return {
    release,
    needy,
    none: known.filter(name => !needy.includes(name)),
    privileged: known.filter(name => demands(rulesOf(name)!.privileges)),
    unknown: there.filter(name => !known.includes(name)),
  }
}

type Parts = Readonly<Record<string, { readonly since?: string; readonly until?: string }>> | undefined
