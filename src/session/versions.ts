import { newestIn } from '../chart/release/range.ts'
import { chartVersions, findRelease, newestChart, type Release } from '../chart/release/releases.ts'
import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import { releaseOf } from '../input/process/flags.ts'
import type { NamedRelease, Settings } from '../input/process/settings.ts'
import { newestKubernetes } from '../kubernetes/resources.ts'
import { placeOf } from '../render/places.ts'
import type { Target } from '../rules/map/condition.ts'
import { readAs } from '../rules/map/readings.ts'
import { upTo } from '../text/cut.ts'
import { inert } from '../text/inert.ts'
import { compareVersions, olderThan } from '../version.ts'
import type { SessionOptions } from './options.ts'

/** The releases that a plan is made for, and what says so: `spec.ref.tag of obs/OCIRepository/alloy (release.yaml:7)`. */
export interface Versions {
  readonly release: Release
  readonly target: Target
  /** The chart that was named, where it was not read and `release` answers for it. */
  readonly askedChart: string | null
  /** The minor of Kubernetes that was named, where it is newer than the newest known. */
  readonly askedKubernetes: string | null
  readonly origins: { readonly alloy: string; readonly chart: string; readonly kubernetes: string }
}

type Options = Pick<SessionOptions, 'alloyVersion' | 'chartVersion' | 'kubeVersion' | 'kernel'>

/** A release, and what says so. */
interface Stated {
  readonly version: string
  readonly origin: string
}

const newestKnown = 'the newest known'

/** The releases that the options name, else the input, else the newest known. The value is null exactly when an error was reported. */
export function versionsFor(
  options: Options,
  settings: Pick<Settings, 'alloyVersion' | 'chartVersion'> | null,
): Outcome<Versions | null> {
  const diagnostics: Diagnostic[] = []
  const chart = chartFor(options.chartVersion, settings?.chartVersion ?? null, diagnostics)
  const { value: release, diagnostics: said } = findRelease(chart.version)
  for (const each of said) diagnostics.push(each)
  if (release === null) return { value: null, diagnostics }
  const byChart = { version: release.alloy, origin: 'that of the chart' }
  const stated = alloyFor(options.alloyVersion, settings?.alloyVersion ?? null, byChart, diagnostics)
  const alloy = readAs(stated.version)
  const kubernetes = minor(options.kubeVersion ?? newestKubernetes)
  const target: Target = {
    alloy,
    ...(stated.version === alloy ? {} : { stated: stated.version }),
    kubernetes: known('Kubernetes', kubernetes, newestKubernetes, diagnostics),
    kernel: options.kernel ?? null,
  }
  const origins = {
    alloy: stated.origin,
    chart: chart.origin,
    kubernetes: options.kubeVersion === undefined ? newestKnown : '--kube-version',
  }
  const askedChart = chart.version === release.version ? null : chart.version
  const askedKubernetes = kubernetes === target.kubernetes ? null : kubernetes
  return { value: { release, target, origins, askedChart, askedKubernetes }, diagnostics }
}

function chartFor(option: string | undefined, given: NamedRelease | null, diagnostics: Diagnostic[]): Stated {
  if (option !== undefined) return { version: option.replace(/^v/, ''), origin: '--chart-version' }
  if (given === null || given.value === '') return { version: newestChart, origin: newestKnown }
  const named = withDefault(given, diagnostics)
  const version = upTo(named.value.replace(/^v(?=\d)/, ''), '+')
  const isExact = /^\d+\.\d+\.\d+(?:-.*)?$/.test(version)
  if (chartVersions.includes(version) || (isExact && olderThan(newestChart, version)))
    return { version, origin: originOf(named) }
  const newest = newestIn(version, chartVersions)
  if (!isExact && newest !== undefined && newest !== null)
    return { version: newest, origin: `${originOf(named)}: the newest known of ${inert(named.value)}` }
  const before = isExact ? chartVersions.filter(each => olderThan(each, version)).at(-1) : undefined
  const assumed = before ?? (isExact ? (chartVersions[0] ?? newestChart) : newestChart)
  const args = { what: 'chart', by: named.by, text: named.value, assumed }
  diagnostics.push(diagnostic('release-assumed', named.span, args))
  return { version: assumed, origin: `assumed, since ${originOf(named)} names no known release` }
}

function alloyFor(
  option: string | undefined,
  given: NamedRelease | null,
  otherwise: Stated,
  diagnostics: Diagnostic[],
): Stated {
  if (option !== undefined) return { version: option.replace(/^v/, ''), origin: '--alloy-version' }
  if (given === null || given.value === '') return otherwise
  const named = withDefault(given, diagnostics)
  const version = releaseOf(named.value)
  if (version !== null) return { version, origin: originOf(named) }
  if (named.value === 'latest') return { version: newestAlloy(), origin: `${originOf(named)}: ${newestKnown}` }
  const instead = named.instead ?? null
  const label = instead === null ? null : releaseOf(instead.value)
  const assumed = instead === null || label === null ? otherwise : { version: label, origin: originOf(instead) }
  const args = { what: 'Alloy', by: named.by, text: named.value, assumed: assumed.version }
  diagnostics.push(diagnostic('release-assumed', named.span, args))
  return { version: assumed.version, origin: `assumed, since ${originOf(named)} names no known release` }
}

/** A release that a variable of Flux names which the input does not set: its default, if it has one. */
function withDefault(named: NamedRelease, diagnostics: Diagnostic[]): NamedRelease {
  const { value: text, by, span } = named
  const value = text.replaceAll(/\$\{[A-Za-z_]\w*(?:=|:=|:-)([^${}\\]*)\}/g, '$1')
  if (value === text || value.includes('${')) return named
  diagnostics.push(diagnostic('release-by-default', span, { by, text, assumed: value }))
  return { ...named, value, by: `the default in ${by}` }
}

/** What names a release, with its place. */
function originOf({ by, span }: NamedRelease): string {
  if (span === null) return inert(by)
  const { path, line } = placeOf(span)
  return inert(`${by} (${path}:${line})`)
}

/** The Alloy release of the newest chart: the newest one that is known. */
const newestAlloy = (): string => findRelease(null).value?.alloy ?? ''

const minor = (version: string): string => version.split('.').slice(0, 2).join('.')

/** A version that is newer than what is known is taken for the newest known, and that is said. */
function known(what: string, version: string, newest: string, diagnostics: Diagnostic[]): string {
  if (compareVersions(version, newest) <= 0) return version
  diagnostics.push(diagnostic('unknown-newer-version', null, { what, version, newest }))
  return newest
}
