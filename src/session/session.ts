import { type Analysis, analyze } from '../analyze.ts'
import { type JsonMap, valueAt } from '../chart/json.ts'
import type { Release } from '../chart/release/releases.ts'
import { unreadKeys } from '../chart/release/unread-keys.ts'
import { type Diagnostic, diagnostic, hasError, inOrder, type Outcome } from '../diagnostic/diagnostic.ts'
import { unusedOption } from '../diagnostic/unused-option.ts'
import { argumentValue } from '../evaluate/given.ts'
import type { Configuration } from '../input/configuration.ts'
import { selectWorkload } from '../input/select-workload.ts'
import { data } from '../input/yaml/tree.ts'
import type { Target } from '../rules/map/condition.ts'
import { documentedKeys } from '../rules/map/readings.ts'
import type { Place } from './disk.ts'
import { filesOf, modulePathOf } from './files.ts'
import type { SessionOptions } from './options.ts'
import { type Versions, versionsFor } from './versions.ts'

/** One configuration, analyzed for the versions that the options and the input name. */
export interface Session extends Analysis {
  readonly configuration: Configuration
  /** The release of the chart whose values are printed. */
  readonly release: Release
  readonly target: Target
  /** The chart that was named, where it was not read and `release` answers for it. */
  readonly askedChart: string | null
  /** The minor of Kubernetes that was named, where it is newer than the newest known. */
  readonly askedKubernetes: string | null
  readonly origins: Versions['origins']
}

/** The releases that a configuration is analyzed for. */
export type Releases = Pick<Session, 'release' | 'target' | 'askedChart' | 'askedKubernetes'>

/** What an input leads to: a session, or none beside errors. */
export interface Opened {
  readonly session: Session | null
  /** Null where there is no such release, or no one configuration. */
  readonly releases: Releases | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Analyzes the one configuration of an input, or the one that the options name. */
export function open(read: Outcome<readonly Configuration[]>, options: SessionOptions, place: Place): Opened {
  const chosen = choose(read.value, options, read.diagnostics)
  if (chosen.configuration === null) return { session: null, releases: null, diagnostics: chosen.diagnostics }
  const opened = analyzeOne(chosen.configuration, options, place)
  return { ...opened, diagnostics: inOrder([...chosen.diagnostics, ...opened.diagnostics]) }
}

function choose(
  configurations: readonly Configuration[],
  { workload }: SessionOptions,
  before: readonly Diagnostic[],
): { configuration: Configuration | null; diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics } = selectWorkload(configurations, workload ?? null)
  if (value || hasError(before)) return { configuration: value, diagnostics: before }
  return { configuration: null, diagnostics: [...before, ...diagnostics] }
}

/** Analyzes one configuration for the versions that the options and the input name. */
export function analyzeOne(configuration: Configuration, options: SessionOptions, place: Place): Opened {
  const diagnostics: Diagnostic[] = []
  const versions = versionsFor(options, configuration.settings)
  for (const each of versions.diagnostics) diagnostics.push(each)
  if (versions.value === null) return { session: null, releases: null, diagnostics }
  const { release, target, origins, askedChart, askedKubernetes } = versions.value
  if (askedChart !== null) for (const each of documentedSettings(configuration, askedChart)) diagnostics.push(each)
  if (configuration.values && askedChart === null)
    for (const each of unreadKeys(configuration.values.chart, release)) diagnostics.push(each)
  const files = filesOf(configuration, place, {
    workdir: options.workdir ?? null,
    allowOutside: options.allowOutside === true,
    modules: options.module,
    followed: path => void diagnostics.push(diagnostic('outside-file', null, { path })),
  })
  const analyzed = analyze(
    { ...configuration, modulePath: modulePathOf(configuration) },
    {
      target,
      namespace: options.namespace ?? null,
      env: options.env,
      args: new Map([...options.arg].map(([name, text]) => [name, argumentValue(text)])),
      substitute: options.substitute,
      files,
      onUnknown: options.onUnknown,
      optional: options.optional === true,
      stability: options.stability ?? configuration.settings.stability?.value ?? null,
      attributes: options.attribute ?? new Map(),
      remoteComplete: options.remoteComplete === true,
      chartVariables: release.variables,
    },
  )
  for (const found of analyzed.diagnostics) diagnostics.push(found)
  for (const name of options.module.keys()) {
    if (!files.asked.has(name))
      diagnostics.push(unusedOption('module', name, `nothing is imported by ${name}`, [...files.asked]))
  }
  const session = analyzed.value && {
    ...analyzed.value,
    configuration,
    release,
    target,
    origins,
    askedChart,
    askedKubernetes,
  }
  return { session, releases: versions.value, diagnostics: inOrder(diagnostics) }
}

/** Says what the user's values switch on in a chart that was not read, as far as that is documented. */
function documentedSettings({ values }: Configuration, version: string): readonly Diagnostic[] {
  if (values === null) return []
  const given = data(values.chart) as JsonMap
  return documentedKeys(version)
    .filter(({ key }) => Boolean(valueAt(given, key)))
    .map(({ key, says, source }) => diagnostic('documented-setting', values.chart.span, { key, version, says, source }))
}
