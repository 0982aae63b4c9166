import { spawnSync } from 'node:child_process'
import { compareVersions } from '../../src/version.ts'
import { readFiles } from '../readings.ts'

/** A local clone, bare or not, of which only git is asked. */
export interface Clone {
  readonly path: string
  /** Tags that begin so and go on with a version, oldest first. */
  readonly tags: (prefix: string) => readonly string[]
  readonly has: (revision: string) => boolean
  readonly files: (names: readonly string[]) => ReturnType<typeof readFiles>
  /** Lines of `git grep`, `path:text`; none where nothing is found. */
  readonly grep: (pattern: string, revision: string, folder: string) => readonly string[]
  /** Paths below a folder that differ between two revisions. */
  readonly changed: (from: string, to: string, folder: string) => readonly string[]
  /** The difference of a path, which may have moved. */
  readonly diff: (from: string, to: string, path: string) => string
}

/** Opens a clone. */
export function clone(path: string): Clone {
  const git = (...args: readonly string[]): string | null => {
    const { status, stdout, stderr } = spawnSync('git', ['-C', path, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 })
    if (status !== null && status > 1) throw new Error(`git cannot read ${path}: ${stderr}`)
    return status === 0 || stdout !== '' ? stdout : null
  }
  const lines = (text: string | null): readonly string[] => (text ?? '').split('\n').filter(each => each !== '')
  return {
    path,
    tags: prefix =>
      lines(git('tag', '--list', `${prefix}*`))
        .filter(tag => /^v?\d+\.\d+\.\d+(-rc\.\d+)?$/.test(tag.slice(prefix.length)))
        .sort((a, b) => compareVersions(a.slice(prefix.length), b.slice(prefix.length))),
    has: revision => git('rev-parse', '--quiet', '--verify', `${revision}^{commit}`) !== null,
    files: names => readFiles(path, names),
    grep: (pattern, revision, folder) =>
      lines(git('grep', '-e', pattern, revision, '--', folder)).map(line => line.slice(revision.length + 1)),
    changed: (from, to, folder) => lines(git('diff', '--name-only', from, to, '--', folder)),
    diff: (from, to, file) => git('diff', '--unified=2', from, to, '--', file) ?? '',
  }
}
