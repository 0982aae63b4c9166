import { diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import { parent } from '../input/path.ts'
import { type ChartFiles, filesOfFolder, isRead } from '../session/audit/chart-files.ts'
import { type FoundChart, findAlloyCharts, type ReleaseOptions } from '../session/audit/find-charts.ts'
import { folderOf } from '../session/disk.ts'
import { archivedFiles, isArchive } from './disk/archive.ts'
import { Unreadable } from './exit.ts'
import { placeOf, readFile } from './inputs.ts'
import type { Io } from './io.ts'

/** The Alloy charts of a folder, an archive, or a values file that the command line names. */
export function chartsAt(path: string, options: ReleaseOptions, io: Io): Outcome<readonly FoundChart[]> {
  const folder = folderOf(placeOf(io))
  const kind = folder.kind(path)
  if (kind === null) throw new Unreadable(`${path} cannot be read: there is no such file or folder`)
  if (kind === 'folder') return findAlloyCharts(filesOfFolder(path.replace(/(?<=.)\/+$/, ''), folder), options)
  const content = readFile(path, io)
  if (!isArchive(content)) return findAlloyCharts(fileAlone(path, content, io), options)
  const files = archivedFiles(content)
  if ('why' in files) return { value: [], diagnostics: [diagnostic('chart-archive', null, { path, why: files.why })] }
  const names = [...files.keys()].filter(isRead).sort()
  return findAlloyCharts({ path, names, read: name => files.get(name) ?? null }, options)
}

/** A values file, with what describes the chart beside it. */
function fileAlone(path: string, content: Uint8Array, io: Io): ChartFiles {
  const folder = folderOf(placeOf(io))
  const at = path.includes('/') ? parent(path) : '.'
  const name = path.slice(path.lastIndexOf('/') + 1)
  const beside = name === 'values.yaml' ? ['Chart.lock', 'Chart.yaml', 'config/example.alloy'] : []
  const names = beside.filter(each => folder.kind(`${at}/${each}`) === 'file')
  const read = (wanted: string) => (wanted === name ? content : folder.read(`${at}/${wanted}`))
  return { path: at, names: [...names, name].sort(), read }
}
