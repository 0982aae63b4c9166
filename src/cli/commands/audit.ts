import { program } from '#rulemap/program'
import { audit } from '../../audit.ts'
import { auditJson, auditMarkdown, auditText } from '../../render/audit.ts'
import { versionsFor } from '../../session/versions.ts'
import { exit } from '../exit.ts'
import type { Io } from '../io.ts'
import type { AuditOptions } from '../options.ts'
import { printFrames, writeDocument } from '../report.ts'

/** `alloy-rbac audit-chart`: default grants that no component of the chart's Alloy can use. */
export function auditChart(options: AuditOptions, io: Io): number {
  const { value, diagnostics } = versionsFor(options, null)
  printFrames(diagnostics, { color: 'auto' }, io)
  if (value === null) return exit.fault
  const { release, target } = value
  const found = audit(release, target.alloy, target.kubernetes)
  const text = {
    text: () => auditText(found),
    markdown: () => auditMarkdown(found),
    json: () => auditJson(found, program),
  }[options.format]()
  writeDocument(text, options, io)
  return exit.done
}
