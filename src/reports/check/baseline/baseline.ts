import { type Diagnostic, diagnostic, type Outcome } from '../../../diagnostic/diagnostic.ts'
import type { Severity } from '../../../diagnostic/entry.ts'
import { outermost } from '../../../source.ts'
import { compareText } from '../../../text/compare-text.ts'
import { asFinding, type Finding, keysOf, reaches } from '../finding.ts'
import type { AcceptedFinding, CheckReport } from '../report.ts'
import type { Accepted, Baseline, Entry } from './read-baseline.ts'

/** Where the schema of a baseline is published. */
const schema = 'https://unpkg.com/alloy-rbac/docs/schemas/baseline.schema.json'

/** A baseline as it is written; those of version 1 name no grant. */
export interface BaselineJson {
  readonly $schema?: string
  readonly version: 1 | 2
  readonly findings: readonly {
    readonly code: string
    readonly workload?: string
    readonly path?: string
    readonly subject: string
    readonly reason?: string
    readonly expires?: string
  }[]
}

type Key = Pick<Accepted, 'code' | 'workload' | 'path' | 'subject'>

const textOf = ({ code, workload, path, subject }: Key): string => [code, workload, path, subject].join('\0')

const pathOf = ({ diagnostic: { span } }: Finding): string => (span === null ? '' : outermost(span).source.path)

const keyOf = (finding: Finding, workload: string, subject: string): Key => ({
  code: finding.diagnostic.code,
  workload,
  path: pathOf(finding),
  subject,
})

/** The entries of a baseline by what they accept. */
function index(entries: readonly Entry[]): (finding: Finding, workload: string, key: string) => Entry | null {
  const byKey = new Map(entries.flatMap(entry => entry.keys.map(subject => [textOf({ ...entry, subject }), entry])))
  return (finding, workload, key) =>
    byKey.get(textOf(keyOf(finding, workload, key))) ??
    byKey.get(textOf(keyOf(finding, workload, finding.subject))) ??
    null
}

/** A report by what reading a baseline came to: without what was accepted, or with what is wrong with the baseline. */
export function withBaseline(
  report: CheckReport,
  { value, diagnostics }: Outcome<Baseline | null>,
  today: string,
): CheckReport {
  if (value !== null) return applyBaseline(report, value, today)
  return { ...report, findings: [...report.findings, ...diagnostics.map(asFinding)] }
}

/** Takes what is accepted out of a report; entries that have expired, match nothing or give no reason are findings themselves. */
function applyBaseline(report: CheckReport, { path, entries }: Baseline, today: string): CheckReport {
  const entryFor = index(entries)
  const seen = new Set<Entry>()
  const accepted: AcceptedFinding[] = []
  const judge = (finding: Finding, workload: string): readonly Finding[] => {
    const found = keysOf(finding).map(key => ({ key, entry: entryFor(finding, workload, key) }))
    for (const { entry } of found) if (entry) seen.add(entry)
    const live = found.flatMap(({ key, entry }) => (entry && isLive(entry, today) ? [{ key, entry }] : []))
    if (live.length === 0) return [finding]
    const taken = new Set(live.map(({ key }) => key))
    const left = found.filter(({ key }) => !taken.has(key)).map(({ key }) => key)
    const reason = [...new Set(live.map(({ entry }) => entry.reason).filter(text => text !== ''))].join('; ')
    accepted.push({ workload, finding: finding.only?.(taken) ?? finding, reason })
    const rest = left.length === 0 ? null : finding.only?.(new Set(left))
    return rest ? [rest] : []
  }
  const judged = report.workloads.length > 0 && report.workloads.every(({ verdict }) => verdict !== null)
  // What denies a verdict cannot be accepted: nothing is known then.
  const workloads = report.workloads.map(each =>
    each.verdict === null ? each : { ...each, findings: each.findings.flatMap(finding => judge(finding, each.name)) },
  )
  const ofInput = report.findings.flatMap(each => (each.diagnostic.severity === 'error' ? [each] : judge(each, '')))
  const said = entries.flatMap(entry => {
    const found = judgeEntry(entry, seen.has(entry) || !judged, today)
    return found === null ? [] : [{ diagnostic: found, subject: `${entry.code} ${entry.subject}` }]
  })
  return {
    ...report,
    workloads,
    findings: [...ofInput, ...said, ...withoutReason(entries)],
    accepted: { by: path, findings: accepted },
  }
}

const isLive = ({ expires }: Entry, today: string): boolean => expires === null || expires >= today

function judgeEntry({ code, subject, expires, span }: Entry, seen: boolean, today: string): Diagnostic | null {
  if (!seen) return diagnostic('baseline-stale', span, { code, subject })
  if (expires !== null && expires < today) return diagnostic('baseline-expired', span, { code, subject, expires })
  return null
}

/** One note for all entries that say nothing about why: a list of them would hide what else there is. */
function withoutReason(entries: readonly Entry[]): readonly Finding[] {
  const silent = entries.filter(({ reason }) => reason.trim() === '')
  const [first] = silent
  if (first === undefined) return []
  return [asFinding(diagnostic('baseline-without-reason', first.span, { count: silent.length }))]
}

/** What of a report would fail it, as a baseline, one entry for each grant or privilege; reasons and dates that are there already stay. */
export function baselineOf(report: CheckReport, failOn: Severity, before: readonly Entry[]): BaselineJson {
  const known = index(before)
  const all = [
    ...report.findings.filter(({ diagnostic: { severity } }) => severity !== 'error').map(each => ({ each, name: '' })),
    ...report.workloads
      .filter(({ verdict }) => verdict !== null)
      .flatMap(({ name, findings }) => findings.map(each => ({ each, name }))),
  ]
  const found = all
    .filter(({ each }) => reaches(each.diagnostic.severity, failOn))
    .flatMap(({ each, name }) =>
      keysOf(each).map(key => ({ ...keyOf(each, name, key), entry: known(each, name, key) })),
    )
  const unique = new Map(found.map(each => [textOf(each), each]))
  const entries = [...unique].sort(([a], [b]) => compareText(a, b))
  return {
    $schema: schema,
    version: 2,
    findings: entries.map(([, { entry, ...key }]) => {
      const { reason = '', expires = null } = entry ?? {}
      return { ...key, reason, ...(expires === null ? {} : { expires }) }
    }),
  }
}
