import type { Configuration } from '../../src/input/configuration.ts'
import { type Grant, grantLine, implies } from '../../src/kubernetes/grant.ts'
import { privilegeLine } from '../../src/plan/privilege.ts'
import { heldGaps } from '../../src/reports/check/pod/pod.ts'
import { runningPod } from '../../src/reports/check/pod/running.ts'
import { accessOf, rendered } from '../../src/reports/check/rights/granted.ts'
import { usableGrants } from '../../src/reports/check/rights/grants.ts'
import type { Comparison } from '../../src/reports/compare/comparison.ts'
import type { Place } from '../../src/session/disk.ts'
import { widened } from '../../src/session/generate.ts'
import type { SessionOptions, WideningOptions } from '../../src/session/options.ts'
import { analyzeOne } from '../../src/session/session.ts'

/** Everything that a full analysis of one configuration finds, in sets by what it is. */
export interface Found {
  readonly needed: readonly Grant[]
  /** By objects and values; Alloy files alone deploy nothing. */
  readonly granted: readonly Grant[]
  readonly privileges: readonly string[]
  readonly had: readonly string[]
}

/** Analyzes one configuration; null where there is no plan. */
export function foundIn(
  configuration: Configuration,
  options: SessionOptions & WideningOptions,
  place: Place,
): Found | null {
  const { session } = analyzeOne(configuration, options, place)
  if (session === null) return null
  const { plan } = widened(session, options)
  const { kubernetes } = session.target
  const isDeployed = configuration.deployment !== null || configuration.values !== null
  const { release } = session
  const rendering = configuration.deployment === null ? rendered(configuration, release) : null
  const running = runningPod(configuration, rendering, { release, kubernetes })
  const { held } = accessOf(configuration, rendering, kubernetes)
  return {
    needed: plan.grants.map(({ grant }) => grant),
    // As it is written: a wildcard that goes is told as one.
    granted: isDeployed ? held.filter(({ builtIn }) => !builtIn).flatMap(usableGrants) : [],
    privileges: plan.privileges.map(({ privilege }) => privilegeLine(privilege)),
    had: !isDeployed || running === null ? [] : heldGaps(running).map(({ line }) => line),
  }
}

/** One text for each thing that one has and the other does not imply, as the definition has it and nothing faster. */
export function gainedBetween(before: Found, after: Found): readonly string[] {
  const grants = (had: readonly Grant[], has: readonly Grant[], aspect: string): readonly string[] =>
    has
      .filter(grant => !had.some(each => implies(each, grant)))
      .filter(grant => !has.some(each => implies(each, grant) && !implies(grant, each)))
      .map(grant => `${aspect} ${grantLine(grant)}`)
  const lines = (had: readonly string[], has: readonly string[], aspect: string): readonly string[] =>
    has
      .filter(line => !had.some(each => impliesLine(each, line)))
      .filter(line => !has.some(each => each !== line && impliesLine(each, line)))
      .map(line => `${aspect} ${line}`)
  return sorted([
    ...grants(before.needed, after.needed, 'needed'),
    ...grants(before.granted, after.granted, 'granted'),
    ...lines(before.privileges, after.privileges, 'needed'),
    ...lines(before.had, after.had, 'granted'),
  ])
}

const impliesLine = (wider: string, narrower: string): boolean =>
  wider === narrower ||
  (/^(?:container \S+: )?mount /.test(wider) && wider.endsWith(' rw') && narrower === wider.replace(/ rw$/, ' ro'))

const sorted = (lines: readonly string[]): readonly string[] => [...new Set(lines)].sort()

/** The same of a comparison: what is new or lost for one collector. Without what a role grants that cannot be seen, and without a mounted token. */
export function changedIn(
  { changes }: Pick<Comparison['collectors'][number], 'changes'>,
  wanted: 'new' | 'lost',
): readonly string[] {
  return sorted(
    changes
      .filter(({ change, kind }) => change === wanted && kind !== 'unseen')
      .flatMap(({ aspect, kind, grants, lines }) => {
        const plain =
          kind === 'access' ? grants.map(grantLine) : lines.filter(line => aspect === 'needed' || line !== 'pod token')
        return plain.map(line => `${aspect} ${line.replace(/ assumed$/, '')}`)
      }),
  )
}

/** A configuration that needs and has nothing. */
export const nothing: Found = { needed: [], granted: [], privileges: [], had: [] }
