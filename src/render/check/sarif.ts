import { type Code, codes, entryOf, type Name } from '../../diagnostic/catalog.ts'
import { type Finding, keysOf } from '../../reports/check/finding.ts'
import type { CheckReport } from '../../reports/check/report.ts'
import { notesOf } from '../../reports/explain/explain.ts'
import type { Span } from '../../source.ts'
import { hash } from '../../text/hash.ts'
import { words } from '../../text/words.ts'
import { printJson } from '../json.ts'
import { rangeOf } from '../places.ts'

const positions: ReadonlyMap<Code, number> = new Map(codes.map((code, at) => [code, at]))

/** The report as a SARIF 2.1.0 log with one run, whose rules are the whole catalog. */
export function sarif(report: CheckReport): string {
  const { analyzer, workloads, accepted } = report
  // Of the results of one run all say whether they are suppressed, or none does.
  const open = accepted === undefined ? {} : { suppressions: [] }
  return sarifLog(analyzer, {
    invocations: [{ executionSuccessful: workloads.length > 0 && workloads.every(({ verdict }) => verdict !== null) }],
    results: [
      ...report.findings.map(each => ({ ...sarifResult(each, ''), ...open })),
      ...workloads.flatMap(({ name, findings }) => findings.map(each => ({ ...sarifResult(each, name), ...open }))),
      ...(accepted?.findings ?? []).map(({ finding, workload, reason }) => ({
        ...sarifResult(finding, workload),
        suppressions: [
          {
            kind: 'external',
            status: 'accepted',
            justification: reason === '' ? `accepted by ${accepted?.by}` : reason,
          },
        ],
      })),
    ],
  })
}

/** The log of a run that came to no report: what is wrong with the input, in words. */
export function sarifOfFailure(analyzer: CheckReport['analyzer'], message: string): string {
  const toolExecutionNotifications = [{ level: 'error', message: { text: words(message) } }]
  return sarifLog(analyzer, { invocations: [{ executionSuccessful: false, toolExecutionNotifications }], results: [] })
}

/** A log with one run. */
export function sarifLog({ name, version }: CheckReport['analyzer'], run: object): string {
  return printJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, informationUri: address, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        ...run,
      },
    ],
  })
}

/** Where the package is published. */
const address = 'https://www.npmjs.com/package/alloy-rbac'

/** What a code is about, by its first digit. */
const topics = ['syntax', 'modules', 'evaluation', 'knowledge', 'permissions', 'chart'] as const

/** How much a finding matters to an attacker, from 0 to 10, where the severity alone does not tell. */
const risks: Readonly<Partial<Record<Name, string>>> = {
  'wildcard-grant': '8.8',
  'excess-grant': '8.0',
  'excess-privilege': '7.5',
  'token-of-a-secret': '7.0',
  'role-gathers-others': '6.0',
  'token-without-need': '5.5',
  'account-shared': '4.0',
}

const riskOfSeverity = { error: '5.0', warning: '3.0', note: '1.0' } as const

/** What a viewer shows beside a result: what it means and what to do about it. */
function ruleOf(code: Code): object {
  const { name, severity, help } = entryOf(code)
  const text = name.replaceAll('-', ' ')
  const { means, remedy = help } = notesOf(code)
  const todo = remedy === undefined ? [] : [remedy]
  return {
    id: code,
    name: name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text },
    fullDescription: { text: means },
    help: {
      text: [means, ...todo, `alloy-rbac explain ${code}`].join('\n'),
      markdown: [means, ...todo, `\`alloy-rbac explain ${code}\``].join('\n\n'),
    },
    helpUri: `${address}#${code.toLowerCase()}`,
    defaultConfiguration: { level: severity },
    properties: {
      tags: ['security', 'kubernetes', topics[Number(code[3])] ?? 'permissions'],
      'security-severity': risks[name as Name] ?? riskOfSeverity[severity],
    },
  }
}

/** One finding of a workload as a result. */
export function sarifResult(finding: Finding, workload: string): object {
  const { diagnostic } = finding
  const { code, severity, message, help, span, related } = diagnostic
  return {
    ruleId: code,
    ruleIndex: positions.get(code),
    level: severity,
    message: { text: help === null ? message : `${message}\nhelp: ${help}` },
    ...(span === null ? {} : { locations: [locationOf(span)] }),
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map(({ span: at, text }, id) => ({ id, ...locationOf(at), message: { text } })) }),
    partialFingerprints: fingerprintsOf(finding, workload),
  }
}

/** Stable while words and lines change. GitHub tells findings on one line apart by the second alone, and makes its own where there is none. */
function fingerprintsOf(finding: Finding, workload: string): object {
  const { code, span } = finding.diagnostic
  const about = [code, workload, ...keysOf(finding)].join(' · ')
  const path = span === null ? '' : rangeOf(span).path
  return { 'subject/v2': about, primaryLocationLineHash: `${hash(`${path}\0${about}`)}:1` }
}

function locationOf(span: Span) {
  const { path, line, column, endLine, endColumn } = rangeOf(span)
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path) },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  }
}

/** What UTF-8 has no bytes for. */
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A path as a relative reference: a colon in its first part would be taken for a scheme, so that it is escaped. */
function uriOf(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .split('/')
    .map(part => encodeURIComponent(part.replace(loneSurrogates, '\ufffd')))
    .join('/')
}
