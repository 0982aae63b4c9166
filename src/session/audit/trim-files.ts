import type { ValuesEdit } from '../../reports/audit/trim/edit-values.ts'
import { trimFile } from '../../reports/audit/trim/trim-file.ts'
import type { Source } from '../../source.ts'
import { hardCoded, type TrimmedAudit } from './audit-charts.ts'

/** A values file with its rules trimmed. */
export interface TrimmedFile {
  readonly path: string
  readonly text: string
}

/** The values files that change, with their new text; or why rules cannot be trimmed where they are written. */
export function trimFiles(all: readonly TrimmedAudit[]): readonly TrimmedFile[] | { readonly why: string } {
  const edits = new Map<string, { readonly source: Source; readonly edits: ValuesEdit[] }>()
  for (const { audit: found, trimmed } of all) {
    const { chart } = found
    const why = hardCoded(found)
    if (why !== null) return { why }
    if ('why' in trimmed) return trimmed
    const changed = [...trimmed.lists.rules, ...trimmed.lists.clusterRules].filter(({ isWhole }) => !isWhole)
    const released = changed.find(({ block }) => block.span === null)
    if (released) {
      const path = [...chart.at, released.block.place].join('.')
      return {
        why: `${path} of ${chart.name} is a default of that release and in none of the files: print it with --format values`,
      }
    }
    if (chart.isArchived && changed.length > 0) return { why: `${chart.name} is in an archive: unpack it` }
    if (chart.source === null || changed.length === 0) continue
    const file = edits.get(chart.source.path) ?? { source: chart.source, edits: [] }
    file.edits.push({ ...trimmed, at: chart.at })
    edits.set(chart.source.path, file)
  }
  const files: TrimmedFile[] = []
  for (const [path, { source, edits: wanted }] of edits) {
    const text = trimFile(source, wanted)
    if (text === null)
      return { why: `the rules of ${path} are written in a way that cannot be edited in place, as with anchors` }
    if (text !== source.text) files.push({ path, text })
  }
  return files
}
