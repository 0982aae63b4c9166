import { join } from '../input/path.ts'
import { Misuse } from './exit.ts'
import type { Io } from './io.ts'

/** Where the options of a command send what it writes. */
export interface Outputs {
  readonly output?: string
  readonly diagnostics?: string
  readonly writeBaseline?: string
  /** By their format. */
  readonly also?: ReadonlyMap<string, string>
  /** The baseline that is read: `--write-baseline` may write it again, nothing else may. */
  readonly baseline?: string
}

const flags = { output: '--output', diagnostics: '--diagnostics', writeBaseline: '--write-baseline' } as const

interface Given {
  /** The option, as it is written before the path. */
  readonly flag: string
  readonly path: string
}

function pathsOf(outputs: Outputs): readonly Given[] {
  const single = (Object.keys(flags) as (keyof typeof flags)[]).flatMap(name => {
    const path = outputs[name]
    return path === undefined ? [] : [{ flag: `${flags[name]} `, path }]
  })
  return [...single, ...[...(outputs.also ?? [])].map(([format, path]) => ({ flag: `--also ${format}=`, path }))]
}

/**
 * Refuses outputs that would replace each other or one of the inputs, by whatever path, link or second name they lead there.
 */
export function refuseOverlap(outputs: Outputs, inputs: readonly string[], { cwd, disk }: Io): void {
  const identity = (path: string): string | null => (path === '-' ? 'descriptor 1' : disk.identity(join(cwd, path)))
  const given = pathsOf(outputs).flatMap(each => {
    const file = identity(each.path)
    return file === null ? [] : [{ ...each, file }]
  })
  if (given.length === 0) return
  const named = inputs.filter(path => path !== '-' && disk.kind(join(cwd, path)) === 'file')
  const read = new Set(named.map(identity))
  const baseline = outputs.baseline === undefined ? null : identity(outputs.baseline)
  for (const [index, { flag, path, file }] of given.entries()) {
    const twin = given.slice(0, index).find(other => other.file === file)
    if (twin) throw new Misuse(`${twin.flag}${twin.path} and ${flag}${path} are the same file`)
    const overwrites = file === baseline ? path !== outputs.writeBaseline : read.has(file)
    if (overwrites) throw new Misuse(`${flag}${path} would overwrite an input`)
  }
}

/** The same for all that was read, named or not: files of a folder, modules. What an earlier run wrote there is not an input. */
export function refuseOverwriting(outputs: Outputs, io: Io): void {
  const files = new Set(pathsOf(outputs).map(({ path }) => io.disk.identity(join(io.cwd, path))))
  const inputs = io.read.filter(path => files.has(io.disk.identity(path)) && !isOwnDocument(io.disk.readFile(path)))
  refuseOverlap(outputs, inputs, io)
}

/** Says whether a file is a JSON document that this program wrote: a report, diagnostics, a baseline. */
function isOwnDocument(content: Uint8Array): boolean {
  return /^\{\s*(?:"\$schema": "[^"]*",\s*)?"version": [12],\s*"(?:analyzer|diagnostics|findings)": ?[[{]/.test(
    new TextDecoder().decode(content),
  )
}
