import { type Diagnostic, inOrder } from '../../diagnostic/diagnostic.ts'
import { join } from '../../input/path.ts'
import { failsOn } from '../../reports/compare/comparison.ts'
import { compareDocument, compareInputs, type ReadSide } from '../../session/compare.ts'
import { exit, Misuse, Unreadable } from '../exit.ts'
import { placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { CompareOptions } from '../options.ts'
import { printFrames, refuse, writeDiagnostics, writeDocuments } from '../report.ts'

/** The two states, and the paths in both that count; none: the states themselves. */
export interface Compared {
  readonly old: string
  readonly now: string
  readonly inputs: readonly string[]
}

/** `alloy-rbac compare`: what one state of an input asks for and grants, and the other does not. */
export function compare({ old, now, inputs }: Compared, options: CompareOptions, io: Io): number {
  if (old === '-' && now === '-') throw new Misuse('standard input can be one of the two states only')
  const absolute = inputs.find(path => path.startsWith('/'))
  if (absolute !== undefined)
    throw new Misuse(`${absolute} is not a path in ${old} and ${now}: expected a relative one`)
  const paths = inputs.map(path => ({ old: existing(old, path, io), now: existing(now, path, io) }))
  for (const [at, each] of paths.entries())
    if (each.old === null && each.now === null)
      throw new Unreadable(`${inputs[at]} cannot be read: it is neither in ${old} nor in ${now}`)
  const side = (root: string, key: 'old' | 'now'): ReadSide => {
    const found = inputs.length === 0 ? [root] : paths.flatMap(each => each[key] ?? [])
    // What is not there yet, or any more, has no collectors.
    return { path: root, read: found.length === 0 ? { value: [], diagnostics: [] } : readInputs(found, options, io) }
  }
  const comparison = compareInputs(side(old, 'old'), side(now, 'now'), options, placeOf(io))
  const said = inOrder([...comparison.old.diagnostics, ...comparison.new.diagnostics])
  const isAnswered = comparison.collectors.some(each => each.old !== null || each.new !== null)
  if (!isAnswered) return refuse(said, options, io)
  writeDiagnostics(said, options, io)
  if (options.format !== 'json') printFrames(said.filter(isNotNote), options, io)
  writeDocuments(
    { make: shown => compareDocument(comparison, shown), diagnostics: said.filter(isNotNote) },
    options,
    io,
  )
  return options.failOn !== undefined && failsOn(comparison, options.failOn) ? exit.fault : exit.done
}

const isNotNote = ({ severity }: Diagnostic): boolean => severity !== 'note'

/** A path in a folder; null where there is nothing. */
function existing(root: string, path: string, io: Io): string | null {
  const found = join(root, path)
  return placeOf(io).disk.kind(join(io.cwd, found)) === null ? null : found
}
