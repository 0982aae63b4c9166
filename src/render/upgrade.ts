import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Grant } from '../kubernetes/grant.ts'
import type { Change, Upgrade, Versions } from '../reports/check/change.ts'
import { neededLines, riskLines, withoutHeader } from './diff.ts'
import type { AnalyzerJson } from './documents/common.ts'
import type { UpgradeJson } from './documents/upgrade.ts'
import { frame } from './frame.ts'
import { bareGrant, diagnosticJson, grantJson, printJson } from './json.ts'
import { fence } from './markdown.ts'

interface Section {
  readonly title: string
  readonly lines: readonly string[]
}

/** What breaks, framed; then what else changes; then the values that fix it. */
export function upgradeText(
  found: Upgrade,
  breaking: readonly Diagnostic[],
  { color }: { readonly color: boolean },
): string {
  const blocks = [
    ...breaking.map(each => frame(each, { color }).trimEnd()),
    head(found),
    ...sections(found).map(({ title, lines }) => [title, ...lines.map(line => `  ${line}`)].join('\n')),
    ...(found.values === null ? [] : [`${valuesTitle(found)}\n\n${withoutHeader(found.values.text).trimEnd()}`]),
    [`upgrade: ${verdict(found)}`, ...next(found).map(each => `  next: ${each}`)].join('\n'),
  ]
  return `${blocks.join('\n\n')}\n`
}

/** The same as a comment for a pull request. */
export function upgradeMarkdown(found: Upgrade, breaking: readonly Diagnostic[]): string {
  const blocks = [
    `### Alloy's permissions, ${head(found)}: ${verdict(found)}`,
    ...(found.refused === 'to' ? [fence(breaking.map(({ message }) => message))] : []),
    ...sections(found).flatMap(({ title, lines }) => [`${title}:`, fence(lines)]),
    ...(found.values === null
      ? []
      : [`${valuesTitle(found)}:`, fence([withoutHeader(found.values.text).trimEnd()], 'yaml')]),
    ...next(found).map(each => `Next: ${each}`),
  ]
  return `${blocks.join('\n\n')}\n`
}

/** The same for programs. */
export const upgradeJson = (found: Upgrade, analyzer: AnalyzerJson, said: readonly Diagnostic[]): string =>
  printJson(upgradeDocument(found, analyzer, said))

/** The document of one configuration, alone or among several. */
export function upgradeDocument(found: Upgrade, analyzer: AnalyzerJson, said: readonly Diagnostic[]): UpgradeJson {
  const grants = ({ gained, lost }: Change<Grant>) => ({ gained: gained.map(bareGrant), lost: lost.map(bareGrant) })
  return {
    version: 1,
    analyzer,
    from: found.from,
    to: found.to,
    refused: found.refused,
    breaks: found.breaks.map(grantJson),
    repairs: found.repairs.map(grantJson),
    missing: found.missing.map(grantJson),
    needs: grants(found.needs),
    excess: grants(found.excess),
    pod: { missing: found.privileges, excess: found.needless },
    values: found.values?.values ?? null,
    diagnostics: said.map(diagnosticJson),
  }
}

function head({ from, to }: Upgrade): string {
  const alloy = ({ alloy, chart }: Versions) => `${chart} (Alloy ${alloy})`
  return `grafana/alloy ${alloy(from)} to ${alloy(to)}`
}

function verdict({ refused, to, breaks, missing, privileges }: Upgrade): string {
  if (refused === 'to') return `chart ${to.chart} does not run the configuration`
  const count = breaks.length + privileges.gained.length
  const isSure = privileges.gained.length > 0 || breaks.some(({ certainty }) => certainty === 'certain')
  if (count > 0)
    return `${isSure ? 'breaks' : 'may break'} ${count} ${count === 1 ? 'thing' : 'things'} that work${count === 1 ? 's' : ''} now`
  return missing.length > 0
    ? `breaks nothing that works now, but does not grant everything that is ${refused === null ? 'missing' : 'needed'}`
    : 'breaks nothing'
}

/** Values that grant what was missing before do not fix the upgrade. */
const valuesTitle = ({ breaks, privileges }: Upgrade): string =>
  breaks.length + privileges.gained.length > 0 ? 'values that fix it' : 'values that grant what is missing'

/** What to do now; where the new chart does not run the configuration, the message about that says it. */
function next({ refused, to, values, excess, needless }: Upgrade): readonly string[] {
  if (refused === 'to') return []
  const generate = `alloy-rbac generate on the same input, with --chart-version ${to.chart} -o values-rbac.yaml`
  if (values !== null)
    return [
      `save all values: ${generate}`,
      `upgrade to chart ${to.chart} with values-rbac.yaml as the last values file`,
    ]
  const isWider = excess.gained.length + needless.gained.length > 0
  return ['upgrade; the values need no change', ...(isWider ? [`leave out what is not needed: ${generate}`] : [])]
}

function sections(found: Upgrade): readonly Section[] {
  const { refused, breaks, repairs, missing, needs, excess, privileges, needless } = found
  const isNew = refused === 'from'
  const all: readonly Section[] = [
    { title: 'needed but no longer granted', lines: neededLines(breaks) },
    { title: 'privileges that the pod needs but loses', lines: privileges.gained },
    { title: 'needed and now granted', lines: neededLines(repairs) },
    { title: 'privileges that the pod needs and gains', lines: privileges.lost },
    { title: isNew ? 'needed but not granted' : 'missing before and after', lines: neededLines(missing) },
    { title: isNew ? 'needed' : 'needed only by the new Alloy', lines: riskLines(needs.gained) },
    { title: 'needed only by the old Alloy', lines: riskLines(needs.lost) },
    { title: isNew ? 'granted but not needed' : 'newly granted but not needed', lines: riskLines(excess.gained) },
    { title: 'no longer granted, and not needed', lines: riskLines(excess.lost) },
    { title: `privileges that the pod ${isNew ? 'has' : 'gains'} but does not need`, lines: needless.gained },
    { title: 'privileges that the pod loses and does not need', lines: needless.lost },
  ]
  return all.filter(({ lines }) => lines.length > 0)
}
