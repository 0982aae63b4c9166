// What `npm run evidence` checks: that cited files exist, have the stated hash and as many lines.
import type { Entry } from './rulemap.ts'

/** One piece of evidence, taken apart. */
export interface Citation {
  /** `discovery.kubernetes, pod-informer` */
  readonly where: string
  readonly repository: string
  readonly tag: string
  readonly path: string
  readonly from: number
  readonly to: number
  /** Null: not stated. */
  readonly blob: string | null
}

/** A file as a repository has it at some tag. */
export interface CitedFile {
  readonly blob: string
  readonly lines: number
}

/** Every citation of the rule map, in order. */
export function citationsOf(entries: readonly Entry[]): readonly Citation[] {
  return entries.flatMap(({ name, rules }) =>
    Object.entries(rules.evidence).map(([key, { at, blob }]) => {
      const [, repository, tag, path, from, to] = at.match(/^([^@]+)@([^:]+):([^#]+)#L(\d+)(?:-L(\d+))?$/) ?? []
      if (!repository || !tag || !path) throw new Error(`${name}, ${key}: ${at} is not a citation`)
      return {
        where: `${name}, ${key}`,
        repository,
        tag,
        path,
        from: Number(from),
        to: Number(to ?? from),
        blob: blob ?? null,
      }
    }),
  )
}

/** What is wrong with a citation; `file` is null when the repository has none there. */
export function judgeCitation(citation: Citation, file: CitedFile | null): string | null {
  const { where, repository, tag, path, to, blob } = citation
  if (!file) return `${where}: ${repository}@${tag} has no ${path}`
  if (blob !== null && blob !== file.blob) return `${where}: the blob of ${path} at ${tag} is ${file.blob}`
  if (to > file.lines) return `${where}: ${path} at ${tag} has ${file.lines} lines`
  return null
}

/** Says what became of a cited file at another tag; null when it is the same there. */
export function compareCitation(
  citation: Citation,
  then: CitedFile,
  tag: string,
  now: CitedFile | null,
): string | null {
  if (!now) return `${citation.where}: ${citation.path} is gone at ${tag}`
  return now.blob === then.blob ? null : `${citation.where}: ${citation.path} differs at ${tag}`
}
