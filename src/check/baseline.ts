import type { Severity } from '../diagnostic/catalog.ts'
import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import { readYaml } from '../input/yaml/parse-yaml.ts'
import { itemsAt, scalarAt, type Tree, textAt } from '../input/yaml/tree.ts'
import { compareText } from '../kubernetes/grant.ts'
import { rangesOf, starredOutside } from '../secrets/mask-yaml.ts'
import { outermost, type Source, type Span } from '../source.ts'
import { asFinding, type CheckReport, type Finding, type Report, reaches } from './finding.ts'

/** A finding that someone has accepted. Lines are not part of it, so that it survives edits elsewhere in the file. */
export interface Accepted {
  readonly code: string
  readonly workload: string
  /** The file of the finding; empty where it has no place. */
  readonly path: string
  readonly subject: string
  readonly reason: string
  /** The last day on which it counts, `2026-12-31`; null for ever. */
  readonly expires: string | null
}

/** An entry of a baseline file. */
export interface Entry extends Accepted {
  readonly span: Span
}

/** Reads a baseline file. The value is null exactly when an error was reported. */
export function readBaseline(source: Source): Outcome<readonly Entry[] | null> {
  const { value, diagnostics } = readYaml(source)
  const [tree] = value
  const shown = withoutOtherText(source)
  const at = (span: Span): Span => ({ ...span, source: shown })
  const start = { source, start: 0, end: 1 }
  const wrong = (span: Span, what: string): Outcome<null> => ({
    value: null,
    diagnostics: [...diagnostics, diagnostic('baseline-shape', at(span), { what })],
  })
  if (!tree || scalarAt(tree, 'version')?.value !== 1) return wrong(tree?.span ?? start, 'expected version 1')
  const entries: Entry[] = []
  for (const item of itemsAt(tree, 'findings')) {
    const found = entryOf(item)
    if (typeof found === 'string') return wrong(item.span, found)
    entries.push({ ...found, span: at(found.span) })
  }
  return { value: entries, diagnostics }
}

/** The same text, place for place, with stars for all but what a baseline consists of: reasons are their author's words. */
function withoutOtherText(source: Source): Source {
  const { text } = source
  return { ...source, text: starredOutside(text, rangesOf(text, parts), /[^\s{}[\],:"'-]/g), shown: true }
}

const parts =
  /(?<![\w.-])["']?(?:(?:reason|findings|version|expires)["']?\s*:|version["']?\s*:\s*\d+\b|expires["']?\s*:\s*["']?[\d-]+\b|(?:code|workload|path|subject)["']?\s*:\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'][^\n,}]*))/g

function entryOf(item: Tree): Entry | string {
  const [code, subject] = [textAt(item, 'code'), textAt(item, 'subject')]
  if (code === null || subject === null) return 'expected code and subject in every entry'
  const expires = textAt(item, 'expires')
  if (expires !== null && !isDate(expires)) return `expected a date such as 2026-12-31 for expires`
  return {
    code,
    subject,
    workload: textAt(item, 'workload') ?? '',
    path: textAt(item, 'path') ?? '',
    reason: textAt(item, 'reason') ?? '',
    expires,
    span: scalarAt(item, 'code')?.span ?? item.span,
  }
}

const keyOf = ({ code, workload, path, subject }: Omit<Accepted, 'reason' | 'expires'>): string =>
  [code, workload, path, subject].join('\0')

function keyed({ diagnostic: { code, span }, subject }: Finding, workload: string) {
  return { code, workload, path: span === null ? '' : outermost(span).source.path, subject }
}

/** A report by what reading a baseline came to: without what was accepted, or with what is wrong with the baseline. */
export function withBaseline(
  report: CheckReport,
  { value, diagnostics }: Outcome<readonly Entry[] | null>,
  today: string,
): CheckReport {
  if (value !== null) return applyBaseline(report, value, today)
  return { ...report, findings: [...report.findings, ...diagnostics.map(asFinding)] }
}

/** Takes the accepted findings out of a report; entries that have expired or match nothing are findings themselves. */
function applyBaseline(report: CheckReport, entries: readonly Entry[], today: string): CheckReport {
  const live = new Set(entries.filter(({ expires }) => expires === null || expires >= today).map(keyOf))
  const seen = new Set<string>()
  const keep = (workload: string) => (finding: Finding) => {
    const key = keyOf(keyed(finding, workload))
    seen.add(key)
    return !live.has(key)
  }
  // What denies a verdict cannot be accepted: nothing is known then.
  const workloads = report.workloads.map(
    (each): Report => ({
      ...each,
      findings: each.verdict === null ? each.findings : each.findings.filter(keep(each.name)),
    }),
  )
  const judged = report.workloads.length > 0 && report.workloads.every(({ verdict }) => verdict !== null)
  const said = entries.flatMap(entry => {
    const found = judge(entry, seen.has(keyOf(entry)) || !judged, today)
    return found === null ? [] : [{ diagnostic: found, subject: `${entry.code} ${entry.subject}` }]
  })
  return { ...report, workloads, findings: [...report.findings, ...said] }
}

function judge({ code, subject, expires, span }: Entry, seen: boolean, today: string): Diagnostic | null {
  if (!seen) return diagnostic('baseline-stale', span, { code, subject })
  if (expires !== null && expires < today) return diagnostic('baseline-expired', span, { code, subject, expires })
  return null
}

/** The findings of a report that would fail it, as a baseline; reasons and dates of entries that are there already stay. */
export function baselineOf(report: CheckReport, failOn: Severity, before: readonly Entry[]): object {
  const known = new Map(before.map(entry => [keyOf(entry), entry]))
  const found = report.workloads
    .filter(({ verdict }) => verdict !== null)
    .flatMap(({ name, findings }) =>
      findings.filter(({ diagnostic }) => reaches(diagnostic.severity, failOn)).map(each => keyed(each, name)),
    )
  const unique = new Map(found.map(each => [keyOf(each), each]))
  const entries = [...unique].sort(([a], [b]) => compareText(a, b))
  return {
    version: 1,
    findings: entries.map(([key, each]) => {
      const { reason = '', expires = null } = known.get(key) ?? {}
      return { ...each, reason, ...(expires === null ? {} : { expires }) }
    }),
  }
}

/** Says whether a text is a day as ISO 8601 writes it. */
export function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '').split('-').map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
