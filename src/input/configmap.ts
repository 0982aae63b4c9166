import type { Source } from '../source.ts'
import type { Mounted } from './manifests/volumes.ts'
import { parent } from './path.ts'

/** The texts that `alloy run PATH` would read: a file, or the direct `*.alloy` children of a folder, in order of their names. */
export function configurationAt(path: string, { files }: Mounted): readonly Source[] {
  const file = files.get(path)
  if (file) return [file]
  return [...files]
    .filter(([at]) => parent(at) === path && at.endsWith('.alloy'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, source]) => source)
}

/** What the input lacks to know the text at a path; null when nothing is mounted there. */
export function gapAt(path: string, { gaps }: Mounted): Mounted['gaps'][number] | null {
  const covering = gaps.filter(gap => path === gap.path || path.startsWith(gap.path === '/' ? '/' : `${gap.path}/`))
  return covering.sort((a, b) => b.path.length - a.path.length)[0] ?? null
}
