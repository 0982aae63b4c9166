import { program } from '#rulemap/program'
import type { Outcome } from '../../diagnostic/diagnostic.ts'
import { deniedJson, deniedText } from '../../render/denied.ts'
import { type DenialContext, type Judgement, judge } from '../../reports/denied/judge.ts'
import { judgeRefusal } from '../../reports/denied/judge-refusal.ts'
import { type LogReport, type Refusal, readLog } from '../../reports/denied/log.ts'
import { open } from '../../session/session.ts'
import { versionsFor } from '../../session/versions.ts'
import type { Span } from '../../source.ts'
import { exit } from '../exit.ts'
import { logPieces, placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { DeniedOptions } from '../options.ts'
import { colors, forbids, printFrames, refuse, writeDiagnostics, writeDocument } from '../report.ts'

/** `alloy-rbac denied`: requests that Alloy's log tells were refused, who asks for them, and whether to grant them. */
export function denied(paths: readonly string[], options: DeniedOptions, io: Io): number {
  if (paths.length + options.url.length === 0) {
    io.stderr("error: missing required argument 'log', or --url\n")
    return exit.usage
  }
  const logs = paths.map(path => readLog(path, logPieces(path, io)))
  const { value: grounds, diagnostics: before } = groundsOf(options, io)
  const diagnostics = [...logs.flatMap(log => log.diagnostics), ...before]
  if (grounds === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
  const judged = logs
    .flatMap(({ denials }) => denials)
    .map(denial => judge(denial, grounds))
    .sort((a, b) => rank(a) - rank(b))
  const others = [...logs.flatMap(({ refusals }) => refusals), ...options.url.map(answered)]
    .map(refusal => judgeRefusal(refusal, grounds))
    .sort((a, b) => rank(a) - rank(b))
  writeDiagnostics([...diagnostics, ...[...judged, ...others].map(each => each.diagnostic)], options, io)
  if (options.format === 'json') {
    writeDocument(deniedJson(judged, others, program, diagnostics), options, io)
    return exit.done
  }
  printFrames(
    diagnostics.filter(({ severity }) => severity !== 'note'),
    options,
    io,
  )
  const config = options.config.length > 0
  writeDocument(deniedText(judged, others, { lines: linesOf(logs), color: colors(options, io), config }), options, io)
  return exit.done
}

/** What `--url` asks about: a server that answered 403. */
function answered(url: string): Refusal {
  const span: Span = { source: { path: '--url', text: url, shown: true }, start: 0, end: url.length }
  return { kind: 'answer', url, component: null, count: 1, span }
}

const rank = ({ diagnostic: { severity } }: Pick<Judgement, 'diagnostic'>): number =>
  ({ error: 0, warning: 1, note: 2 })[severity]

const linesOf = (logs: readonly LogReport[]): number => logs.reduce((sum, { lines }) => sum + lines, 0)

/** The plan of the configuration that `--config` names; without one, the rule map alone decides. */
function groundsOf(options: DeniedOptions, io: Io): Outcome<DenialContext | null> {
  if (options.config.length === 0) {
    const { value, diagnostics } = versionsFor(options, null)
    const { alloy = '', kubernetes = '' } = value?.target ?? {}
    return { value: value && { plan: null, used: new Set(), instances: new Set(), alloy, kubernetes }, diagnostics }
  }
  const { session, diagnostics } = open(readInputs(options.config, options, io), options, placeOf(io))
  if (session === null) return { value: null, diagnostics }
  const used = new Set(session.uses.map(({ component }) => component))
  const instances = new Set(session.uses.map(({ id }) => id))
  const { alloy, kubernetes } = session.target
  return { value: { plan: session.plan, used, instances, alloy, kubernetes }, diagnostics }
}
