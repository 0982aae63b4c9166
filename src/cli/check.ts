import { program } from '#rulemap/program'
import { check as checkWorkload } from '../check/check.ts'
import { asFinding, type CheckReport, type Report, reaches, statusOf } from '../check/finding.ts'
import type { Severity } from '../diagnostic/catalog.ts'
import { type Diagnostic, hasError, inOrder } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import { selectWorkload } from '../input/workload.ts'
import { checkJson } from '../render/check-json.ts'
import { checkMarkdown } from '../render/check-markdown.ts'
import { checkText } from '../render/check-text.ts'
import { githubAnnotations } from '../render/github.ts'
import { junit } from '../render/junit.ts'
import { sarif } from '../render/sarif.ts'
import { useColor } from './color.ts'
import { widened } from './documents.ts'
import { readInputs } from './inputs.ts'
import type { Io } from './io.ts'
import type { CheckOptions } from './options.ts'
import { writeDiagnostics, writeDocument } from './report.ts'
import { exit } from './run.ts'
import { analyzeOne, type Session } from './session.ts'

/** `alloy-rbac check`: what a deployment grants against what it needs. */
export function check(paths: readonly string[], options: CheckOptions, io: Io): number {
  const read = readInputs(paths, options.namespace, io)
  const chosen = choose(read.value, options)
  const judged = chosen.value.map(each => judge(each, options, io))
  const [first] = judged.flatMap(({ session }) => session ?? [])
  const report: CheckReport = {
    analyzer: program,
    target: first
      ? { alloy: first.target.alloy, chart: first.release.version, kubernetes: first.target.kubernetes }
      : null,
    workloads: judged.map(each => each.report),
    findings: [...read.diagnostics, ...chosen.diagnostics].map(asFinding),
  }
  return print(report, options, io)
}

function print(report: CheckReport, options: CheckOptions, io: Io): number {
  const failOn = options.strict && options.failOn === 'error' ? 'warning' : options.failOn
  writeDiagnostics(diagnosticsOf(report), options, io)
  writeDocument(documentOf(report, failOn, options, io), options, io)
  if (hasError(report.findings.map(({ diagnostic }) => diagnostic))) return exit.failure
  return { clean: exit.done, findings: exit.fault, 'no-plan': exit.failure }[statusOf(report, failOn)]
}

const diagnosticsOf = ({ findings, workloads }: CheckReport): readonly Diagnostic[] =>
  inOrder([...findings, ...workloads.flatMap(each => each.findings)].map(({ diagnostic }) => diagnostic))

function documentOf(report: CheckReport, failOn: Severity, options: CheckOptions, io: Io): string {
  switch (options.format) {
    case 'json':
      return checkJson(report, failOn)
    case 'sarif':
      return sarif(report)
    case 'github':
      return githubAnnotations(report)
    case 'junit':
      return junit(report, failOn)
    case 'markdown':
      return checkMarkdown(report, failOn)
    default: {
      const color = options.output === undefined && useColor(options.color, io.env, io.terminal)
      return checkText(report, { color, failOn, notes: options.quiet !== true || reaches('note', failOn) })
    }
  }
}

/** All workloads, or the one that is named. */
function choose(configurations: readonly Configuration[], { workload }: CheckOptions) {
  if (workload === undefined) return { value: configurations, diagnostics: [] }
  const { value, diagnostics } = selectWorkload(configurations, workload)
  return { value: value === null ? [] : [value], diagnostics }
}

function judge(
  configuration: Configuration,
  options: CheckOptions,
  io: Io,
): { readonly report: Report; readonly session: Session | null } {
  const { session, diagnostics } = analyzeOne(configuration, options, io)
  if (session === null || hasError(diagnostics))
    return { report: { name: configuration.name, verdict: null, findings: diagnostics.map(asFinding) }, session }
  const { plan, diagnostics: said } = widened(session, options)
  const { release, target } = session
  const versions = { release, kubernetes: target.kubernetes }
  return { report: checkWorkload(configuration, plan, versions, [...diagnostics, ...said]), session }
}
