import { documentOf } from '../session/documents.ts'
import { open } from '../session/session.ts'
import { exit } from './exit.ts'
import { placeOf, readInputs } from './inputs.ts'
import type { Io } from './io.ts'
import type { GenerateOptions } from './options.ts'
import { forbids, printFrames, writeDiagnostics, writeDocument } from './report.ts'

/** `alloy-rbac generate`: the least values, or another document of the plan. */
export function generate(paths: readonly string[], options: GenerateOptions, io: Io): number {
  const { session, diagnostics } = open(readInputs(paths, options, io), options, placeOf(io))
  if (session === null || forbids(diagnostics, options)) {
    writeDiagnostics(diagnostics, options, io)
    printFrames(diagnostics, options, io)
    return exit.fault
  }
  const made = documentOf(session, options, diagnostics)
  writeDiagnostics(made.diagnostics, options, io)
  if (options.format !== 'json' || made.text === null) printFrames(made.diagnostics, options, io)
  if (made.text === null) return exit.fault
  writeDocument(made.text, options, io)
  return exit.done
}
