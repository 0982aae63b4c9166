import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import { type StabilityLevel, stabilityLevels } from '../evaluate/stability-level.ts'
import type { Span } from '../source.ts'
import type { ReleaseRange } from '../version.ts'
import { blockOf, blockRange, componentOf, history, nearestComponent, type Stability } from './inventory.ts'

/** What a deployment lets run; null where it does not say. */
export interface Allowed {
  readonly level: StabilityLevel | null
  /** Whether `--feature.community-components.enabled` is set. */
  readonly community: boolean | null
}

/** Warns of a component or configuration block that the deployment does not let run. */
export function checkStability(name: string, span: Span, release: string, allowed: Allowed): readonly Diagnostic[] {
  const stability = stabilityOf(name, release)
  if (stability === null) return []
  if (stability === 'community')
    return allowed.community === false ? [diagnostic('community-component', span, { component: name })] : []
  if (allowed.level === null || stabilityLevels.indexOf(stability) >= stabilityLevels.indexOf(allowed.level)) return []
  return [diagnostic('unstable-component', span, { component: name, stability, allowed: allowed.level })]
}

/** How stable a component or configuration block is in a release; null where the release does not have it. */
function stabilityOf(name: string, release: string): Stability | null {
  const standing = componentOf(name, release)
  return standing.kind === 'known' ? standing.component.stability : (blockOf(name, release)?.stability ?? null)
}

/** Judges whether a release has a component; empty when it has. */
export function checkComponent(name: string, span: Span, release: string): readonly Diagnostic[] {
  const standing = componentOf(name, release)
  if (standing.kind === 'known') return []
  if (standing.kind === 'other-release') return [ofAnotherRelease(name, span, release, standing.range)]
  return [diagnostic('unknown-component', span, { component: name, close: nearestComponent(name, release) })]
}

/** Judges whether a release has a configuration block and the deployment lets it run. Other names are not judged. */
export function checkConfigurationBlock(
  name: string,
  span: Span,
  release: string,
  allowed: Allowed,
): readonly Diagnostic[] {
  const range = blockRange(name)
  if (!range) return []
  if (blockOf(name, release) === null) return [ofAnotherRelease(name, span, release, range)]
  return checkStability(name, span, release, allowed)
}

const ofAnotherRelease = (component: string, span: Span, release: string, range: ReleaseRange): Diagnostic =>
  diagnostic('component-of-another-release', span, { component, history: history([range], release), release })
