import { program } from '#rulemap/program'
import { type Diagnostic, hasError, inOrder, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Configuration } from '../../input/configuration.ts'
import { upgradeJson, upgradeMarkdown, upgradeText } from '../../render/upgrade.ts'
import { reaches } from '../../reports/check/finding.ts'
import { open } from '../../session/session.ts'
import { upgradeOf } from '../../session/upgrade.ts'
import { upgradesOf, upgradesText } from '../../session/upgrades.ts'
import { exit } from '../exit.ts'
import { placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { UpgradeOptions } from '../options.ts'
import { forbids, printFrames, refuse, type Shown, writeDiagnostics, writeDocuments } from '../report.ts'

/** `alloy-rbac upgrade`: what a configuration loses or gains between two releases of the chart. */
export function upgrade(paths: readonly string[], options: UpgradeOptions, io: Io): number {
  const read = readInputs(paths, options, io)
  if (options.workload === undefined && read.value.length > 1 && !hasError(read.diagnostics))
    return upgradeAll(read, options, io)
  const at = (chartVersion: string) => {
    const opened = open(read, { ...options, chartVersion }, placeOf(io))
    // A release that warns of what `--strict` forbids does not run the configuration.
    return forbids(opened.diagnostics, options) ? { ...opened, session: null } : opened
  }
  const { upgrade: found, breaking, others } = upgradeOf(at(options.from), at(options.to), options)
  const said = inOrder([...others, ...breaking])
  if (found === null) return refuse(said, options, io)
  writeDiagnostics(said, options, io)
  const make = ({ format, color }: Shown<UpgradeOptions['format']>): string =>
    ({
      text: () => upgradeText(found, breaking, { color }),
      markdown: () => upgradeMarkdown(found, breaking),
      json: () => upgradeJson(found, program, said),
    })[format]()
  if (options.format !== 'json') printFrames(others, options, io)
  writeDocuments({ make, diagnostics: said }, options, io)
  return breaking.some(({ severity }) => reaches(severity, options.failOn)) ? exit.fault : exit.done
}

/** The same for every configuration of the input: totals, then each. */
function upgradeAll(read: Outcome<readonly Configuration[]>, options: UpgradeOptions, io: Io): number {
  const runs = (said: readonly Diagnostic[]): boolean => !forbids(said, options)
  const upgraded = upgradesOf(read.value, { ...options, runs }, placeOf(io))
  const all = { ...upgraded, common: inOrder([...read.diagnostics, ...upgraded.common]) }
  const breaking = all.each.flatMap(each => each.breaking)
  const others = inOrder([...all.common, ...all.each.flatMap(each => each.others)])
  const said = inOrder([...others, ...breaking])
  const isForbidden = forbids(all.common, options)
  if (isForbidden || all.each.some(({ upgrade: found }) => found === null)) return refuse(said, options, io)
  writeDiagnostics(said, options, io)
  if (options.format !== 'json') printFrames(others, options, io)
  writeDocuments({ make: shown => upgradesText(all, shown), diagnostics: said }, options, io)
  return breaking.some(({ severity }) => reaches(severity, options.failOn)) ? exit.fault : exit.done
}
