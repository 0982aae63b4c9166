import { hasError } from '../../diagnostic/diagnostic.ts'
import { join } from '../../input/path.ts'
import { readmeMarks, withReadme } from '../../render/audit/audit-readme.ts'
import { auditCharts, auditDocument, type TrimmedAudit, trimmedAudits } from '../../session/audit/audit-charts.ts'
import { releasedChart } from '../../session/audit/find-charts.ts'
import { type TrimmedFile, trimFiles } from '../../session/audit/trim-files.ts'
import { chartsAt } from '../chart-input.ts'
import { exit, Misuse, Unreadable } from '../exit.ts'
import { readFile } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { AuditOptions } from '../options.ts'
import { refuseOverwriting } from '../outputs.ts'
import { printFrames, write, writeDocument } from '../report.ts'

/** `alloy-rbac audit-chart`: default grants that no component of the chart's Alloy can use, and needs that they do not cover. */
export function auditChart(path: string | undefined, options: AuditOptions, io: Io): number {
  const { output = '-' } = options
  if (options.format === 'readme' && options.write)
    throw new Misuse('--format readme tells of the rules as they are: run it after --write')
  if (path === undefined && options.write) throw new Misuse('--write needs the path of a chart folder or a values file')
  const { isArchive, found } =
    path === undefined ? { isArchive: false, found: releasedChart(options) } : chartsAt(path, options, io)
  const { value: audits, diagnostics } = auditCharts(found, options)
  if (options.format !== 'json' || hasError(diagnostics)) printFrames(diagnostics, { color: 'auto' }, io)
  if (hasError(diagnostics)) return exit.fault
  if (isArchive && options.write)
    throw new Misuse(`--write cannot edit ${path}: unpack the archive, and name the folder`)
  const all = trimmedAudits(audits, options.keep)
  const document = auditDocument(all, options, diagnostics)
  if (typeof document !== 'string') throw new Misuse(`--format values has no answer: ${document.why}`)
  const files = options.write ? edited(all) : []
  if (options.format === 'readme' && output !== '-') writeReadme(document, output, options, io)
  else writeDocument(document, options, io)
  for (const file of files) write(file.path, `${markOf(file.path, io)}${file.text}`, io)
  return exit.done
}

function edited(all: readonly TrimmedAudit[]): readonly TrimmedFile[] {
  const files = trimFiles(all)
  if ('why' in files) throw new Misuse(`--write edits nothing: ${files.why}`)
  return files
}

/** The mark that some editors begin a file with, which no reader passes on. */
function markOf(path: string, io: Io): string {
  const [first, second, third] = io.disk.readFile(join(io.cwd, path))
  return first === 0xef && second === 0xbb && third === 0xbf ? '\ufeff' : ''
}

/** A page keeps what is around the part that is written. */
function writeReadme(part: string, output: string, options: AuditOptions, io: Io): void {
  refuseOverwriting(options, io)
  const made = withReadme(pageAt(output, io), part)
  if (made === null)
    throw new Misuse(`${output} does not have these two lines once, in this order: ${readmeMarks.join(' and ')}`)
  write(output, made, io)
}

/** What is not text would not come back as it is. */
function pageAt(path: string, io: Io): string {
  const content = readFile(path, io)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    throw new Unreadable(`${path} cannot be read: it is not UTF-8`)
  }
}
