import { grantCount } from '../../reports/check/finding.ts'
import type { CheckReport } from '../../reports/check/report.ts'
import type { Report } from '../../reports/check/verdict.ts'
import type { Table } from '../table.ts'

/** What every workload has and needs, a row each; the last row is of all together. */
export function checkTotals({ workloads }: CheckReport): Table {
  const titles = [
    'workload',
    'granted',
    'needed',
    'missing',
    'excess',
    'secrets readable',
    'capabilities',
    'Pod Security',
  ]
  return { titles, rows: [...workloads.map(rowOf), ...(workloads.length > 1 ? [sumOf(workloads)] : [])] }
}

function rowOf({ name, verdict }: Report): readonly string[] {
  const title = name === '' ? 'the configuration' : name
  if (verdict === null) return [title, 'no verdict']
  const { holds, needed, missing, excess, phantom } = verdict
  return [
    title,
    ...[holds.granted, needed, missing.length, grantCount(excess) + grantCount(phantom)].map(String),
    shownSecrets(holds.secrets),
    String(holds.capabilities.length),
    holds.level ?? '',
  ]
}

/** All Secrets of the cluster, or how many namespaces and objects are named. */
function shownSecrets(secrets: readonly string[]): string {
  if (secrets.includes('cluster')) return 'all'
  return secrets.length <= 2 ? secrets.join(', ') || 'none' : `${secrets.length} places`
}

function sumOf(workloads: readonly Report[]): readonly string[] {
  const verdicts = workloads.flatMap(({ verdict }) => verdict ?? [])
  const sum = (count: (verdict: (typeof verdicts)[number]) => number): string =>
    String(verdicts.reduce((total, verdict) => total + count(verdict), 0))
  return [
    `all ${workloads.length}`,
    sum(({ holds }) => holds.granted),
    sum(({ needed }) => needed),
    sum(({ missing }) => missing.length),
    sum(({ excess, phantom }) => grantCount(excess) + grantCount(phantom)),
    `${verdicts.filter(({ holds }) => holds.secrets.includes('cluster')).length} read all`,
    sum(({ holds }) => holds.capabilities.length),
    '',
  ]
}
