import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { readInput } from '../../input/input.ts'
import type { Item } from '../../input/item.ts'
import { data, textAt } from '../../input/yaml/tree.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import { diskOf, folderOf, type Place } from '../disk.ts'
import { open } from '../session.ts'
import type { FoundChart, ReleaseOptions } from './find-charts.ts'

/** The chart's values where nothing of them is given: it makes its ConfigMap of the example that it bundles. */
const released = { alloy: { configMap: { create: true } } }

/** What the configuration needs that a chart installs where its user gives none; null where that cannot be told. */
export function neededByDefault(found: FoundChart, options: ReleaseOptions): Outcome<readonly Grant[] | null> {
  const { chart, values, example } = found
  const hasText = values !== null && (textAt(values, 'alloy', 'configMap', 'content') ?? '') !== ''
  const items: readonly Item[] = [
    { kind: 'file', path: 'values.yaml', content: JSON.stringify(values === null ? released : data(values)) },
    ...(example === null || hasText
      ? []
      : [{ kind: 'file', path: 'config/example.alloy', content: example.text } as const]),
  ]
  const nowhere: Place = { cwd: '/', disk: diskOf({}) }
  const read = readInput(items, folderOf(nowhere), {})
  const { session, diagnostics } = open(
    read,
    {
      ...options,
      chartVersion: chart.release.version,
      alloyVersion: chart.target.alloy,
      env: new Map(),
      arg: new Map(),
      substitute: new Map(),
      module: new Map(),
      onUnknown: 'error',
    },
    nowhere,
  )
  if (session !== null) return { value: session.plan.grants.map(({ grant }) => grant), diagnostics: [] }
  return { value: null, diagnostics: [unknown(chart.name, diagnostics)] }
}

function unknown(chart: string, diagnostics: readonly Diagnostic[]): Diagnostic {
  const error = diagnostics.find(({ severity }) => severity === 'error')
  const why = error?.message ?? 'its values hold none'
  return diagnostic('default-configuration-unknown', null, { chart, why })
}
