import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { Disk, Outside } from '../../src/cli/io.ts'
import { run } from '../../src/cli/run.ts'
import { join, parent } from '../../src/input/path.ts'
import { diskOf } from '../../src/session/disk.ts'
import { root } from '../harness.ts'
import { checkDocuments } from '../schemas.ts'

/** What a command line did. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Files that it wrote, by their path. */
  readonly written: ReadonlyMap<string, string>
}

/** Runs a command line over files in memory; the working directory is `/work`. */
export async function command(
  argv: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
  { stdin = '', env = {} }: { stdin?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const bytes = new TextEncoder()
  const placed = Object.entries(files).map(([path, content]) => [join('/work', path), content] as const)
  // The folder is there although nothing may lie in it.
  const memory = diskOf(Object.fromEntries([['/work/.folder', ''], ...placed]))
  const bytesOf = (content: string | Uint8Array) => (typeof content === 'string' ? bytes.encode(content) : content)
  const written = new Map<string, string>()
  const made = new Set<string>()
  const disk: Disk = {
    ...memory,
    readFile: path => bytesOf(memory.readFile(path)),
    pieces: path => [bytesOf(memory.readFile(path))],
    writeFile: (path, text) => {
      if (memory.kind(parent(path)) !== 'folder' && !made.has(parent(path)))
        throw Object.assign(new Error('no such folder'), { code: 'ENOENT' })
      written.set(path, text)
    },
    makeFolder: path => void made.add(path),
    identity: path => path,
    list: path => memory.list(path).filter(name => name !== '.folder'),
  }
  return watch(argv, { disk, cwd: '/work', env, stdin: () => [bytes.encode(stdin)] }, written)
}

/** Runs a command line over the files of the checkout. */
export function commandHere(argv: readonly string[]): Promise<Ran> {
  const disk: Disk = {
    readFile: path => readFileSync(path),
    pieces: path => [readFileSync(path)],
    writeFile: () => {
      throw new Error('the tests do not write')
    },
    kind: path => {
      const found = statSync(path, { throwIfNoEntry: false })
      if (found === undefined) return null
      return found.isDirectory() ? 'folder' : 'file'
    },
    makeFolder: () => {},
    identity: path => path,
    list: path => readdirSync(path).sort(),
    real: path => path,
  }
  return watch(argv, { disk, cwd: root.replace(/\/$/, ''), env: {}, stdin: () => [] }, new Map())
}

async function watch(
  argv: readonly string[],
  io: Pick<Outside, 'disk' | 'cwd' | 'env' | 'stdin'>,
  written: ReadonlyMap<string, string>,
): Promise<Ran> {
  let stdout = ''
  let stderr = ''
  const code = await run(argv, {
    ...io,
    stdout: text => {
      stdout += text
    },
    stderr: text => {
      stderr += text
    },
    terminal: () => false,
    screen: () => null,
    today: () => '2026-06-15',
  })
  checkDocuments(argv, stdout, written)
  return { code, stdout, stderr, written }
}
