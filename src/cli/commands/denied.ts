import { program } from '#rulemap/program'
import { type Grounds, type Judgement, judge } from '../../denied/judge.ts'
import { denialsIn } from '../../denied/log.ts'
import type { Diagnostic, Outcome } from '../../diagnostic/diagnostic.ts'
import { decodeText } from '../../input/text.ts'
import { deniedJson, deniedText } from '../../render/denied.ts'
import { open, versionsFor } from '../../session/session.ts'
import type { Source } from '../../source.ts'
import { exit } from '../exit.ts'
import { placeOf, readInputs, readLog } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { DeniedOptions } from '../options.ts'
import { colors, forbids, printFrames, refuse, writeDiagnostics, writeDocument } from '../report.ts'

/** `alloy-rbac denied`: requests that Alloy's log tells were refused, who asks for them, and whether to grant them. */
export function denied(paths: readonly string[], options: DeniedOptions, io: Io): number {
  const logs = readLogs(paths, io)
  const { value: grounds, diagnostics: before } = groundsOf(options, io)
  const diagnostics = [...logs.diagnostics, ...before]
  if (grounds === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
  const judged = logs.sources
    .flatMap(denialsIn)
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
  writeDocument(deniedText(judged, { lines: linesOf(logs.sources), color: colors(options, io) }), options, io)
  return exit.done
}

const rank = ({ diagnostic: { severity } }: Judgement): number => ({ error: 0, warning: 1, note: 2 })[severity]

const linesOf = (logs: readonly Source[]): number =>
  logs.reduce((sum, { text }) => sum + text.split('\n').filter(line => line.trim() !== '').length, 0)

function readLogs(
  paths: readonly string[],
  io: Io,
): { sources: readonly Source[]; diagnostics: readonly Diagnostic[] } {
  const read = paths.map(path => decodeText(path, readLog(path, io)))
  return {
    sources: read.flatMap(({ value }) => value ?? []),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  }
}

/** The plan of the configuration that `--config` names; without one, the rule map alone decides. */
function groundsOf(options: DeniedOptions, io: Io): Outcome<Grounds | null> {
  if (options.config.length === 0) {
    const { value, diagnostics } = versionsFor(options, null)
    return { value: value && { plan: null, used: new Set(), alloy: value.target.alloy }, diagnostics }
  }
  const { session, diagnostics } = open(readInputs(options.config, options, io), options, placeOf(io))
  if (session === null) return { value: null, diagnostics }
  const used = new Set(session.uses.map(({ component }) => component))
  return { value: { plan: session.plan, used, alloy: session.target.alloy }, diagnostics }
}
