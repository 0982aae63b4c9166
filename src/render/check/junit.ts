import type { Severity } from '../../diagnostic/entry.ts'
import { type Finding, reaches } from '../../reports/check/finding.ts'
import type { CheckReport } from '../../reports/check/report.ts'
import { inert } from '../../text/inert.ts'
import { oneLine } from '../frame.ts'
import { placeOf } from '../places.ts'

/** A suite for each workload; findings at or above the limit are failures, others are tests that pass and say something. */
export function junit(report: CheckReport, failOn: Severity): string {
  const suites = [
    ...(report.findings.length > 0 || report.workloads.length === 0
      ? [{ name: 'input', findings: report.findings, judged: true }]
      : []),
    ...report.workloads.map(({ name, findings, verdict }) => ({
      name: name === '' ? 'configuration' : name,
      findings,
      judged: verdict !== null,
    })),
  ].map(({ name, findings, judged }) => suite(name, findings, failOn, judged))
  if (report.accepted && report.accepted.findings.length > 0) suites.push(skipped(report.accepted))
  const total = (key: 'tests' | 'failures' | 'errors'): number => suites.reduce((sum, each) => sum + each[key], 0)
  const counts = `tests="${total('tests')}" failures="${total('failures')}" errors="${total('errors')}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(report.analyzer.name)}" ${counts}>`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(name: string, findings: readonly Finding[], failOn: Severity, judged: boolean) {
  const failing = findings.filter(({ diagnostic }) => reaches(diagnostic.severity, failOn))
  // Without a verdict an error is the input's fault and no failed check.
  const wrong = judged ? 0 : failing.length
  const tests = Math.max(1, findings.length)
  const failures = failing.length - wrong
  const result = judged ? 'failure' : 'error'
  const cases =
    findings.length === 0
      ? [`    <testcase classname="${attribute(name)}" name="grants and privileges"/>`]
      : findings.flatMap(each => testcase(name, each, failing.includes(each) ? result : null))
  const head = `  <testsuite name="${attribute(name)}" tests="${tests}" failures="${failures}" errors="${wrong}">`
  return { tests, failures, errors: wrong, lines: [head, ...cases, '  </testsuite>'] }
}

/** What a baseline accepts, as tests that are skipped. */
function skipped({ by, findings }: NonNullable<CheckReport['accepted']>): ReturnType<typeof suite> {
  const cases = findings.flatMap(({ workload, finding, reason }) => {
    const name = `${finding.diagnostic.code} ${finding.subject}`
    return [
      `    <testcase classname="${attribute(workload === '' ? 'configuration' : workload)}" name="${attribute(name)}">`,
      `      <skipped message="${attribute(reason === '' ? `accepted by ${by}` : reason)}"/>`,
      '    </testcase>',
    ]
  })
  const head = `  <testsuite name="${attribute(by)}" tests="${findings.length}" failures="0" errors="0" skipped="${findings.length}">`
  return { tests: findings.length, failures: 0, errors: 0, lines: [head, ...cases, '  </testsuite>'] }
}

function testcase(
  name: string,
  { diagnostic, subject }: Finding,
  outcome: 'failure' | 'error' | null,
): readonly string[] {
  const { code, severity, message, help, span } = diagnostic
  const place = span === null ? '' : ` file="${attribute(placeOf(span).path)}" line="${placeOf(span).line}"`
  const text = `${oneLine(diagnostic)}${help === null ? '' : `\nhelp: ${help}`}`
  const tag = outcome ?? 'system-out'
  const about = outcome === null ? '' : ` type="${severity}" message="${attribute(message)}"`
  return [
    `    <testcase classname="${attribute(name)}" name="${attribute(`${code} ${subject}`)}"${place}>`,
    `      <${tag}${about}>${escaped(text)}</${tag}>`,
    '    </testcase>',
  ]
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** XML 1.0 has no place for control characters, not even escaped: what cannot be shown is shown by its own escape. */
const attribute = (text: string): string => escaped(inert(text)).replaceAll('"', '&quot;')
