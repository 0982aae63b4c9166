import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import { compareText } from '../kubernetes/grant.ts'
import { type Level, type PodSecurity, type PodSpec, podSecurity } from '../kubernetes/security.ts'
import type { Plan, PlannedPrivilege } from '../plan/plan.ts'
import { privilegeLine } from '../plan/privilege.ts'
import type { Privilege } from '../rules/requirement.ts'
import { type JsonMap, mapAt } from './json.ts'
import { podPatch } from './patch.ts'
import { podSettings } from './pod.ts'

/** A control of a Pod Security Standard that a pod violates, and the components that make it so; none: the user's values do. */
interface Violation {
  readonly control: string
  readonly components: readonly string[]
}

/** What Pod Security admission refuses of a plan's pod and why, and what an instance of its own would change. */
export function admissionNotes(plan: Plan, security: PodSecurity, kubernetes: string): readonly Diagnostic[] {
  if (security.level === 'restricted') return []
  const blamed = blame(plan, kubernetes)
  const violations = (level: 'baseline' | 'restricted'): readonly Violation[] =>
    security.violations[level].map(control => ({ control, components: causes(blamed, control) }))
  const baseline = violations('baseline')
  const restricted = violations('restricted').filter(({ control }) => !security.violations.baseline.includes(control))
  const lists = [
    ...(baseline.length > 0 ? [`violated of baseline: ${listed(baseline)}`] : []),
    ...(restricted.length > 0 ? [`violated of restricted: ${listed(restricted)}`] : []),
  ]
  const { level } = security
  const found = [
    diagnostic(
      'ARB563',
      null,
      { level, lists },
      { help: `label the namespace with pod-security.kubernetes.io/enforce: ${level}` },
    ),
  ]
  const own = [...baseline, ...restricted].some(({ components }) => components.length === 0)
  const advice = own ? null : separation(plan, blamed, level)
  return advice === null ? found : [...found, advice]
}

/** A privilege of a plan with the controls that it violates by itself. */
interface Blamed {
  readonly components: readonly string[]
  readonly baseline: readonly string[]
  readonly restricted: readonly string[]
}

/** Judges each kind of privilege by a pod that needs it and nothing else. */
function blame(plan: Plan, kubernetes: string): readonly Blamed[] {
  const judged = new Map<string, PodSecurity['violations']>()
  return plan.privileges.map(({ privilege, reasons }) => {
    const kind = kindOf(privilege)
    const key = privilegeLine(kind)
    const violations = judged.get(key) ?? judge({ privilege: kind, certainty: 'certain', reasons }, kubernetes)
    judged.set(key, violations)
    return { components: reasons.map(({ component }) => component), ...violations }
  })
}

/** One privilege for all that admission treats alike: one path of the host is as good as another. */
function kindOf(privilege: Privilege): Privilege {
  return privilege.kind === 'mount' ? { kind: 'mount', hostPath: '/srv', readOnly: true } : privilege
}

function judge(planned: PlannedPrivilege, kubernetes: string): PodSecurity['violations'] {
  const settings = podSettings({ grants: [], privileges: [planned], complete: true })
  const { template } = podPatch(settings, { pod: {}, container: 'alloy' }, 'alloy', kubernetes)
  return templateSecurity(template).violations
}

/** What admission says about the pods of a template. */
export function templateSecurity(template: JsonMap): PodSecurity {
  const annotations = mapAt(template, 'metadata.annotations') as Readonly<Record<string, string>>
  return podSecurity(mapAt(template, 'spec') as PodSpec, annotations)
}

function causes(blamed: readonly Blamed[], control: string): readonly string[] {
  const guilty = blamed.filter(({ baseline, restricted }) => baseline.includes(control) || restricted.includes(control))
  return [...new Set(guilty.flatMap(({ components }) => components))].sort(compareText)
}

const most = 3

/** The controls by what causes them. */
function listed(violations: readonly Violation[]): string {
  const controls = new Map<string, string[]>()
  for (const { control, components } of violations) {
    const more = components.length > most ? [`${components.length - most} more`] : []
    const because = components.length === 0 ? 'the values' : [...components.slice(0, most), ...more].join(', ')
    controls.set(because, [...(controls.get(because) ?? []), control])
  }
  return [...controls].map(([because, names]) => `${names.join(', ')} (${because})`).join(', ')
}

/** The components without which the pod would be admitted by a stricter standard, where something is left to run without them. */
function separation(plan: Plan, blamed: readonly Blamed[], level: Level): Diagnostic | null {
  const culprits = [
    ...new Set(
      blamed
        .filter(({ baseline, restricted }) => baseline.length + restricted.length > 0)
        .flatMap(({ components }) => components),
    ),
  ].sort(compareText)
  const levelWithout = (moved: readonly string[]): Level => {
    const left = blamed.filter(({ components }) => components.some(each => !moved.includes(each)))
    if (left.some(({ baseline }) => baseline.length > 0)) return 'privileged'
    return left.some(({ restricted }) => restricted.length > 0) ? 'baseline' : 'restricted'
  }
  const grantsWithout = (moved: readonly string[]): number =>
    plan.grants.filter(({ reasons }) => reasons.some(({ component }) => !moved.includes(component))).length
  const single = culprits.find(each => levelWithout([each]) !== level)
  const moved = single === undefined || culprits.length === 1 ? culprits : [single]
  const grants = grantsWithout(moved)
  // Nothing is gained where nothing else is left that is worth keeping apart.
  if (moved.length === culprits.length && grants === 0) return null
  return diagnostic('ARB564', null, { components: moved, level: levelWithout(moved), grants })
}
