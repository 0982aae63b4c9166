import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { few } from '../../diagnostic/suggest.ts'
import { type Level, type PodSecurity, type PodSpec, podSecurity } from '../../kubernetes/pod/security.ts'
import type { Plan, PlannedPrivilege } from '../../plan/plan.ts'
import { privilegeLine } from '../../plan/privilege.ts'
import type { Privilege } from '../../rules/requirement.ts'
import { compareText } from '../../text/compare-text.ts'
import { type JsonMap, mapAt } from '../json.ts'
import { podPatch } from './patch.ts'
import { podSettings } from './settings.ts'

/** A control of a Pod Security Standard that a pod violates, and the components that make it so; none: the user's values do. */
interface Violation {
  readonly control: string
  readonly components: readonly string[]
}

/** What Pod Security admission refuses of a plan's pod and why, and what an instance of its own would change. */
export function admissionNotes(plan: Plan, security: PodSecurity, kubernetes: string): readonly Diagnostic[] {
  if (security.level === 'restricted') return []
  const blamed = blame(plan, kubernetes, template => templateSecurity(template, kubernetes).violations)
  const violations = (level: 'baseline' | 'restricted'): readonly Violation[] =>
    security.violations[level].map(control => ({
      control,
      components: guilty(blamed, each => each.baseline.includes(control) || each.restricted.includes(control)),
    }))
  const baseline = violations('baseline')
  const restricted = violations('restricted').filter(({ control }) => !security.violations.baseline.includes(control))
  const lists = [
    ...(baseline.length > 0 ? [`violated of baseline: ${listed(baseline)}`] : []),
    ...(restricted.length > 0 ? [`violated of restricted: ${listed(restricted)}`] : []),
  ]
  const { level } = security
  const found = [diagnostic('pod-security', null, { level, lists })]
  const own = [...baseline, ...restricted].some(({ components }) => components.length === 0)
  const advice = own ? null : separation(plan, blamed, level)
  return advice === null ? found : [...found, advice]
}

/** The components that ask for a privilege, and what that privilege by itself violates. */
interface Blamed<T> {
  readonly components: readonly string[]
  readonly violated: T
}

/** Judges each kind of privilege by a pod that needs it and nothing else. */
export function blame<T>(plan: Plan, kubernetes: string, judge: (template: JsonMap) => T): readonly Blamed<T>[] {
  const judged = new Map<string, T>()
  return plan.privileges.map(({ privilege, reasons }) => {
    const kind = kindOf(privilege)
    const key = privilegeLine(kind)
    const violated = judged.get(key) ?? judgeAlone({ privilege: kind, certainty: 'certain', reasons })
    judged.set(key, violated)
    return { components: reasons.map(({ component }) => component), violated }
  })

  function judgeAlone(planned: PlannedPrivilege): T {
    const settings = podSettings({ grants: [], privileges: [planned], complete: true })
    return judge(podPatch(settings, { pod: {}, container: 'alloy' }, 'alloy', kubernetes).template)
  }
}

/** The components whose privileges violate something, in order. */
export function guilty<T>(blamed: readonly Blamed<T>[], violates: (violated: T) => boolean): readonly string[] {
  const found = blamed.filter(({ violated }) => violates(violated))
  return [...new Set(found.flatMap(({ components }) => components))].sort(compareText)
}

/** One privilege for all that are judged alike: what is said of a path of the host itself has its components from the plan. */
function kindOf(privilege: Privilege): Privilege {
  return privilege.kind === 'mount' ? { kind: 'mount', hostPath: '/srv', readOnly: true } : privilege
}

/** What admission says about the pods of a template. */
export function templateSecurity(template: JsonMap, kubernetes: string): PodSecurity {
  const annotations = mapAt(template, 'metadata.annotations') as Readonly<Record<string, string>>
  return podSecurity(mapAt(template, 'spec') as PodSpec, annotations, kubernetes)
}

const most = 3

/** The controls by what causes them. */
function listed(violations: readonly Violation[]): string {
  const controls = new Map<string, string[]>()
  for (const { control, components } of violations) {
    const because = components.length === 0 ? 'the values' : few(components, most).join(', ')
    controls.set(because, [...(controls.get(because) ?? []), control])
  }
  return [...controls].map(([because, names]) => `${names.join(', ')} (${because})`).join(', ')
}

/** The components without which the pod would be admitted by a stricter standard, where something is left to run without them. */
function separation(plan: Plan, blamed: readonly Blamed<PodSecurity['violations']>[], level: Level): Diagnostic | null {
  const culprits = guilty(blamed, ({ baseline, restricted }) => baseline.length + restricted.length > 0)
  const levelWithout = (moved: readonly string[]): Level => {
    const left = blamed.filter(({ components }) => components.some(each => !moved.includes(each)))
    if (left.some(({ violated }) => violated.baseline.length > 0)) return 'privileged'
    return left.some(({ violated }) => violated.restricted.length > 0) ? 'baseline' : 'restricted'
  }
  const grantsWithout = (moved: readonly string[]): number =>
    plan.grants.filter(({ reasons }) => reasons.some(({ component }) => !moved.includes(component))).length
  const single = culprits.find(each => levelWithout([each]) !== level)
  const moved = single === undefined || culprits.length === 1 ? culprits : [single]
  const grants = grantsWithout(moved)
  // Nothing is gained where nothing else is left that is worth keeping apart.
  if (moved.length === culprits.length && grants === 0) return null
  return diagnostic('separate-instance', null, { components: moved, level: levelWithout(moved), grants })
}
