import { diffOf } from '../session/diff.ts'
import { open } from '../session/session.ts'
import { useColor } from './color.ts'
import { exit } from './exit.ts'
import { placeOf, readInputs } from './inputs.ts'
import type { Io } from './io.ts'
import type { DiffOptions } from './options.ts'
import { forbids, printFrames, writeDiagnostics, writeDocument } from './report.ts'

/** `alloy-rbac diff`: the chart's defaults against what is needed. */
export function diff(paths: readonly string[], options: DiffOptions, io: Io): number {
  const { session, diagnostics } = open(readInputs(paths, options, io), options, placeOf(io))
  if (session === null || forbids(diagnostics, options)) {
    writeDiagnostics(diagnostics, options, io)
    printFrames(diagnostics, options, io)
    return exit.fault
  }
  const color = options.output === undefined && useColor(options.color, io.env, io.terminal)
  const made = diffOf(session, { ...options, color }, diagnostics)
  writeDiagnostics(made.diagnostics, options, io)
  if (options.format !== 'json' || made.text === null) printFrames(made.diagnostics, options, io)
  if (made.text === null) return exit.fault
  writeDocument(made.text, options, io)
  return exit.done
}
