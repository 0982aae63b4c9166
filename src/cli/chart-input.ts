import { diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import { parent } from '../input/path.ts'
import { type ChartFiles, filesOfArchive, filesOfFolder } from '../session/audit/chart-files.ts'
import { type FoundChart, findAlloyCharts, type ReleaseOptions } from '../session/audit/find-charts.ts'
import { folderOf } from '../session/disk.ts'
import { baseName, withoutSlash } from '../text/cut.ts'
import { archivedFiles, isArchive } from './disk/archive.ts'
import { Unreadable } from './exit.ts'
import { placeOf, readFile } from './inputs.ts'
import type { Io } from './io.ts'

/** The Alloy charts of an input, and whether that is an archive, in which nothing can be edited. */
interface ChartInput {
  readonly isArchive: boolean
  readonly found: Outcome<readonly FoundChart[]>
}

/** The Alloy charts of a folder, an archive, or a values file that the command line names. */
export function chartsAt(path: string, options: ReleaseOptions, io: Io): ChartInput {
  const folder = folderOf(placeOf(io))
  const kind = folder.kind(path)
  if (kind === null) throw new Unreadable(`${path} cannot be read: there is no such file or folder`)
  if (kind === 'folder') {
    const files = filesOfFolder(withoutSlash(path), folder, archivedFiles)
    return { isArchive: false, found: findAlloyCharts(files, options) }
  }
  const content = readFile(path, io)
  if (!isArchive(content)) return { isArchive: false, found: findAlloyCharts(fileAlone(path, content, io), options) }
  const files = archivedFiles(content)
  if ('why' in files) {
    const damaged = diagnostic('chart-archive', null, { path, why: files.why })
    return { isArchive: true, found: { value: [], diagnostics: [damaged] } }
  }
  return { isArchive: true, found: findAlloyCharts(filesOfArchive(path, files, archivedFiles), options) }
}

/** A values file, with what describes the chart beside it. */
function fileAlone(path: string, content: Uint8Array, io: Io): ChartFiles {
  const folder = folderOf(placeOf(io))
  const at = path.includes('/') ? parent(path) : '.'
  const name = baseName(path)
  const beside = name === 'values.yaml' ? ['Chart.lock', 'Chart.yaml', 'config/example.alloy'] : []
  const names = beside.filter(each => folder.kind(`${at}/${each}`) === 'file')
  const read = (wanted: string) => (wanted === name ? content : folder.read(`${at}/${wanted}`))
  return { path: at, names: [...names, name].sort(), read, unpack: archivedFiles, isArchived: false }
}
