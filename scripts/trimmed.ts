// npm run trimmed -- CHART…
//
// Measures what `audit-chart --write` makes of working trees of the chart, each the folder of one release: how many default grants are
// left, whether the file is the same outside `rbac`, whether a second run changes anything, whether a rule that is taken away is
// reported as missing, and, where Helm is there (HELM, else `helm` in the path), whether the trimmed chart passes `helm lint` and
// renders with each of its ci/*-values.yaml. ALLOY_CORPUS names a folder of configurations (the examples without it): how many of them
// lose a grant that the defaults had. Exits 1 where something does not hold.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { grantLines } from '../src/kubernetes/grant.ts'
import { auditOf, type Trimming, trimming } from './trimmed/audited.ts'
import { losses, type Needing, needing } from './trimmed/configurations.ts'
import { helm, rendered } from './trimmed/helm.ts'
import { unnoticed } from './trimmed/planted.ts'

const charts = process.argv.slice(2)
if (charts.length === 0) throw new Error('usage: trimmed.js CHART…, folders of the chart')
const configurations = needing(process.env['ALLOY_CORPUS'] ?? new URL('../../examples', import.meta.url).pathname)
if (helm === null)
  process.stdout.write('Helm is neither named by HELM nor in the path: nothing is rendered or linted\n')
const failures = charts.flatMap(chart => measure(chart, configurations))
process.stdout.write(failures.length === 0 ? 'everything holds\n' : `${failures.join('\n')}\n`)
process.exitCode = failures.length === 0 ? 0 : 1

/** Measures one chart and prints a line; what does not hold is returned. */
function measure(chart: string, all: readonly Needing[]): readonly string[] {
  const file = join(chart, 'values.yaml')
  const text = readFileSync(file, 'utf8')
  const once = trimming(chart, text)
  if ('why' in once) return [`${chart}: ${once.why}`]
  const again = trimming(chart, once.text)
  const isStable = !('why' in again) && again.text === once.text
  const isSame = outside(text) === outside(once.text)
  const missed = unnoticed(chart, once.text)
  const lost = all.flatMap(each => losses(each, once))
  const seen = withTrimmed(chart, once, rendered)
  const parts = [
    `${once.before.length} → ${once.after.length} grants`,
    `outside rbac ${isSame ? 'the same' : 'CHANGED'}`,
    `second run ${isStable ? 'changes nothing' : 'CHANGES'}`,
    `rules taken away and not missed: ${missed.length}`,
    `${lost.length} of ${all.length} configurations lose a grant`,
    ...configured(chart, text, all),
    ...(seen === null ? [] : [`${seen.rendered} of ${seen.tried} ci values render`, `lint ${seen.lint ?? 'passes'}`]),
  ]
  process.stdout.write(`${auditOf(chart, text).chart.name}: ${parts.join(', ')}\n`)
  return [
    ...(isSame ? [] : [`${chart}: the file is not the same outside rbac`]),
    ...(isStable ? [] : [`${chart}: the second run changes the file`]),
    ...missed.map(place => `${chart}: ${place} is not missed`),
    ...lost.map(({ path, grants }) => `${chart}: ${path} loses ${grantLines(grants).join(' · ')}`),
    ...(seen?.faults ?? []).map(fault => `${chart}: ${fault}`),
    ...(seen?.lint ? [`${chart}: helm lint: ${seen.lint}`] : []),
  ]
}

/** What narrower defaults would ask of users. */
function configured(chart: string, text: string, all: readonly Needing[]): readonly string[] {
  const made = trimming(chart, text, 'configured')
  if ('why' in made) return []
  const adding = all.filter(each => losses(each, made).length > 0)
  return [`with the ${made.after.length} of the default configuration ${adding.length} would add rules`]
}

/** What is before and after the key `rbac` of values. */
function outside(text: string): string {
  const lines = text.split('\n')
  const start = lines.findIndex(line => /^rbac:/.test(line))
  const end = lines.findIndex((line, at) => at > start && /^[^\s#]/.test(line))
  return [...lines.slice(0, start + 1), ...lines.slice(end)].join('\n')
}

/** Runs something over a copy of a chart that has the trimmed values. */
function withTrimmed<T>(
  chart: string,
  { text, after }: Trimming,
  run: (copy: string, grants: Trimming['after']) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'trimmed-'))
  try {
    const copy = join(folder, 'alloy')
    cpSync(chart, copy, { recursive: true })
    writeFileSync(join(copy, 'values.yaml'), text)
    return run(copy, after)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
