import { program } from '#rulemap/program'
import { applyBaseline, baselineOf, type Entry, readBaseline } from '../check/baseline.ts'
import { check as checkWorkload } from '../check/check.ts'
import { asFinding, type CheckReport, type Report, reaches, statusOf } from '../check/finding.ts'
import type { Severity } from '../diagnostic/catalog.ts'
import { type Diagnostic, hasError, inOrder, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import { decodeText } from '../input/text.ts'
import { selectWorkload } from '../input/workload.ts'
import { checkJson } from '../render/check-json.ts'
import { checkMarkdown } from '../render/check-markdown.ts'
import { checkText } from '../render/check-text.ts'
import { githubAnnotations } from '../render/github.ts'
import { printJson } from '../render/json.ts'
import { junit } from '../render/junit.ts'
import { sarif } from '../render/sarif.ts'
import { useColor } from './color.ts'
import { widened } from './documents.ts'
import { readFile, readInputs } from './inputs.ts'
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
  return finish(report, options, io)
}

/** Holds the report against the baseline, or writes one. */
function finish(report: CheckReport, options: CheckOptions, io: Io): number {
  const baseline = options.baseline === undefined ? null : readBaselineFile(options.baseline, io)
  if (baseline !== null && baseline.value === null) {
    const findings = [...report.findings, ...baseline.diagnostics.map(asFinding)]
    return print({ ...report, findings }, options, io)
  }
  const entries = baseline?.value ?? []
  if (options.writeBaseline !== undefined && statusOf(report, 'error') !== 'no-plan') {
    const made = baselineOf(report, options.failOn, entries)
    writeDocument(printJson(made), { ...options, output: options.writeBaseline }, io)
    const { value } = readBaseline({ path: options.writeBaseline, text: printJson(made) })
    return print(applyBaseline(report, value ?? [], options.today ?? io.today()), options, io)
  }
  return print(baseline === null ? report : applyBaseline(report, entries, options.today ?? io.today()), options, io)
}

function readBaselineFile(path: string, io: Io): Outcome<readonly Entry[] | null> {
  const { value: source, diagnostics } = decodeText(path, readFile(path, io))
  return source === null ? { value: null, diagnostics } : readBaseline(source)
}

function print(report: CheckReport, options: CheckOptions, io: Io): number {
  const failOn = options.strict && options.failOn === 'error' ? 'warning' : options.failOn
  writeDiagnostics(diagnosticsOf(report), options, io)
  writeDocument(documentOf(report, failOn, options, io), options, io)
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
  given: Configuration,
  options: CheckOptions,
  io: Io,
): { readonly report: Report; readonly session: Session | null } {
  const configuration = { ...given, namespace: options.namespace ?? given.namespace }
  const { session, diagnostics } = analyzeOne(configuration, options, io)
  if (session === null || hasError(diagnostics))
    return { report: { name: configuration.name, verdict: null, findings: diagnostics.map(asFinding) }, session }
  const { plan, diagnostics: said } = widened(session, options)
  const { release, target } = session
  const versions = { release, kubernetes: target.kubernetes }
  // What the values grant beyond their defaults is a finding of its own here.
  const earlier = [...diagnostics, ...said].filter(({ code }) => code !== 'ARB509')
  return { report: checkWorkload(configuration, plan, versions, earlier), session }
}
