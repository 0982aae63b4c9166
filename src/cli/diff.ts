import { program } from '#rulemap/program'
import { inOrder } from '../diagnostic/diagnostic.ts'
import { diffJson, diffText } from '../render/diff.ts'
import { diffMarkdown } from '../render/diff-markdown.ts'
import { diagnosticJson, printJson } from '../render/json.ts'
import { useColor } from './color.ts'
import { differenceOf, provedValues, widened } from './documents.ts'
import type { Io } from './io.ts'
import type { CommonOptions } from './options.ts'
import { forbids, printFrames, writeDiagnostics, writeDocument } from './report.ts'
import { exit } from './run.ts'
import { open } from './session.ts'

/** `alloy-rbac diff`: the chart's defaults against what is needed. */
export function diff(paths: readonly string[], options: CommonOptions, io: Io): number {
  const { session, diagnostics: before } = open(paths, options, io)
  if (session === null || forbids(before, options)) {
    writeDiagnostics(before, options, io)
    printFrames(before, options, io)
    return exit.fault
  }
  const { plan, diagnostics: said } = widened(session, options)
  const { document, diagnostics: more } = provedValues(plan, session, { ...options, only: 'rbac' })
  const diagnostics = inOrder([...before, ...said, ...more])
  if (document === null) {
    writeDiagnostics(diagnostics, options, io)
    printFrames(diagnostics, options, io)
    return exit.fault
  }
  const found = differenceOf(plan, session)
  writeDiagnostics(diagnostics, options, io)
  if (options.format === 'json') {
    const { release, target } = session
    const json = {
      version: 1,
      analyzer: program,
      target: { alloy: target.alloy, chart: release.version, kubernetes: target.kubernetes },
      ...diffJson(found),
      diagnostics: diagnostics.map(diagnosticJson),
    }
    writeDocument(printJson(json), options, io)
    return exit.done
  }
  printFrames(diagnostics, options, io)
  const color = options.output === undefined && useColor(options.color, io.env, io.terminal)
  const text =
    options.format === 'markdown'
      ? diffMarkdown(found, document.text)
      : diffText(found, { values: document.text, color })
  writeDocument(text, options, io)
  return exit.done
}
