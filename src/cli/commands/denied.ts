import { program } from '#rulemap/program'
import { type DenialContext, type Judgement, judge } from '../../denied/judge.ts'
import { type LogReport, readLog } from '../../denied/log.ts'
import type { Outcome } from '../../diagnostic/diagnostic.ts'
import { deniedJson, deniedText } from '../../render/denied.ts'
import { open } from '../../session/session.ts'
import { versionsFor } from '../../session/versions.ts'
import { exit } from '../exit.ts'
import { logPieces, placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { DeniedOptions } from '../options.ts'
import { colors, forbids, printFrames, refuse, writeDiagnostics, writeDocument } from '../report.ts'

/** `alloy-rbac denied`: requests that Alloy's log tells were refused, who asks for them, and whether to grant them. */
export function denied(paths: readonly string[], options: DeniedOptions, io: Io): number {
  const logs = paths.map(path => readLog(path, logPieces(path, io)))
  const { value: grounds, diagnostics: before } = groundsOf(options, io)
  const diagnostics = [...logs.flatMap(log => log.diagnostics), ...before]
  if (grounds === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
  const judged = logs
    .flatMap(({ denials }) => denials)
    .map(denial => judge(denial, grounds))
    .sort((a, b) => rank(a) - rank(b))
  writeDiagnostics([...diagnostics, ...judged.map(each => each.diagnostic)], options, io)
  if (options.format === 'json') {
    writeDocument(deniedJson(judged, program, diagnostics), options, io)
    return exit.done
  }
  printFrames(
    diagnostics.filter(({ severity }) => severity !== 'note'),
    options,
    io,
  )
  writeDocument(deniedText(judged, { lines: linesOf(logs), color: colors(options, io) }), options, io)
  return exit.done
}

const rank = ({ diagnostic: { severity } }: Judgement): number => ({ error: 0, warning: 1, note: 2 })[severity]

const linesOf = (logs: readonly LogReport[]): number => logs.reduce((sum, { lines }) => sum + lines, 0)

/** The plan of the configuration that `--config` names; without one, the rule map alone decides. */
function groundsOf(options: DeniedOptions, io: Io): Outcome<DenialContext | null> {
  if (options.config.length === 0) {
    const { value, diagnostics } = versionsFor(options, null)
    return { value: value && { plan: null, used: new Set(), alloy: value.target.alloy }, diagnostics }
  }
  const { session, diagnostics } = open(readInputs(options.config, options, io), options, placeOf(io))
  if (session === null) return { value: null, diagnostics }
  const used = new Set(session.uses.map(({ component }) => component))
  return { value: { plan: session.plan, used, alloy: session.target.alloy }, diagnostics }
}
