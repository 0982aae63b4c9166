// What `npm run evidence` checks: that cited files exist, have the stated hash and as many lines, and were read for a release.
import { componentOf } from '../src/inventory/inventory.ts'
import type { ComponentRules, Evidence } from '../src/rules/map/schema.ts'
import { compareVersions, liesIn } from '../src/version.ts'
import type { Entry } from './rulemap.ts'

/** A file at a tag, and the lines of it that were read. */
export interface Passage {
  readonly tag: string
  readonly path: string
  readonly from: number
  readonly to: number
  /** Null: not stated. */
  readonly blob: string | null
}

/** One piece of evidence, taken apart. */
export interface Citation extends Passage {
  /** `discovery.kubernetes, pod-informer` */
  readonly where: string
  readonly component: string
  readonly key: string
  readonly repository: string
  /** Where it was read again. */
  readonly again: readonly Passage[]
  /** The first release of Alloy in which nothing rests on it any more; null: something still does. */
  readonly until: string | null
}

/** A file as a repository has it at some tag. */
export interface CitedFile {
  readonly blob: string
  readonly lines: number
}

/** Every citation of the rule map, in order. */
export function citationsOf(entries: readonly Entry[]): readonly Citation[] {
  return entries.flatMap(({ name, rules }) =>
    Object.entries(rules.evidence).map(([key, evidence]) => {
      const [, repository, rest] = evidence.at.match(/^([^@]+)@(.+)$/) ?? []
      const first = rest === undefined ? null : passage(rest, '', evidence.blob)
      if (!repository || !first?.path) throw new Error(`${name}, ${key}: ${evidence.at} is not a citation`)
      return {
        where: `${name}, ${key}`,
        component: name,
        key,
        repository,
        ...first,
        again: (evidence.again ?? []).map(({ at, blob }) => passage(at, first.path, blob)),
        until: endOf(name, rules, key, evidence),
      }
    }),
  )
}

/** `tag:path#Lx-Ly`, or `tag#Lx-Ly` of a path that is known. */
function passage(text: string, known: string, blob: string | undefined): Passage {
  const [, tag = '', path = known, from, to] = text.match(/^([^:#]+)(?::([^#]+))?#L(\d+)(?:-L(\d+))?$/) ?? []
  if (from === undefined) throw new Error(`${text} is not a passage`)
  return { tag, path, from: Number(from), to: Number(to ?? from), blob: blob ?? null }
}

/** When evidence ceases to count: with what it says, with its component, or with the last rule that cites it. */
function endOf(name: string, rules: ComponentRules, key: string, { until, past }: Evidence): string | null {
  if (past) return '0.0.0'
  const standing = componentOf(name, '999.0.0')
  const removed = standing.kind === 'other-release' ? (standing.range.until ?? null) : null
  const citing = [rules.grants, rules.urls, rules.requests, rules.privileges]
    .flatMap(each => Object.values(each ?? {}))
    .filter(({ evidence }) => evidence.includes(key))
  const last = citing.map(rule => rule.until ?? null)
  const unused = citing.length === 0 || last.includes(null) ? null : (last as string[]).sort(compareVersions).at(-1)!
  return [until ?? null, removed, unused].filter(each => each !== null).sort(compareVersions)[0] ?? null
}

/** Says whether a citation still counts in a release of Alloy. */
export const counts = ({ until }: Citation, release: string): boolean => until === null || liesIn(release, { until })

/** Every passage of a citation, the first reading first. */
export const passagesOf = (citation: Citation): readonly Passage[] => [citation, ...citation.again]

/** What is wrong with a passage; `file` is null when the repository has none there. */
export function judgePassage(
  { where, repository }: Citation,
  { tag, path, to, blob }: Passage,
  file: CitedFile | null,
): string | null {
  if (!file) return `${where}: ${repository}@${tag} has no ${path}`
  if (blob !== null && blob !== file.blob) return `${where}: the blob of ${path} at ${tag} is ${file.blob}`
  if (to > file.lines) return `${where}: ${path} at ${tag} has ${file.lines} lines`
  return null
}

/** Says what became of a cited file at another tag; null when it is there as it was read. */
export function compareCitation(
  citation: Citation,
  read: readonly string[],
  tag: string,
  now: CitedFile | null,
): string | null {
  const path = citation.again.at(-1)?.path ?? citation.path
  if (citation.again.some(each => each.tag === tag)) return null
  if (!now) return `${citation.where}: ${path} is gone at ${tag}`
  return read.includes(now.blob) ? null : `${citation.where}: ${path} differs at ${tag}`
}

/** Where libraries stand that a module's name does not say. */
const vanity: Readonly<Record<string, string>> = {
  'go.opentelemetry.io/collector': 'open-telemetry/opentelemetry-collector',
  'go.opentelemetry.io/ebpf-profiler': 'open-telemetry/opentelemetry-ebpf-profiler',
  'k8s.io': 'kubernetes',
  'sigs.k8s.io': 'kubernetes-sigs',
}

/** The versions of the modules of each repository that a go.mod pins, `replace` followed. */
export function pinned(goMod: string): ReadonlyMap<string, ReadonlySet<string>> {
  const modules = new Map<string, readonly [module: string, version: string]>()
  for (const [, module = '', version = ''] of goMod.matchAll(/^\s*(?:require\s+)?([\w.-]+\.[\w./-]+) (v\S+)/gm))
    modules.set(module, [module, version])
  for (const [, module = '', by = '', version = ''] of goMod.matchAll(
    /^\s*(?:replace\s+)?(\S+)(?: v\S+)? => (\S+) (v\S+)/gm,
  ))
    modules.set(module, [by, version])
  const found = new Map<string, Set<string>>()
  for (const [module, version] of modules.values()) {
    const repository = repositoryOf(module)
    if (repository === null) continue
    const versions = found.get(repository) ?? new Set()
    versions.add(version.replace(/\+incompatible$/, ''))
    found.set(repository, versions)
  }
  return found
}

function repositoryOf(module: string): string | null {
  const [host, owner, name] = module.split('/')
  if (host === 'github.com' && owner && name) return `${owner}/${name}`
  for (const [prefix, repository] of Object.entries(vanity)) {
    if (module !== prefix && !module.startsWith(`${prefix}/`)) continue
    return repository.includes('/') ? repository : `${repository}/${module.slice(prefix.length + 1).split('/')[0]}`
  }
  return null
}

/** Says whether a tag or a commit is what a pinned version means: `v0.0.0-20260209132809-8d1c6d34bb5a` is a commit. */
export const isPinned = (tag: string, versions: ReadonlySet<string>): boolean =>
  [...versions].some(version => version === tag || (tag.length >= 12 && version.endsWith(`-${tag.slice(0, 12)}`)))
