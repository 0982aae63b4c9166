import { allFindings, type CheckReport, type Finding } from '../../check/finding.ts'
import { type Code, codes, entryOf } from '../../diagnostic/catalog.ts'
import { notesOf } from '../../explain/explain.ts'
import type { Span } from '../../source.ts'
import { printJson } from '../json.ts'
import { rangeOf } from '../places.ts'

const positions: ReadonlyMap<Code, number> = new Map(codes.map((code, at) => [code, at]))

/** The report as a SARIF 2.1.0 log with one run, whose rules are the whole catalog. */
export function sarif(report: CheckReport): string {
  const { analyzer, workloads } = report
  return printJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: analyzer.name, version: analyzer.version, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          { executionSuccessful: workloads.length > 0 && workloads.every(({ verdict }) => verdict !== null) },
        ],
        results: allFindings(report).map(resultOf),
      },
    ],
  })
}

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
    defaultConfiguration: { level: severity },
  }
}

function resultOf({ diagnostic, subject }: Finding): object {
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
    partialFingerprints: { 'subject/v1': `${code} ${subject}` },
  }
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
