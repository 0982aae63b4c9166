import { createTwoFilesPatch } from 'diff'
import { incompleteLines } from '../chart/incomplete.ts'
import { defaultRules } from '../chart/rbac/default-values.ts'
import type { Difference } from '../chart/rbac/difference.ts'
import { groupedBy } from '../grouped-by.ts'
import { type Grant, grantKey, grantLines } from '../kubernetes/grant.ts'
import { riskOf, riskRank } from '../kubernetes/risk.ts'
import type { PlannedGrant } from '../plan/reduce.ts'
import type { NeededPrivilege, PodDifference } from '../reports/check/pod/pod-difference.ts'
import type { Reason } from '../rules/requirement.ts'
import { withoutEnding } from '../text/cut.ts'
import type { PodDiffJson } from './documents/diff.ts'
import type { DifferenceJson } from './documents/generate.ts'
import { reasonJson } from './json.ts'
import { placeOf, shownPlace } from './places.ts'

/** What a difference is printed with. */
export interface DiffOptions {
  /** The part of the values that carries the rules, as printed. */
  readonly values: string
  readonly color: boolean
  /** The half of the pod; null where the answer leaves it alone. */
  readonly pod: PodDifference | null
}

/** The difference as text: a unified diff of the values, a summary, then the grants, those that give most away first. */
export function diffText(found: Difference, { values, color, pod }: DiffOptions): string {
  const paint = painter(color)
  const lines = [
    ...patch(found, values).map(paint.patch),
    '',
    `${paint.bold('grants')}  ${summary(found)}`,
    ...warnings(found).map(paint.bold),
    ...section(paint.bold(neededTitle(found)), neededLines(found.needed)),
    ...section(
      paint.bold('granted by default but not needed, most severe first'),
      riskLines(found.excess).map(paint.excess),
    ),
    ...section(paint.bold('phantom: granted by default on resources that no API serves'), grantLines(found.phantom)),
    ...section(paint.bold('needed but not granted by default'), missingLines(found.missing)),
    ...(pod === null ? [] : ['', `${paint.bold('privileges')}  ${podSummary(pod)}`, ...podSections(pod, paint)]),
  ]
  return `${lines.join('\n')}\n`
}

/** What the mark of some lines means. */
const neededTitle = ({ needed }: Difference): string =>
  needed.some(({ certainty }) => certainty === 'assumed')
    ? 'needed; assumed: unless a value or an object that is not known says otherwise'
    : 'needed'

function podSections({ needed, excess, missing }: PodDifference, paint: ReturnType<typeof painter>): readonly string[] {
  return [
    ...section(paint.bold('needed by the pod'), neededPrivileges(needed)),
    ...section(paint.bold('given by default but not needed'), privilegeLines(excess).map(paint.excess)),
    ...section(paint.bold('needed but not given by default'), privilegeLines(missing)),
  ]
}

/** The numbers of the pod's half in one line, and what admits the pod. */
export function podSummary({ defaults, needed, excess, missing, standard }: PodDifference): string {
  const capabilities = defaults.filter(isCapability).length
  const counts = `${defaults.length} by default (${capabilities} of them capabilities), ${needed.length} needed, ${excess.length} excess, ${missing.length} missing`
  return `${counts}; Pod Security Standard ${standard.before} by default, ${standard.after} with these values`
}

const isCapability = (line: string): boolean => line.startsWith('capability ')

/** Privileges a line each, but all capabilities in one. */
export function privilegeLines(lines: readonly string[]): readonly string[] {
  const capabilities = lines.filter(isCapability).map(line => line.replace('capability ', ''))
  return [
    ...lines.filter(line => !isCapability(line)),
    ...(capabilities.length === 0 ? [] : [`capability ${capabilities.join(', ')}`]),
  ]
}

/** Privileges with who needs them. */
export function neededPrivileges(needed: readonly NeededPrivilege[]): readonly string[] {
  return needed.flatMap(({ line, reasons }) => [line, ...placesOf(reasons).map(place => `  ${place}`)])
}

/** The part of a JSON document that says how the pod differs from the one of the defaults. */
export function podDiffJson({ defaults, needed, excess, missing, standard }: PodDifference): PodDiffJson {
  return {
    defaults: defaults.length,
    needed: needed.map(({ line, reasons }) => ({ privilege: line, reasons: reasons.map(reasonJson) })),
    excess,
    missing,
    podSecurityStandard: standard,
  }
}

/** What a reader has to know before anything else. */
export function warnings({ complete, beyond, release, needed }: Difference): readonly string[] {
  return [
    ...incompleteLines({ complete, ...(beyond && { beyond }) }),
    ...(release.configurable || release.extraObjects || needed.length === 0
      ? []
      : [
          `The values of chart ${release.version} cannot carry what is needed; generate --format manifests prints it as objects.`,
        ]),
  ]
}

/** The part of a JSON document that says how a plan differs from the defaults. */
export function diffJson({ defaults, needed, excess, phantom, missing }: Difference): DifferenceJson {
  return {
    defaults: defaults.length,
    needed: needed.length,
    excess: byRisk(excess).flatMap(({ lines }) => lines),
    phantom: grantLines(phantom),
    missing: grantLines(missing.map(({ grant }) => grant)),
  }
}

/** The numbers of a difference in one line. */
export function summary({ defaults, needed, excess, phantom, missing, ...rest }: Difference): string {
  const parts = [
    `${defaults.length} by default`,
    neededInWords({ needed: needed.length, ...rest }),
    `${excess.length} excess`,
    `${phantom.length} phantom`,
    `${missing.length} missing`,
  ]
  return parts.join(', ')
}

/** How many grants are needed, with what makes that number and those of excess and phantom more or less than what is granted. */
export const neededInWords = ({
  needed,
  tooWide,
  forOthers,
}: Record<'needed' | 'tooWide' | 'forOthers', number>): string =>
  `${needed} needed${tooWide === 0 ? '' : ` (${tooWide} granted too widely)`}${forOthers === 0 ? '' : `, ${forOthers} for other objects`}`

/** The lines of a unified diff from the default rules to the values. */
export function patch({ release }: Difference, values: string): readonly string[] {
  const file = release.configurable ? 'values.yaml' : 'templates/rbac.yaml'
  const text = createTwoFilesPatch(
    `grafana/alloy ${release.version} ${file}`,
    'values',
    defaultRules(release),
    withoutHeader(values),
    '',
    '',
    {
      context: 3,
    },
  )
  // The line above the file names is for mail readers.
  return text
    .replace(/^=+\n/, '')
    .trimEnd()
    .split('\n')
    .map(line => (/^(?:---|\+\+\+) /.test(line) ? withoutEnding(line, '\t') : line))
}

/** The header of printed values says what the summary says. */
export function withoutHeader(values: string): string {
  return values.replace(/^(?:#.*\n)+\n/, '')
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map(line => `  ${line}`)]
}

/** Grants with who needs them. */
export function neededLines(needed: readonly PlannedGrant[]): readonly string[] {
  const assumed = new Set(needed.filter(({ certainty }) => certainty === 'assumed').map(({ grant }) => grantKey(grant)))
  const groups = groupedBy(needed, ({ grant, certainty }) =>
    grantLines([{ ...grant, verb: '' }], () => certainty === 'assumed').join('\n'),
  )
  return groups.flatMap(group => {
    const lines = grantLines(
      group.map(({ grant }) => grant),
      grant => assumed.has(grantKey(grant)),
    )
    return [...lines, ...places(group).map(place => `  ${place}`)]
  })
}

function places(group: readonly PlannedGrant[]): readonly string[] {
  return placesOf(group.flatMap(({ reasons }) => reasons))
}

const placesOf = (reasons: readonly Reason[]): readonly string[] => [
  ...new Set(reasons.map(({ component, span }) => `${component} (${shownPlace(placeOf(span))})`)),
]

function missingLines(missing: readonly PlannedGrant[]): readonly string[] {
  return grantLines(missing.map(({ grant }) => grant))
}

/** Grants by what they give away, the most severe first, each with what that is. */
export function riskLines(grants: readonly Grant[]): readonly string[] {
  return byRisk(grants).flatMap(({ sentence, lines }) =>
    lines.map(line => (sentence === null ? line : `${line}  # ${sentence}`)),
  )
}

/** Grants in groups of one risk. */
export function byRisk(
  grants: readonly Grant[],
): readonly { readonly sentence: string | null; readonly lines: readonly string[] }[] {
  return groupedBy(grants, grant => riskOf(grant)?.sentence ?? '')
    .toSorted(([a], [b]) => riskRank(a) - riskRank(b))
    .map(group => ({ sentence: riskOf(group[0])?.sentence ?? null, lines: grantLines(group) }))
}

interface Painter {
  readonly bold: (text: string) => string
  readonly excess: (text: string) => string
  readonly patch: (line: string) => string
}

function painter(color: boolean): Painter {
  const paint = (code: number) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)
  const [bold, red, green, cyan] = [paint(1), paint(31), paint(32), paint(36)]
  const patchLine = (line: string): string => {
    if (line.startsWith('---') || line.startsWith('+++')) return bold(line)
    if (line.startsWith('@@')) return cyan(line)
    if (line.startsWith('-')) return red(line)
    return line.startsWith('+') ? green(line) : line
  }
  return { bold, excess: red, patch: patchLine }
}
