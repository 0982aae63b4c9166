import { join } from '../input/path.ts'
import { Misuse } from './exit.ts'
import type { Io } from './io.ts'

/** Where the options of a command send what it writes. */
export interface Outputs {
  readonly output?: string
  readonly diagnostics?: string
  readonly writeBaseline?: string
  /** The baseline that is read: `--write-baseline` may write it again, nothing else may. */
  readonly baseline?: string
}

const flags = { output: '--output', diagnostics: '--diagnostics', writeBaseline: '--write-baseline' } as const

/**
 * Refuses outputs that would replace each other or one of the inputs, by whatever path, link or second name they lead there.
 */
export function refuseOverlap(outputs: Outputs, inputs: readonly string[], { cwd, disk }: Io): void {
  const identity = (path: string): string | null => (path === '-' ? 'descriptor 1' : disk.identity(join(cwd, path)))
  const given = (Object.keys(flags) as (keyof typeof flags)[]).flatMap(name => {
    const path = outputs[name]
    const file = path === undefined ? null : identity(path)
    return path === undefined || file === null ? [] : [{ name, path, file }]
  })
  if (given.length === 0) return
  const named = inputs.filter(path => path !== '-' && disk.kind(join(cwd, path)) === 'file')
  const read = new Set(named.map(identity))
  const baseline = outputs.baseline === undefined ? null : identity(outputs.baseline)
  for (const [index, { name, path, file }] of given.entries()) {
    const twin = given.slice(0, index).find(other => other.file === file)
    if (twin) throw new Misuse(`${flags[twin.name]} ${twin.path} and ${flags[name]} ${path} are the same file`)
    const overwrites = file === baseline ? name !== 'writeBaseline' : read.has(file)
    if (overwrites) throw new Misuse(`${flags[name]} ${path} would overwrite an input`)
  }
}

/** The same for all that was read, named or not: files of a folder, modules. What an earlier run wrote there is not an input. */
export function refuseOverwriting(outputs: Outputs, io: Io): void {
  const given = [outputs.output, outputs.diagnostics, outputs.writeBaseline].filter(path => path !== undefined)
  const files = new Set(given.map(path => io.disk.identity(join(io.cwd, path))))
  const inputs = io.read.filter(path => files.has(io.disk.identity(path)) && !isOwnDocument(io.disk.readFile(path)))
  refuseOverlap(outputs, inputs, io)
}

/** Says whether a file is a JSON document that this program wrote: a report, diagnostics, a baseline. */
function isOwnDocument(content: Uint8Array): boolean {
  return /^\{\s*(?:"\$schema": "[^"]*",\s*)?"version": [12],\s*"(?:analyzer|diagnostics|findings)": ?[[{]/.test(
    new TextDecoder().decode(content),
  )
}
