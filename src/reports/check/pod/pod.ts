import { type Json, type JsonMap, mapAt } from '../../../chart/json.ts'
import { writtenNote } from '../../../chart/pod/mount-notes.ts'
import { valuesOf } from '../../../chart/pod/patch.ts'
import { type PodSettings, podSettings } from '../../../chart/pod/settings.ts'
import { diagnostic } from '../../../diagnostic/diagnostic.ts'
import type { PodEdits } from '../../../diagnostic/edit-in-words.ts'
import { groupedBy } from '../../../grouped-by.ts'
import { runsOnWindows } from '../../../kubernetes/pod/windows.ts'
import type { Plan, PlannedPrivilege } from '../../../plan/plan.ts'
import { privilegeLine } from '../../../plan/privilege.ts'
import { componentsOf } from '../../../plan/reasons.ts'
import type { Reason } from '../../../rules/requirement.ts'
import type { Span } from '../../../source.ts'
import { type Finding, findingOf } from '../finding.ts'
import { type Lacking, severityOf } from '../rights/missing.ts'
import { settling } from '../settle.ts'
import { alloyConfinement, besideGaps, podGaps } from './confinement.ts'
import { mountGaps } from './mounts.ts'
import { type Discrepancy, privilegeGaps, stableLine } from './privileges.ts'
import { unexplained } from './standards.ts'

/** A pod as it will run, and where its parts are written. */
export interface RunningPod {
  readonly pod: JsonMap
  readonly container: JsonMap
  /** Whether the account's token is mounted where Alloy looks for it; `elsewhere`: only in other places or containers. */
  readonly token: {
    readonly mounted: boolean
    readonly elsewhere: boolean
    readonly span: Span
    /** Whether generate decides about it: older releases of the chart have no value for it. */
    readonly isOfValues: boolean
  }
  /** The claims of a stateful set, which are volumes too. */
  readonly claims: readonly Json[]
  readonly storagePath: string
  /** Where the security context of a container is written, Alloy's without a name: `alloy.securityContext`. */
  readonly contextOf: (container?: string) => string
  /** The place of a field of the security context or the pod, or of one volume mount: `volumeMounts.0`. */
  readonly placeOf: PlaceOf
  readonly annotations: JsonMap
  /** The release of Kubernetes whose standards judge it. */
  readonly kubernetes: string
  /** The other containers of the pod that do not run Alloy; `least`: generate would tighten it too. */
  readonly others: readonly { readonly container: JsonMap; readonly least: boolean }[]
  /** `values`: a template of the chart wrote the pod, so that only values change it; `either`: values are what is written. */
  readonly decidedBy: 'pod' | 'values' | 'either'
}

/** Says whether the values that generate prints decide what a container has: Alloy's without a name. */
const isOfValues = ({ decidedBy, others }: RunningPod, container?: string): boolean =>
  decidedBy !== 'pod' &&
  (container === undefined || others.some(each => each.least && each.container['name'] === container))

/** Where a field of a container is written, Alloy's without a name, or a field of the pod. */
export type PlaceOf = (field: string, container?: string) => Span

/** The privileges of a plan, compared with those of a pod. */
export interface PodCheck {
  readonly missing: readonly string[]
  readonly excess: readonly string[]
  readonly findings: readonly Finding[]
}

const needless: Plan = { grants: [], privileges: [], complete: true }

/** Everything that a pod has beyond the least one: what is too much where nothing is needed. */
export function heldGaps(running: RunningPod): readonly Discrepancy[] {
  const { pod, container, storagePath } = running
  const settings = podSettings(needless, mountedValues(pod, container, storagePath))
  return allGaps(settings, running, false).filter(({ kind }) => kind === 'excess')
}

/** Compares the privileges of a plan with what a pod runs with; `withOptional`: the plan that also holds what is optional. */
export function checkPod(
  plan: Plan,
  running: RunningPod,
  withOptional: () => Plan,
  lacking: Pick<Lacking, 'known' | 'assumed'> & { readonly hostProcess: boolean },
): PodCheck {
  const { pod, container, storagePath, placeOf } = running
  const given = mountedValues(pod, container, storagePath)
  const settingsOf = (each: Plan): PodSettings => podSettings(each, given)
  const gapsOf = (settings: PodSettings): readonly Discrepancy[] => allGaps(settings, running, lacking.hostProcess)
  const wanted = settingsOf(plan)
  const gaps = gapsOf(wanted)
  const missing = gaps.filter(({ kind }) => kind === 'missing')
  const unused = gaps.filter(({ kind, meaning }) => kind === 'excess' && meaning === undefined)
  const perhaps = unused.length === 0 ? [] : dependingOnNodes(plan, withOptional())
  const still = new Set(gapsOf(settingsOf({ ...plan, privileges: [...plan.privileges, ...perhaps] })).map(keyOf))
  const excess = unused.filter(gap => still.has(keyOf(gap)))
  const usedPerhaps = unused.filter(gap => !still.has(keyOf(gap)))
  return {
    missing: missing.map(({ line }) => line),
    excess: excess.map(({ line }) => line),
    findings: [
      ...groupedBy(missing, byNeed).map(group => missingPrivilege(group, running, lacking)),
      ...groupedBy(excess, byPlace(placeOf)).map(group => excessPrivilege(group, running)),
      ...gaps.flatMap(gap => settingNote(gap, placeOf)),
      ...usedPerhaps.map(gap => usedPerhapsOnly(gap, perhaps, placeOf)),
      ...wanted.volumes.written.map(given => ({
        subject: given.mountPath,
        diagnostic: { ...writtenNote(given), span: placeOf(`volumeMounts.${given.at}`) },
      })),
      ...(runsOnWindows(pod) ? [onWindows(running)] : []),
      ...tokenFindings(plan, running, wanted),
    ],
  }
}

/**
 * Everything that a pod has beyond what is wanted, and lacks of it. Linux privileges are nothing on Windows. `isHostProcess`: a component
 * needs a HostProcess container there.
 */
function allGaps(settings: PodSettings, running: RunningPod, isHostProcess: boolean): readonly Discrepancy[] {
  const { pod, container, annotations, others } = running
  const beside = others.flatMap(each => besideGaps(pod, each.container, { annotations, least: each.least }))
  const confinement = [...alloyConfinement(settings, running), ...podGaps(settings, running), ...beside]
  if (runsOnWindows(pod))
    return confinement.filter(({ field }) =>
      (isHostProcess ? /^(?:ports|livenessProbe)$/ : /^(?:ports|livenessProbe|windowsOptions)$/).test(field),
    )
  const gaps = [...privilegeGaps(settings, pod, container), ...mountGaps(settings, pod, container), ...confinement]
  return [...gaps, ...unexplained(settings, running, gaps)]
}

/** What a note says of a setting that takes nothing from the node, and is worth a word. */
function settingNote({ line, field, edit, meaning }: Discrepancy, placeOf: PlaceOf): readonly Finding[] {
  if (meaning === undefined) return []
  const found = diagnostic('pod-setting', placeOf(field), { setting: field, meaning, edit })
  return [{ subject: line, diagnostic: found }]
}

/** The volumes of a pod as values of the chart, with what else of it a need may depend on. */
function mountedValues(pod: JsonMap, container: JsonMap, storagePath: string): JsonMap {
  const { alloy, controller } = valuesOf({ pod, container: String(container['name']) })
  const { sysctls = [] } = mapAt(pod, 'securityContext')
  return {
    alloy: { storagePath, mounts: mapAt(alloy ?? {}, 'mounts') },
    controller: { volumes: mapAt(controller ?? {}, 'volumes') },
    global: { podSecurityContext: { sysctls } },
  }
}

/** The optional privileges that depend on something outside of the configuration, such as the container runtime of the nodes. */
const dependingOnNodes = (plan: Plan, optional: Plan): readonly PlannedPrivilege[] => {
  const held = new Set(plan.privileges.map(({ privilege }) => privilegeLine(privilege)))
  return optional.privileges.filter(
    ({ privilege, certainty }) => certainty === 'assumed' && !held.has(privilegeLine(privilege)),
  )
}

const keyOf = ({ kind, line, field }: Discrepancy): string => JSON.stringify([kind, line, field])

function usedPerhapsOnly(
  { line, field }: Discrepancy,
  perhaps: readonly PlannedPrivilege[],
  placeOf: PlaceOf,
): Finding {
  const reasons = perhaps.flatMap(each => each.reasons)
  const rules = [...new Set(reasons.map(({ rule }) => rule))].sort()
  const args = { privilege: line, components: namesOf(reasons), rules }
  return { subject: line, diagnostic: diagnostic('privilege-used-on-some-nodes', placeOf(field), args) }
}

/** Gaps that one edit closes for the same components. */
const byNeed = ({ field, edit, reasons }: Discrepancy): string => JSON.stringify([field, edit, namesOf(reasons)])

/** Gaps that are at one place: what is written nowhere stands where its context would be. */
const byPlace =
  (placeOf: PlaceOf) =>
  (gap: Discrepancy): string => {
    const { field, container } = gap
    const { source, start } = placeOf(field, container)
    return JSON.stringify([source.path, start, field.startsWith('volumeMounts'), container, isOwnSetting(gap)])
  }

const linesOf = (gaps: readonly Discrepancy[]): string => gaps.map(({ line }) => line).join(' · ')

function missingPrivilege(
  gaps: readonly [Discrepancy, ...Discrepancy[]],
  running: RunningPod,
  { known, assumed }: Pick<Lacking, 'known' | 'assumed'>,
): Finding {
  const [{ field, edit, reasons }] = gaps
  const components = namesOf(reasons)
  const place = running.placeOf(field)
  // What no component asks for, such as the group of the image's folder, is a fact of the pod.
  const all = gaps.flatMap(each => each.reasons)
  const isGuess = all.length > 0 && all.every(({ certainty }) => certainty === 'assumed')
  const settled = isGuess ? settling(all, known) : null
  const related = [
    { span: place, text: 'the pod is configured here' },
    ...(reasons[0]?.related ?? []),
    ...(settled?.related ?? []),
  ]
  const severity = severityOf(isGuess ? 'assumed' : 'certain', { isUrl: false, strict: assumed === 'error' })
  const edits = running.decidedBy === 'values' ? null : { where: null, each: [edit] }
  return findingOf(
    gaps,
    each => `${components}: ${stableLine(each.line)}`,
    members => {
      const privilege = linesOf(members)
      const args = {
        privilege: privilege + (isGuess ? ' assumed' : ''),
        components,
        edits,
        settlers: settled?.settlers ?? null,
      }
      const found = diagnostic('missing-privilege', reasons[0]?.span ?? place, args, { related, severity })
      const byValues = isOfValues(running) && isResolved(members, running)
      return { subject: `${components}: ${privilege}`, diagnostic: found, byValues }
    },
  )
}

function excessPrivilege(gaps: readonly [Discrepancy, ...Discrepancy[]], running: RunningPod): Finding {
  return findingOf(
    gaps,
    ({ line }) => stableLine(line),
    members => {
      const [{ field, container }] = members
      const privilege = linesOf(members)
      const byValues = isOfValues(running, container) && isResolved(members, running)
      const edits = byValues && running.decidedBy === 'values' ? null : editsOf(members, running)
      const found = diagnostic('excess-privilege', running.placeOf(field, container), { privilege, edits })
      return { subject: privilege, diagnostic: found, byValues }
    },
  )
}

const isResolved = (gaps: readonly Discrepancy[], { decidedBy }: RunningPod): boolean =>
  decidedBy === 'values' || !gaps.some(isOwnSetting)

/** Settings that values may have and generate leaves alone: who wrote them knows what they are for. */
const isOwnSetting = ({ field, line, byHand = false }: Discrepancy): boolean =>
  byHand || ownSettings.test(field) || line.startsWith('pod security: ')

const ownSettings =
  /^(?:hostNetwork|ports|livenessProbe|annotations|sysctls|seLinuxOptions|procMount|appArmorProfile|windowsOptions|supplementalGroups|volumeDevices)$/

/** The smallest edits, and where they are made where that is not one place. */
function editsOf(gaps: readonly [Discrepancy, ...Discrepancy[]], { contextOf }: RunningPod): PodEdits['edits'] {
  const [{ field, container }] = gaps
  const unwritten = new Set(gaps.map(each => each.field)).size > 1 && !field.startsWith('volumeMounts')
  const where = unwritten || container !== undefined ? contextOf(container) : null
  return { where, each: [...new Set(gaps.map(({ edit }) => edit))] }
}

const onWindows = ({ placeOf }: RunningPod): Finding => ({
  subject: 'windows',
  diagnostic: diagnostic('pod-on-windows', placeOf('nodeSelector'), undefined),
})

function tokenFindings(plan: Plan, running: RunningPod, wanted: PodSettings): readonly Finding[] {
  const { token } = running
  const needed = wanted.automountServiceAccountToken
  const about = { subject: 'token', byValues: isOfValues(running) && token.isOfValues }
  const byValues = running.decidedBy === 'values'
  const isKnown = plan.grants.length > 0 || wanted.reasons.has('automountServiceAccountToken')
  const isThere = needed ? token.mounted : token.mounted || token.elsewhere
  if (isThere === needed || (!isThere && !isKnown)) return []
  if (isThere) return [{ ...about, diagnostic: diagnostic('token-without-need', token.span, { byValues }) }]
  const why = [
    ...plan.grants.flatMap(each => each.reasons),
    ...(wanted.reasons.get('automountServiceAccountToken') ?? []),
  ]
  const args = { components: namesOf(why), byValues }
  return [{ ...about, diagnostic: diagnostic('token-not-mounted', token.span, args) }]
}

const namesOf = (reasons: readonly Reason[]): string => componentsOf(reasons).join(', ') || 'Alloy'
