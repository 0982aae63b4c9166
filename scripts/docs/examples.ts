import { run } from '../../src/cli/run.ts'
import { join, parent } from '../../src/input/path.ts'
import { diskOf } from '../../src/session/disk.ts'
import type { DiagnosticExample } from '../diagnostics.ts'

/** What the command line of an example did. */
export interface ExampleRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line of an example over its files, on no disk. */
export async function runExample({ arguments: argv, files }: DiagnosticExample): Promise<ExampleRun> {
  const contents: Record<string, Uint8Array> = {}
  const links = new Map<string, string>()
  for (const [path, pieces] of Object.entries(files)) {
    contents[path] = Buffer.concat(
      pieces.map(piece => {
        if (typeof piece === 'string') return Buffer.from(piece)
        if ('repeat' in piece) return Buffer.from(repeated(piece))
        if ('bytes' in piece) return Buffer.from(piece.bytes.replaceAll(' ', ''), 'hex')
        links.set(join('/', path), join(parent(join('/', path)), piece.link))
        return Buffer.alloc(0)
      }),
    )
  }
  const disk = diskOf(contents)
  const real = (path: string): string => links.get(path) ?? path
  let stdout = ''
  let stderr = ''
  const code = await run(argv, {
    cwd: '/',
    env: {},
    stdin: () => [],
    stdout: text => {
      stdout += text
    },
    stderr: text => {
      stderr += text
    },
    terminal: () => false,
    screen: () => null,
    today: () => '2026-06-15',
    disk: {
      ...disk,
      // Every file here holds bytes.
      pieces: path => [disk.readFile(real(path)) as Uint8Array],
      readFile: path => disk.readFile(real(path)) as Uint8Array,
      kind: path => disk.kind(real(path)),
      real,
      identity: real,
      makeFolder: () => {},
      writeFile: path => {
        throw new Error(`the example writes ${path}`)
      },
    },
  })
  return { code, stdout, stderr }
}

function repeated({ repeat, times }: { readonly repeat: string; readonly times: number }): string {
  if (!repeat.includes('{n}')) return repeat.repeat(times)
  return Array.from({ length: times }, (_, number) => repeat.replaceAll('{n}', String(number))).join('')
}

/** The frames of one code among what a command line printed. */
export function framesOf(code: string, { stdout, stderr }: ExampleRun): readonly string[] {
  return `${stderr}\n\n${stdout}`
    .split(/\n\n+/)
    .filter(each => new RegExp(`^(error|warning|note)\\[${code}\\]`).test(each))
}
