import { execFileSync } from 'node:child_process'

/** A file at a commit. */
export interface Version {
  readonly commit: string
  readonly path: string
  readonly text: string
}

const git = (clone: string, words: readonly string[], input?: string): string =>
  execFileSync('git', ['-C', clone, ...words], {
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    ...(input === undefined ? {} : { input }),
  })

/** The paths of files that a clone has at its head, as far as they match. */
export function pathsIn(clone: string, pattern: RegExp): readonly string[] {
  return git(clone, ['ls-tree', '-r', '--name-only', 'HEAD'])
    .split('\n')
    .filter(path => pattern.test(path))
}

/** The commits that changed a file, the oldest first. */
export function commitsOf(clone: string, path: string): readonly string[] {
  return git(clone, ['log', '--format=%H', '--first-parent', '--', path])
    .split('\n')
    .filter(line => line !== '')
    .reverse()
}

/** A file at commits. All of its states are read by one process. */
export function versionsAt(clone: string, path: string, commits: readonly string[]): readonly Version[] {
  const names = commits.map(commit => `${commit}:${path}\n`).join('')
  const out = Buffer.from(git(clone, ['cat-file', '--batch'], names))
  const versions: Version[] = []
  let at = 0
  for (const commit of commits) {
    const end = out.indexOf(0x0a, at)
    const head = out.toString('utf8', at, end)
    const size = /^\S+ blob (\d+)$/.exec(head)?.[1]
    at = end + 1
    // A commit that takes the file away has none.
    if (size === undefined) continue
    versions.push({ commit, path, text: out.toString('utf8', at, at + Number(size)) })
    at += Number(size) + 1
  }
  return versions
}
