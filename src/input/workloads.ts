import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Source, Span } from '../source.ts'
import type { Configuration } from './configuration.ts'
import type { Account, Automount, Deployment, KubernetesObject } from './deployment.ts'
import { renderedPlace } from './helm/rendered-place.ts'
import type { ChartFile } from './helm/umbrella.ts'
import { type AlloyContainer, alloyContainers } from './manifests/containers.ts'
import { engineText } from './manifests/engine.ts'
import { bindingsOf, find, objectsNamed, qualified, type Stream } from './manifests/objects.ts'
import { releasesOf } from './manifests/releases.ts'
import { unseenContainers } from './manifests/unseen.ts'
import { configurationAt, type Mounted, mounted } from './manifests/volumes.ts'
import { otherTool } from './other-tools.ts'
import { join, normalize, parent } from './path.ts'
import { environment, expandArgument } from './process/env.ts'
import { alloyDefaults, settingsOf } from './process/flags.ts'
import { itemsAt, type Mapping, mapAt, scalarAt, textAt } from './yaml/tree.ts'

/** What surrounds the objects of a stream. */
export interface InputContext {
  readonly stream: Stream
  /** The folder of the input. */
  readonly folder: string
  /** The namespace for what names none; null when the user does not say either. */
  readonly namespace: string | null
  /** Alloy files passed in beside the objects. */
  readonly alloy: readonly Source[]
  /** Descriptions of charts in the input. */
  readonly charts: readonly ChartFile[]
}

/** Reads the workloads among some objects of the stream that run Alloy, and names what could run it and is not read. */
export function readWorkloads(around: InputContext, judged: Stream = around.stream): Outcome<readonly Configuration[]> {
  const value: Configuration[] = []
  const found = judged.map(object => alloyContainers(object, around.stream)).filter(containers => containers.length > 0)
  const read = new Set(found.flat().map(({ container }) => container))
  const diagnostics: Diagnostic[] = [...unseenContainers(judged, { stream: around.stream, read })]
  const only = found.flat().length === 1
  for (const containers of found) {
    for (const container of containers) {
      const outcome = readContainer(container, {
        ...around,
        // Files beside several workloads belong to none of them in particular.
        alloy: only ? around.alloy : [],
        suffix: containers.length > 1 ? `/${textAt(container.container, 'name') ?? ''}` : '',
      })
      if (outcome.value) value.push(outcome.value)
      for (const each of outcome.diagnostics) diagnostics.push(each)
    }
  }
  return { value, diagnostics }
}

interface Place extends InputContext {
  readonly suffix: string
}

function readContainer(found: AlloyContainer, place: Place): Outcome<Configuration | null> {
  const { workload, pod, container, line } = found
  const { stream } = place
  const namespace = namespaceOf(workload, pod, stream) ?? place.namespace
  const envOpen = itemsAt(container, 'envFrom').length > 0
  const { value: env, diagnostics: cut } = environment(itemsAt(container, 'env'), { open: envOpen })
  const directory = normalize(textAt(container, 'workingDir') ?? '/')
  const argument = line.path ? expandArgument(line.path.text, env, envOpen) : '/etc/alloy/config.alloy'
  const path = argument === null ? null : join(directory, argument)
  const files = mounted({
    volumeMounts: itemsAt(container, 'volumeMounts'),
    volumes: itemsAt(pod, 'volumes'),
    namespace,
    lookup: (kind, name) => find(stream, kind, namespace, name),
    configuration: path,
  })
  const name = `${qualified(workload.kind, namespace, workload.name)}${place.suffix}`
  const engine = line.command === 'otel' ? engineText(found, files, { name, directory }) : null
  const text = engine
    ? { ...engine, value: engine.value?.sources ?? null }
    : configuration(path, files, found, { ...place, name })
  const settings = settingsOf(engine?.value?.flags ?? line.flags, alloyDefaults)
  const diagnostics = [...cut, ...text.diagnostics, ...settings.diagnostics]
  if (!text.value) return { value: null, diagnostics }
  const account = accountOf(pod, namespace, stream)
  const value: Configuration = {
    name,
    sources: text.value,
    templates: new Map(),
    files: files.files,
    modulePath: engine?.value?.modulePath ?? (path === null || files.files.has(path) ? parent(path ?? '/') : path),
    folder: place.folder,
    containerDirectory: directory,
    env,
    envOpen,
    settings: { ...settings.value, ...releasesOf(found, account.object) },
    namespace,
    deployment: deploymentOf(found, account.object),
    values: null,
    place: renderedPlace(workload),
    account,
    objects: stream,
    span: workload.span,
  }
  return { value, diagnostics }
}

function accountOf(pod: Mapping, namespace: string | null, stream: Stream): Account {
  const named = scalarAt(pod, 'serviceAccountName') ?? scalarAt(pod, 'serviceAccount')
  const name = String(named?.value ?? 'default')
  return { name, namespace, object: find(stream, 'ServiceAccount', namespace, name), span: named?.span ?? null }
}

function configuration(
  path: string | null,
  files: Mounted,
  { workload, line, runs }: AlloyContainer,
  { alloy, name }: Place & { name: string },
): Outcome<readonly Source[] | null> {
  const format = line.flags.get('config.format')?.text ?? 'alloy'
  if (format !== 'alloy') {
    const span = line.flags.get('config.format')?.span ?? workload.span
    return { value: null, diagnostics: [otherTool(span, format)] }
  }
  const [extra] = line.extra
  if (extra) return { value: null, diagnostics: [diagnostic('argument-not-taken', extra.span, { name })] }
  if (runs > 1) return { value: null, diagnostics: [diagnostic('several-runs', workload.span, { name, runs })] }
  const elsewhere = (what: string, span: Span): Outcome<null> => ({
    value: null,
    diagnostics: [diagnostic('configuration-elsewhere', span, { what, name })],
  })
  if (path === null) return elsewhere(`the file that ${line.path?.text} names`, line.path?.span ?? workload.span)
  const { sources, gap } = configurationAt(path, files)
  if (sources.length > 0) return { value: sources, diagnostics: [] }
  if (alloy.length > 0) return { value: alloy, diagnostics: [] }
  return elsewhere(gap?.what ?? `the file ${path}`, gap?.span ?? line.path?.span ?? workload.span)
}

/** Old charts leave the workload's namespace to the release, while account and bindings name it. */
function namespaceOf(workload: KubernetesObject, pod: Mapping, stream: Stream): string | null {
  if (workload.namespace !== null) return workload.namespace
  const account = textAt(pod, 'serviceAccountName') ?? textAt(pod, 'serviceAccount')
  if (account === null) return null
  const known = accountNamespaces.get(stream) ?? new Map<string, string | null>()
  accountNamespaces.set(stream, known)
  const ready = known.get(account)
  if (ready !== undefined) return ready
  const found = namespaceOfAccount(account, stream)
  known.set(account, found)
  return found
}

/** Thousands of workloads may run as one account with as many bindings. */
const accountNamespaces = new WeakMap<Stream, Map<string, string | null>>()

function namespaceOfAccount(account: string, stream: Stream): string | null {
  const accounts = objectsNamed(stream, 'ServiceAccount', account)
  const subjects = bindingsOf(stream, [account]).flatMap(({ tree }) => itemsAt(tree, 'subjects'))
  const named = [
    ...accounts.map(({ namespace }) => namespace),
    ...subjects
      .filter(each => textAt(each, 'kind') === 'ServiceAccount' && textAt(each, 'name') === account)
      .map(each => textAt(each, 'namespace')),
  ]
  const [namespace = null, ...others] = new Set(named.filter(each => each !== null && each !== ''))
  return others.length === 0 ? namespace : null
}

function deploymentOf(
  { workload, template, pod, container }: AlloyContainer,
  account: KubernetesObject | null,
): Deployment {
  return { workload, podMetadata: mapAt(template, 'metadata'), pod, container, automount: automountOf(pod, account) }
}

function automountOf(pod: Mapping, account: KubernetesObject | null): Automount {
  for (const [by, tree] of [
    ['pod', pod],
    ['account', account?.tree ?? null],
  ] as const) {
    const found = scalarAt(tree, 'automountServiceAccountToken')
    if (typeof found?.value === 'boolean') return { value: found.value, by, span: found.span }
  }
  return { value: true, by: 'default', span: null }
}
