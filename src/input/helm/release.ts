import type { Span } from '../../source.ts'
import { baseName, withoutEnding } from '../../text/cut.ts'
import type { Place } from '../place.ts'
import type { NamedRelease } from '../process/settings.ts'
import { type Mapping, scalarAt, type Tree, textAt } from '../yaml/tree.ts'

/** Values and what is known of the release they are for. */
export interface Release {
  /** The values, all layers merged. */
  readonly values: Mapping
  /** Where in their document they stand, for the names of texts in them. */
  readonly path: readonly string[]
  /** The file that holds them. */
  readonly file: string
  /** Where the input takes them. */
  readonly place: Place
  /** For names of configurations: `monitoring/HelmRelease/alloy`; empty for values files. */
  readonly label: string
  readonly name: string | null
  readonly namespace: string | null
  /** The last part of the chart's name: `alloy`; null when the input does not say. */
  readonly chart: string | null
  readonly chartVersion: NamedRelease | null
  /** Values that the release takes from elsewhere: named, not in the input. */
  readonly elsewhere: readonly ExternalValues[]
  /** Paths of files of the input that are values of this release. */
  readonly files: readonly string[]
  readonly span: Span
}

/** Values that are not in the input. */
export interface ExternalValues {
  readonly what: string
  readonly span: Span
}

/** The last part of a chart's name or path. */
export function chartName(name: string | null): string | null {
  return name === null ? null : baseName(withoutEnding(name, '/'))
}

/** What a scalar names as a release, in the words that say which scalar; null where there is none. */
export function namedRelease(tree: Tree | null, path: readonly string[], by: string): NamedRelease | null {
  const found = scalarAt(tree, ...path)
  const value = String(found?.value ?? '')
  return found === null || value === '' ? null : { value, span: found.span, by }
}

/** What the chart's template `alloy.fullname` yields. */
export function fullName(chart: Mapping, release: string | null): string | null {
  const override = textAt(chart, 'fullnameOverride')
  if (override) return shortened(override)
  if (release === null) return null
  const name = textAt(chart, 'nameOverride') || 'alloy'
  return shortened(release.includes(name) ? release : `${release}-${name}`)
}

function shortened(name: string): string {
  return name.slice(0, 63).replace(/-$/, '')
}
