import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Grant } from '../kubernetes/grant.ts'
import { type PodSecurity, type PodSpec, podSecurity } from '../kubernetes/pod/security.ts'
import type { PolicyRule } from '../kubernetes/rule.ts'
import type { Plan } from '../plan/plan.ts'
import { type Header, type HeaderOptions, headerLines, headerOf } from './header.ts'
import { type JsonMap, listAt, mergeMaps, overlay, valueAt } from './json.ts'
import { enclosedPath, type Nesting, nestValues, unnested } from './nesting.ts'
import { mountErrors, mountNotes } from './pod/mount-notes.ts'
import { givenMounts } from './pod/mounts/given-mounts.ts'
import { sparedPlan } from './pod/mounts/spared-plan.ts'
import { podNotes } from './pod/pod-notes.ts'
import { type PodExtras, type PodObjects, podObjects, withObjects } from './pod/pod-objects.ts'
import { podValues } from './pod/pod-values.ts'
import { refusedPod } from './pod/refused-pod.ts'
import { type PodSettings, podSettings } from './pod/settings.ts'
import { placeBlocks } from './rbac/blocks.ts'
import { chartNaming, selectorLabels } from './rbac/objects.ts'
import { type Placement, place } from './rbac/placement.ts'
import { objectsIn, rbacValues } from './rbac/rbac-values.ts'
import { defaultValues } from './release/releases.ts'
import { type Rendering, renderChart, withAgent } from './release/render.ts'
import { needed, nest, repeatedForAgent, type Setting, sections } from './setting.ts'
import { lostTexts, withoutLostNames } from './write/lost-texts.ts'
import { type Remark, writeYaml } from './write/write-yaml.ts'

/** What decides how the values of a plan look. */
export interface ValuesOptions extends HeaderOptions {
  /** `exact`: not one grant more than the plan. `blocks`: whole blocks of the chart's defaults. */
  readonly granularity?: 'exact' | 'blocks'
  /** Where the values are in those of another chart; absent: they are the chart's own. */
  readonly nesting?: Nesting
  /** What is asked for beside the pod's settings. */
  readonly extras?: PodExtras
}

/** The values of a plan. */
export interface ValuesDocument {
  readonly text: string
  /** What the values are of: the plan without what Helm would not pass on. */
  readonly plan: Plan
  /** What the text holds. */
  readonly values: JsonMap
  /** The comments above all of it, and those within. */
  readonly header: Header
  readonly remarks: readonly Remark[]
  /** The keys of the chart that the values set, sorted. */
  readonly keys: readonly string[]
  /** What is in `rbac.rules` and `rbac.clusterRules`. */
  readonly lists: { readonly rules: readonly PolicyRule[]; readonly clusterRules: readonly PolicyRule[] }
  /** What whole blocks grant beyond the plan; empty unless blocks were asked for. */
  readonly beyond: readonly Grant[]
  /** Where the rules are; `manifests` when the values cannot carry them. */
  readonly placement: Placement['kind']
  /** The settings of the pod; null when the values leave it alone. */
  readonly pod: PodSettings | null
  /** What Pod Security admission says about that pod. */
  readonly security: PodSecurity | null
}

/**
 * Turns a plan into values that the release renders rightly: what differs from its defaults, and the rules. Null beside an error when
 * the user's own values cannot be rendered, whatever is laid over them.
 */
export function values(whole: Plan, options: ValuesOptions): Outcome<ValuesDocument | null> {
  const plan = withoutLostNames(whole)
  const { release, nesting = unnested, only, user, granularity } = options
  const complete = withAgent(overlay(defaultValues(release), user ?? {}))
  const refused = only === 'rbac' ? null : refusedPod(complete)
  if (refused !== null)
    return { value: null, diagnostics: [diagnostic('values-make-invalid-pod', null, { because: refused })] }
  const spared = sparedPlan(plan, givenMounts(complete))
  const pod = podSettings(spared, complete)
  const collided = only === 'rbac' ? [] : mountErrors(pod)
  if (collided.length > 0) return { value: null, diagnostics: collided }
  const blocks = granularity === 'blocks' ? placeBlocks(plan, release) : null
  const placement = blocks?.placement ?? place(plan, release)
  const plain = [
    ...(only === 'pod' ? [] : rbacValues(placement, release, user ?? {})),
    ...(release.automount ? [tokenSetting(pod)] : []),
    ...(only === 'rbac' ? [] : podValues(pod, complete, options.kubernetes)),
  ]
  const stated = (all: readonly Setting[]) => repeatedForAgent(needed(all, release, complete), user ?? {})
  const render = (tree: JsonMap) =>
    renderChart(release, mergeMaps(user ?? {}, tree), { release: 'alloy', namespace: 'default' })
  const beside = extraObjectsFor(plan, { pod, complete, render: () => render(nest(stated(plain))) }, options)
  const settings = stated(withObjects(plain, beside.objects, user ?? {}))
  const tree = nest(settings)
  const remarks = settings.flatMap(setting =>
    setting.remarks.map(({ path, lines }) => ({ path: enclosedPath(path, nesting), lines })),
  )
  const rendering = render(tree)
  if (rendering.kind === 'broken' && user) {
    return {
      value: null,
      diagnostics: [diagnostic('values-do-not-render', null, { version: release.version, because: rendering.because })],
    }
  }
  const security = only === 'rbac' ? null : admission(rendering, options.kubernetes)
  const nested = nestValues(tree, nesting)
  const header = headerOf(plan, { tree, placement, blocks }, options)
  const list = (key: string) => listAt(tree, `rbac.${key}`) as unknown as readonly PolicyRule[]
  return {
    value: {
      plan,
      text: writeYaml(nested, { header: headerLines(header), remarks, apart: sections }),
      values: nested,
      header,
      remarks,
      keys: [...new Set(settings.map(({ path }) => path))].sort(),
      lists: { rules: list('rules'), clusterRules: list('clusterRules') },
      beyond: blocks?.beyond ?? [],
      placement: placement.kind,
      pod: only === 'rbac' ? null : pod,
      security,
    },
    diagnostics: [
      ...remarksOn(plan, placement, pod, options),
      ...(only === 'rbac' ? [] : mountNotes(pod, complete)),
      ...(only === 'rbac' ? [] : podNotes(spared, complete, security, options.kubernetes)),
      ...beside.diagnostics,
      ...repeatedSecrets(tree),
      ...lostTexts(whole, tree),
    ],
  }
}

function repeatedSecrets(tree: JsonMap): readonly Diagnostic[] {
  const names = objectsIn(tree)
    .filter(each => valueAt(each, 'kind') === 'Secret')
    .map(each => String(valueAt(each, 'metadata.name') ?? ''))
  return names.length === 0 ? [] : [diagnostic('secret-repeated', null, { names })]
}

/** The settings of a pod, the complete values they are part of, and what those render to. */
interface ChartPod {
  readonly pod: PodSettings
  readonly complete: JsonMap
  readonly render: () => Rendering
}

/** What is asked for beside the pod, made for the pod that its settings render to. */
function extraObjectsFor(
  plan: Plan,
  { pod, complete, render }: ChartPod,
  { release, only, extras = {}, kubernetes }: ValuesOptions,
): PodObjects {
  const nothing: PodObjects = { objects: [], diagnostics: [] }
  if (only === 'rbac' || Object.keys(extras).length === 0) return nothing
  const rendering = render()
  if (rendering.kind === 'broken') return nothing
  const { objects, diagnostics } = podObjects(plan, rendering.pod, extras, {
    naming: chartNaming(release),
    kubernetes,
    labels: selectorLabels,
    token: !release.automount || pod.automountServiceAccountToken,
    claims:
      valueAt(complete, 'controller.type') === 'statefulset' &&
      listAt(complete, 'controller.volumeClaimTemplates').length > 0,
  })
  const doubled = extras.server !== undefined && valueAt(complete, 'networkPolicy.enabled') === true
  const found = [...diagnostics, ...(doubled ? [diagnostic('policies-add-up', null, {})] : [])]
  if (release.extraObjects || objects.length === 0) return { objects, diagnostics: found }
  const kinds = objects.map(({ object }) => String(object['kind']))
  return {
    objects: [],
    diagnostics: [...found, diagnostic('extra-objects-not-supported', null, { version: release.version, kinds })],
  }
}

/** What admission says about the pod that values make; null when the user's own values make no pod that can be judged. */
function admission(rendering: Rendering, kubernetes: string): PodSecurity | null {
  if (rendering.kind === 'broken') return null
  // The chart hands on what a user has written, which may be of any shape.
  const annotations = rendering.annotations as Readonly<Record<string, string>>
  return podSecurity(rendering.pod as PodSpec, annotations, kubernetes)
}

function tokenSetting(pod: PodSettings): Setting {
  return { path: 'serviceAccount.automountServiceAccountToken', value: pod.automountServiceAccountToken, remarks: [] }
}

function remarksOn(
  plan: Plan,
  { kind }: Placement,
  pod: PodSettings,
  { release, only }: ValuesOptions,
): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  if (kind === 'manifests' && only !== 'pod') {
    found.push(diagnostic('chart-without-rules', null, { version: release.version, grants: plan.grants.length }))
  }
  if (!release.automount && !pod.automountServiceAccountToken) {
    found.push(diagnostic('token-always-mounted', null, { version: release.version }))
  }
  if (pod.hostIPC && only !== 'rbac') found.push(diagnostic('host-ipc', null, {}))
  return found
}
