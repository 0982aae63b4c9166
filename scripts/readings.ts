// What is to be read again at a tag of Alloy.
import { spawnSync } from 'node:child_process'
import { newestRelease } from '../src/inventory/inventory.ts'
import { compareVersions } from '../src/version.ts'
import {
  type Citation,
  type CitedFile,
  compareCitation,
  counts,
  isPinned,
  judgePassage,
  passagesOf,
  pinned,
} from './citations.ts'

/** The repository that the rule map is about. */
export const alloy = 'grafana/alloy'

/** Files by `tag:path`; what is not there is left out. */
export type ReadFiles = (names: readonly string[]) => ReadonlyMap<string, CitedFile & { readonly text: string }>

/** Libraries that Alloy pins in a file of its own, not in go.mod. */
const elsewhere: Readonly<Record<string, { readonly path: string; readonly version: RegExp }>> = {
  'grafana/beyla': {
    path: 'internal/component/beyla/ebpf/internal/config/gen/beyla/beyla_version.yaml',
    version: /^version: (\S+)$/m,
  },
}

/** What is wrong with citations of one repository. */
export function judgeAll(citations: readonly Citation[], read: ReadFiles): readonly string[] {
  const all = citations.flatMap(citation => passagesOf(citation).map(passage => ({ citation, passage })))
  const files = read([...new Set(all.map(({ passage }) => `${passage.tag}:${passage.path}`))])
  return all.flatMap(
    ({ citation, passage }) =>
      judgePassage(citation, passage, files.get(`${passage.tag}:${passage.path}`) ?? null) ?? [],
  )
}

/** A fact that has not been read at some tag. */
export interface Unread {
  readonly component: string
  readonly key: string
  readonly line: string
}

/** The facts that were not read at a tag of Alloy, whose graphs of imports were searched up to another one. */
export function unreadAt(
  citations: readonly Citation[],
  tag: string,
  imports: string,
  read: ReadFiles,
): readonly Unread[] {
  const release = tag.replace(/^v/, '')
  const live = citations.filter(citation => counts(citation, release))
  const own = live.filter(({ repository }) => repository === alloy)
  const pins = ['go.mod', ...Object.values(elsewhere).map(({ path }) => path)]
  const files = read([
    ...new Set([
      ...own.flatMap(citation =>
        passagesOf(citation).flatMap(({ tag: at, path }) => [`${at}:${path}`, `${tag}:${path}`]),
      ),
      ...[tag, `v${newestRelease}`].flatMap(at => pins.map(path => `${at}:${path}`)),
    ]),
  ])
  const [now, before] = [tag, `v${newestRelease}`].map(at => versionsAt(at, files))
  const searched = compareVersions(release, imports.replace(/^v/, '')) <= 0
  return live.flatMap(citation => {
    const line = citation.repository === alloy ? moved(citation, tag, files) : repinned(citation, tag, now!, before!)
    const graph =
      citation.key === 'imports' && !searched ? `${citation.where}: what it imports was not searched at ${tag}` : null
    const found = line ?? graph
    return found === null ? [] : [{ component: citation.component, key: citation.key, line: found }]
  })
}

function moved(citation: Citation, tag: string, files: ReturnType<ReadFiles>): string | null {
  const path = citation.again.at(-1)?.path ?? citation.path
  const blobs = passagesOf(citation).flatMap(passage => files.get(`${passage.tag}:${passage.path}`)?.blob ?? [])
  return compareCitation(citation, blobs, tag, files.get(`${tag}:${path}`) ?? null)
}

/** A library is unread when another version of it is pinned than was read; what Alloy never pinned does not move with it. */
function repinned(citation: Citation, tag: string, now: Versions, before: Versions): string | null {
  const { repository, where } = citation
  const versions = now.get(repository)
  if (!versions) return before.has(repository) ? `${where}: ${repository} is not pinned any more at ${tag}` : null
  if (passagesOf(citation).some(passage => isPinned(passage.tag, versions))) return null
  return `${where}: ${repository} was not read at ${[...versions].sort().join(', ')}, which ${tag} pins`
}

type Versions = ReadonlyMap<string, ReadonlySet<string>>

function versionsAt(tag: string, files: ReturnType<ReadFiles>): Versions {
  const found = new Map(pinned(files.get(`${tag}:go.mod`)?.text ?? ''))
  for (const [repository, { path, version }] of Object.entries(elsewhere)) {
    const [, pin] = files.get(`${tag}:${path}`)?.text.match(version) ?? []
    if (pin !== undefined && !found.has(repository)) found.set(repository, new Set([pin]))
  }
  return found
}

/** Reads files `tag:path` of a clone with one git process. */
export function readFiles(clone: string, names: readonly string[]): ReturnType<ReadFiles> {
  const { stdout, status, stderr } = spawnSync('git', ['-C', clone, 'cat-file', '--batch'], {
    input: names.map(name => `${name}\n`).join(''),
    maxBuffer: 2 ** 30,
  })
  if (status !== 0) throw new Error(`git cannot read ${clone}: ${stderr}`)
  const files = new Map<string, CitedFile & { readonly text: string }>()
  let at = 0
  for (const name of names) {
    const end = stdout.indexOf(10, at)
    const [blob = '', type, size] = stdout.subarray(at, end).toString().split(' ')
    at = end + 1
    if (type !== 'blob') continue
    const text = stdout.subarray(at, at + Number(size)).toString('latin1')
    files.set(name, { blob, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), text })
    at += Number(size) + 1
  }
  return files
}
