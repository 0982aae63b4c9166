import { join } from '../../input/path.ts'
import { documentOf } from '../../session/generate.ts'
import { documentsOf } from '../../session/generate-all.ts'
import { openAll } from '../../session/open-all.ts'
import { open } from '../../session/session.ts'
import { placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { GenerateOptions } from '../options.ts'
import { forbids, print, refuse, type Shown } from '../report.ts'
import { writeFolder } from '../write-folder.ts'

/** `alloy-rbac generate`: the minimal values, or another document of the plan. */
export function generate(paths: readonly string[], options: GenerateOptions, io: Io): number {
  if (options.all === true) return generateAll(paths, options, io)
  const { session, diagnostics } = open(readInputs(paths, options, io), options, placeOf(io))
  if (session === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
  return print(({ format }) => documentOf(session, { ...options, format }, diagnostics), options, io)
}

/** The same for every configuration of the input: one document, or a file for each in a folder. */
function generateAll(paths: readonly string[], options: GenerateOptions, io: Io): number {
  const { sessions, common, diagnostics } = openAll(readInputs(paths, options, io), options, placeOf(io))
  if (sessions === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
  const { output } = options
  const isFolder = output !== undefined && (output.endsWith('/') || io.disk.kind(join(io.cwd, output)) === 'folder')
  const make = ({ format }: Shown<GenerateOptions['format']>) => documentsOf(sessions, { ...options, format }, common)
  return isFolder ? print(make, options, io, made => writeFolder(made, options, io)) : print(make, options, io)
}
