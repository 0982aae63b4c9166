import { program } from '#rulemap/program'
import { inOrder } from '../../diagnostic/diagnostic.ts'
import { upgradeJson, upgradeMarkdown, upgradeText } from '../../render/upgrade.ts'
import { open } from '../../session/session.ts'
import { upgradeOf } from '../../session/upgrade.ts'
import { exit } from '../exit.ts'
import { placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { UpgradeOptions } from '../options.ts'
import { colors, forbids, printFrames, refuse, writeDiagnostics, writeDocument } from '../report.ts'

/** `alloy-rbac upgrade`: what a configuration loses or gains between two releases of the chart. */
export function upgrade(paths: readonly string[], options: UpgradeOptions, io: Io): number {
  const read = readInputs(paths, options, io)
  const [from, to] = [options.from, options.to].map(chartVersion =>
    open(read, { ...options, chartVersion }, placeOf(io)),
  )
  const before = inOrder([...from!.diagnostics, ...to!.diagnostics])
  if (from!.session === null || to!.session === null || forbids(before, options)) return refuse(before, options, io)
  const { value, diagnostics: said } = upgradeOf(from!.session, to!.session, options)
  if (value === null) return refuse([...before, ...said], options, io)
  writeDiagnostics([...before, ...said], options, io)
  const text = {
    text: () => upgradeText(value, said, { color: colors(options, io) }),
    markdown: () => upgradeMarkdown(value),
    json: () => upgradeJson(value, program, [...before, ...said]),
  }[options.format]()
  if (options.format !== 'json') printFrames(before, options, io)
  writeDocument(text, options, io)
  return exit.done
}
