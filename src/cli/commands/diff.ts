import { diffOf, diffsOf } from '../../session/diff.ts'
import { openAll } from '../../session/open-all.ts'
import { open } from '../../session/session.ts'
import { placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { DiffOptions } from '../options.ts'
import { forbids, print, refuse } from '../report.ts'

/** `alloy-rbac diff`: compares the chart's defaults with what is needed, by every configuration of the input. */
export function diff(paths: readonly string[], options: DiffOptions, io: Io): number {
  const read = readInputs(paths, options, io)
  if (options.workload === undefined && read.value.length > 1) {
    const { sessions, common, diagnostics } = openAll(read, options, placeOf(io))
    if (sessions === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
    return print(shown => diffsOf(sessions, { ...options, ...shown }, common), options, io)
  }
  const { session, diagnostics } = open(read, options, placeOf(io))
  if (session === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
  return print(shown => diffOf(session, { ...options, ...shown }, diagnostics), options, io)
}
