import { documentOf } from '../../session/generate.ts'
import { open } from '../../session/session.ts'
import { placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { GenerateOptions } from '../options.ts'
import { forbids, print, refuse } from '../report.ts'

/** `alloy-rbac generate`: the minimal values, or another document of the plan. */
export function generate(paths: readonly string[], options: GenerateOptions, io: Io): number {
  const { session, diagnostics } = open(readInputs(paths, options, io), options, placeOf(io))
  if (session === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
  return print(documentOf(session, options, diagnostics), options, io)
}
