import { type AccessObject, isRole } from '../access/object.ts'
import { isEmpty, type JsonMap, valueAt } from '../chart/json.ts'
import { chartDefinitions, chartObjects } from '../chart/release/chart-objects.ts'
import { renderChart } from '../chart/release/render.ts'
import { type Diagnostic, diagnostic, hasError, inOrder, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import { groupOf, qualified } from '../input/manifests/objects.ts'
import { data, itemsAt } from '../input/yaml/tree.ts'
import { ruleInWords } from '../kubernetes/rule.ts'
import type { Installation } from '../reports/installer/installation.ts'
import { type Installed, titleOf } from '../reports/installer/installed.ts'
import { installedObjects, type RawObject } from '../reports/installer/installed-objects.ts'
import { type Lack, lacking, rulesIn } from '../reports/installer/lacking.ts'
import { heldFor, type Requirement, requirementsOf } from '../reports/installer/required.ts'
import type { Tool } from '../reports/installer/tools.ts'
import type { SessionOptions } from './options.ts'
import { versionsFor } from './versions.ts'

/** What an installation is determined for. */
export interface InstallerOptions extends Pick<SessionOptions, 'chartVersion' | 'kubeVersion' | 'namespace'> {
  readonly for: Tool
  readonly name?: string
}

/** A role that is compared with what an installation needs. */
export interface GivenRole {
  /** As the user gave it. */
  readonly path: string
  readonly objects: readonly AccessObject<unknown>[]
}

/** Determines what the account that installs an input needs; null beside an error. */
export function installationOf(
  read: Outcome<readonly Configuration[]>,
  options: InstallerOptions,
  role: GivenRole | null,
): Outcome<Installation | null> {
  const diagnostics: Diagnostic[] = [...read.diagnostics]
  const failed = (): Outcome<null> => ({ value: null, diagnostics: inOrder(diagnostics) })
  const add = <T>({ value, diagnostics: said }: Outcome<T>): T => {
    for (const each of said) diagnostics.push(each)
    return value
  }
  const configurations = read.value
  const home = options.namespace ?? configurations.find(({ namespace }) => namespace !== null)?.namespace ?? null
  if (configurations.length > 0 && home === null)
    diagnostics.push(diagnostic('installer-namespace-unknown', null, undefined))
  if (home === null || hasError(diagnostics)) return failed()
  const kubernetes = add(versionsFor(options, configurations[0]?.settings ?? null))?.target.kubernetes ?? ''
  const raw = add(rawObjects(configurations, options, home))
  if (hasError(diagnostics)) return failed()
  const objects = add(installedObjects(distinct(raw), kubernetes))
  for (const each of guessed(objects)) diagnostics.push(each)
  if (role !== null && !role.objects.some(isRole))
    diagnostics.push(diagnostic('installer-role-empty', null, { path: role.path }))
  if (hasError(diagnostics)) return failed()
  const all = requirementsOf(objects, options.for, home)
  const [wild, plain] = [all.filter(givesEverything), all.filter(each => !givesEverything(each))]
  for (const subject of new Set(wild.map(each => each.subject))) {
    const span = objects.find(each => titleOf(each) === subject)?.span ?? null
    diagnostics.push(diagnostic('installer-of-full-control', span, { object: subject }))
  }
  const lacks = role === null ? null : lacking(objects, options.for, rulesIn(role.objects, home), home)
  for (const each of lacks ?? []) diagnostics.push(lackOf(each, role?.path ?? ''))
  const said = inOrder(diagnostics)
  const value: Installation = {
    tool: options.for,
    name: options.name ?? 'alloy-installer',
    namespace: home,
    objects,
    rights: heldFor(plain),
    complete: !said.some(({ name }) => incomplete.has(name)),
    lacks,
    diagnostics: said,
  }
  return { value, diagnostics: said }
}

/** What is said where the role does not cover everything. */
const incomplete: ReadonlySet<string> = new Set([
  'installer-of-full-control',
  'installer-object-unrendered',
  'role-gathers-others',
])

/** Verbs that let a role be given without being held. Who holds them holds everything. */
const givesEverything = ({ grant, purpose }: Requirement): boolean =>
  purpose === 'hand-out' &&
  grant.kind === 'resource' &&
  ['rbac.authorization.k8s.io', '*'].includes(grant.group) &&
  ['bind', 'escalate'].includes(grant.verb)

const isResource = ({ name, objects }: Configuration): boolean =>
  objects.some(
    object =>
      object.kind === 'Alloy' &&
      groupOf(object) === 'collectors.grafana.com' &&
      [qualified(object.kind, object.namespace, object.name), `${object.kind}/${object.name}`].includes(name),
  )

/** Groups of objects that tell a tool what to install, and are not installed by it. */
const orders = /(?:^|\.)(?:toolkit\.fluxcd\.io|argoproj\.io|kustomize\.config\.k8s\.io)$/

/**
 * What goes to the API server: the objects of the input as they are, and what the chart makes of values. The operator installs
 * the chart for each Alloy resource, and nothing else of the input.
 */
function rawObjects(
  configurations: readonly Configuration[],
  options: InstallerOptions,
  home: string,
): Outcome<readonly RawObject[]> {
  const resources = configurations.filter(isResource)
  const isOperator = options.for === 'operator' && resources.length > 0
  const charted = isOperator ? resources : configurations.filter(each => each.deployment === null && !isResource(each))
  const made = charted.map(each => chartObjectsOf(each, options, home))
  const written = isOperator ? [] : [...new Set(configurations.flatMap(({ objects }) => objects))]
  return {
    value: [
      ...written
        .filter(object => !orders.test(groupOf(object)))
        .map(({ tree, apiVersion, kind, span }): RawObject => {
          return { tree: { ...(data(tree) as JsonMap), apiVersion, kind }, span, home, nameless: false, once: false }
        }),
      ...made.flatMap(({ value }) => value),
    ],
    diagnostics: made.flatMap(({ diagnostics }) => diagnostics),
  }
}

function chartObjectsOf(
  { values, span, settings, namespace }: Configuration,
  options: InstallerOptions,
  home: string,
): Outcome<readonly RawObject[]> {
  const versions = versionsFor(options, settings)
  if (versions.value === null) return { value: [], diagnostics: versions.diagnostics }
  const { release } = versions.value
  const given = values === null ? {} : (data(values.chart) as JsonMap)
  const place = options.namespace ?? namespace ?? home
  const install = { release: values?.release ?? 'alloy', namespace: place }
  const rendering = renderChart(release, given, install)
  if (rendering.kind === 'broken') {
    const args = { version: release.version, because: rendering.because }
    return { value: [], diagnostics: [...versions.diagnostics, diagnostic('chart-does-not-render', span, args)] }
  }
  const nameless = (values?.release ?? null) === null && isEmpty(valueAt(given, 'fullnameOverride'))
  const rawOf = (tree: JsonMap, once = false): RawObject => ({
    tree,
    span,
    home: place,
    nameless: nameless && !once,
    once,
  })
  const metadata = ({ apiVersion, kind, name, namespace: at }: ReturnType<typeof chartObjects>[number]): JsonMap => ({
    apiVersion,
    kind,
    metadata: at === null ? { name } : { name, namespace: at },
  })
  // The chart that the operator embeds has no definitions, and Argo CD applies them as it does everything.
  const definitions = options.for === 'operator' ? [] : chartDefinitions(release, given)
  const extra = itemsAt(values?.chart ?? null, 'extraObjects')
  return {
    value: [
      ...chartObjects(release, given, install).map(each => rawOf(metadata(each))),
      ...rendering.objects.map(each => rawOf(each)),
      ...definitions.map(each => rawOf(metadata(each), options.for !== 'argocd')),
    ],
    diagnostics: [
      ...versions.diagnostics,
      ...(nameless ? [diagnostic('installer-release-unknown', span, undefined)] : []),
      ...rendering.opaque.map(at => diagnostic('installer-object-unrendered', extra[at]?.span ?? span, undefined)),
    ],
  }
}

/** Of one object that is in several streams, one. */
function distinct(raw: readonly RawObject[]): readonly RawObject[] {
  const keyOf = ({ tree }: RawObject): string => {
    const at = (path: string) => valueAt(tree, path) ?? null
    return JSON.stringify([at('apiVersion'), at('kind'), at('metadata.namespace'), at('metadata.name')])
  }
  return [...new Map(raw.map(each => [keyOf(each), each])).values()]
}

/** Kinds that nothing is known of, each once. */
function guessed(objects: readonly Installed[]): readonly Diagnostic[] {
  const unknown = objects.filter(({ resource }) => resource.scope === null)
  return [...new Map(unknown.map(each => [each.kind, each])).values()].map(({ kind, resource, span }) => {
    const name = resource.group === '' ? resource.resource : `${resource.resource}.${resource.group}`
    return diagnostic('installer-kind-unknown', span, { kind, resource: name })
  })
}

function lackOf({ subject, purpose, rules, object }: Lack, role: string): Diagnostic {
  const words =
    purpose === 'hand-out'
      ? rules.map(ruleInWords).join(' ')
      : rules
          .map(({ verbs, resources = [], apiGroups = [] }) => {
            return `cannot ${verbs.join()} resource "${resources.join()}" in API group "${apiGroups.join()}"`
          })
          .join('; ')
  return diagnostic('installer-role-lacks', object?.span ?? null, {
    role,
    object: subject,
    kind: purpose,
    rules: words,
  })
}
