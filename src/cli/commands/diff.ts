import { diffOf } from '../../session/diff.ts'
import { open } from '../../session/session.ts'
import { placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { DiffOptions } from '../options.ts'
import { colors, forbids, print, refuse } from '../report.ts'

/** `alloy-rbac diff`: compares the chart's defaults with what is needed. */
export function diff(paths: readonly string[], options: DiffOptions, io: Io): number {
  const { session, diagnostics } = open(readInputs(paths, options, io), options, placeOf(io))
  if (session === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
  return print(diffOf(session, { ...options, color: colors(options, io) }, diagnostics), options, io)
}
