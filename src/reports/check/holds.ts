import type { Holdings } from '../../access/holdings.ts'
import type { Release } from '../../chart/release/releases.ts'
import type { Configuration } from '../../input/configuration.ts'
import { type Grant, uniqueGrants } from '../../kubernetes/grant.ts'
import { type Level, type PodSpec, podSecurity } from '../../kubernetes/pod/security.ts'
import { runsOnWindows } from '../../kubernetes/pod/windows.ts'
import { isPhantomGrant, withoutWildcards } from '../../kubernetes/resources.ts'
import { grantsOf } from '../../kubernetes/rule.ts'
import type { RunningPod } from './pod/pod.ts'
import { capabilitiesHeld, privilegesHeld } from './pod/privileges-held.ts'
import { runningPod } from './pod/running.ts'
import { accessOf, type Origin, rendered } from './rights/granted.ts'
import { usableGrants } from './rights/grants.ts'

/** What a workload has as it is deployed: what its account may do, and what its pod may. */
export interface Holds {
  readonly grants: readonly Grant[]
  /** How many these are that allow something, where a wildcard stands for all that this release of Kubernetes knows. */
  readonly granted: number
  /** Where its account can read every Secret: `cluster`, namespaces, or names of objects. */
  readonly secrets: readonly string[]
  readonly privileges: readonly string[]
  readonly capabilities: readonly string[]
  /** The strictest Pod Security Standard that admits the pod; null where there is no pod that can be judged. */
  readonly level: Level | null
}

/** Determines what a workload of the input has, or what the chart gives it where the input holds no workload. */
export function holdsOf(configuration: Configuration, release: Release, kubernetes: string): Holds {
  const rendering = configuration.deployment === null ? rendered(configuration, release) : null
  const access = accessOf(configuration, rendering, kubernetes)
  const running = runningPod(configuration, rendering, { release, kubernetes })
  return holdsIn(access, running, kubernetes)
}

/** The same of what is known of its access and its pod already. */
export function holdsIn({ held }: Holdings<Origin>, running: RunningPod | null, kubernetes: string): Holds {
  const rules = held.filter(({ builtIn }) => !builtIn)
  const grants = uniqueGrants(rules.flatMap(({ rule, namespace }) => grantsOf(rule, namespace)))
  const onWindows = running !== null && runsOnWindows(running.pod)
  return {
    grants,
    granted: uniqueGrants(
      rules
        .flatMap(usableGrants)
        .flatMap(each => (isPhantomGrant(each, kubernetes) ? [each] : withoutWildcards(each, kubernetes))),
    ).length,
    secrets: readableSecrets(grants),
    privileges: running === null || onWindows ? [] : privilegesHeld(running.pod, running.container),
    capabilities: running === null || onWindows ? [] : capabilitiesHeld(running.container),
    level:
      running === null
        ? null
        : podSecurity(running.pod as PodSpec, running.annotations as Readonly<Record<string, string>>, kubernetes)
            .level,
  }
}

/** Where grants let Secrets be read. */
function readableSecrets(grants: readonly Grant[]): readonly string[] {
  const places = grants.flatMap(grant => {
    if (grant.kind === 'url' || !['secrets', '*'].includes(grant.resource) || !['', '*'].includes(grant.group))
      return []
    if (!['get', 'list', 'watch', '*'].includes(grant.verb)) return []
    const place = grant.namespace ?? 'cluster'
    return [grant.name === null ? place : `${place} ${grant.name}`]
  })
  return [...new Set(places)].sort()
}
