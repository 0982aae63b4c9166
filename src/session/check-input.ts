import { program } from '#rulemap/program'
import { type Diagnostic, hasError, inOrder, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Severity } from '../diagnostic/entry.ts'
import type { Configuration } from '../input/configuration.ts'
import { selectWorkload } from '../input/select-workload.ts'
import type { Plan } from '../plan/plan.ts'
import { githubAnnotations } from '../render/check/github.ts'
import { checkJson } from '../render/check/json.ts'
import { junit } from '../render/check/junit.ts'
import { checkMarkdown } from '../render/check/markdown.ts'
import { sarif } from '../render/check/sarif.ts'
import { checkText } from '../render/check/text.ts'
import { report as htmlReport } from '../render/html/report.ts'
import { printJson } from '../render/json.ts'
import { check } from '../reports/check/check.ts'
import { asFinding } from '../reports/check/finding.ts'
import { pipelineReports } from '../reports/check/pipelines.ts'
import { allFindings, type CheckReport } from '../reports/check/report.ts'
import type { Report } from '../reports/check/verdict.ts'
import { needsHostProcess } from '../rules/windows.ts'
import type { Place } from './disk.ts'
import { targetJson, widened, yaml } from './generate.ts'
import type { SessionOptions, WideningOptions } from './options.ts'
import { analyzeOne, type Session } from './session.ts'

/** What a check is made for. */
export interface CheckedOptions extends SessionOptions, WideningOptions {
  /** `gke-autopilot`: also what Autopilot refuses of the pod. */
  readonly platform?: 'gke-autopilot'
  /** `error`: what lacks and is only assumed to be needed is an error too. */
  readonly assumed?: 'error'
}

/** Compares what every workload of an input, or the one that is named, is granted with what its configuration needs. */
export function checkInput(
  read: Outcome<readonly Configuration[]>,
  options: CheckedOptions,
  place: Place,
): CheckReport {
  const chosen = choose(read.value, options)
  const judged = chosen.value.map(each => judge(each, options, place))
  const [first] = judged.flatMap(({ session }) => session ?? [])
  return {
    analyzer: program,
    target: first ? targetJson(first) : null,
    workloads: judged.map(each => each.report),
    ...pipelinesOf(chosen.value, judged),
    findings: [...read.diagnostics, ...chosen.diagnostics].map(asFinding),
  }
}

/** All workloads, or the one that is named. */
function choose(
  configurations: readonly Configuration[],
  { workload }: SessionOptions,
): Outcome<readonly Configuration[]> {
  if (workload === undefined) return { value: configurations, diagnostics: [] }
  const { value, diagnostics } = selectWorkload(configurations, workload)
  return { value: value === null ? [] : [value], diagnostics }
}

/** What remote pipelines meet, where some were passed. */
function pipelinesOf(
  configurations: readonly Configuration[],
  judged: readonly Judged[],
): Pick<CheckReport, 'pipelines'> {
  const [first] = configurations
  if (first?.remote === undefined) return {}
  const workloads = judged.flatMap(({ report: { name, verdict }, session }) =>
    session === null ? [] : [{ name, verdict, plan: session.plan, pipelines: session.pipelines }],
  )
  return {
    pipelines: pipelineReports(
      first.remote.map(({ name }) => name),
      workloads,
    ),
  }
}

/** A workload that was judged; no session where its configuration has errors. */
interface Judged {
  readonly report: Report
  readonly session: Session | null
}

function judge(given: Configuration, options: CheckedOptions, place: Place): Judged {
  const configuration = { ...given, namespace: options.namespace ?? given.namespace }
  const { session, diagnostics } = analyzeOne(configuration, options, place)
  if (session === null || hasError(diagnostics))
    return { report: { name: configuration.name, verdict: null, findings: diagnostics.map(asFinding) }, session }
  const { plan, diagnostics: widenings } = widened(session, options)
  const { release, target } = session
  const { platform, assumed } = options
  const circumstances = {
    release,
    kubernetes: target.kubernetes,
    ...(platform && { platform }),
    ...(assumed && { assumed }),
  }
  // What the values grant beyond their defaults is a finding of its own here.
  const said = [...diagnostics, ...widenings].filter(({ name }) => name !== 'extra-rules-dropped')
  const withOptional = (): Plan => {
    const generous = session.withOptional()
    return generous === null ? plan : widened({ ...session, plan: generous }, options).plan
  }
  const hostProcess = needsHostProcess(session.uses, session.derivation.rulesOf)
  return { report: check(configuration, plan, circumstances, { said, withOptional, hostProcess }), session }
}

/** Every diagnostic of a report, in order. */
export const diagnosticsOf = (report: CheckReport): readonly Diagnostic[] =>
  inOrder(allFindings(report).map(({ diagnostic }) => diagnostic))

/** How a report is shown. */
export interface CheckFormat {
  readonly format: 'text' | 'json' | 'sarif' | 'github' | 'junit' | 'markdown' | 'html'
  /** The lowest severity that fails. */
  readonly failOn: Severity
  readonly color: boolean
  /** Whether the text names notes. */
  readonly notes: boolean
}

/** A report in the format asked for. */
export function checkDocument(report: CheckReport, { format, failOn, color, notes }: CheckFormat): string {
  switch (format) {
    case 'json':
      return printJson(checkJson(report, failOn))
    case 'html':
      return htmlReport({ command: 'check', document: checkJson(report, failOn), yaml })
    case 'sarif':
      return sarif(report)
    case 'github':
      return githubAnnotations(report)
    case 'junit':
      return junit(report, failOn)
    case 'markdown':
      return checkMarkdown(report, failOn)
    case 'text':
      return checkText(report, { color, failOn, notes })
  }
}
