import { forObjects } from '../diagnostic/objects-in-words.ts'
import { settlersInWords } from '../diagnostic/settlers-in-words.ts'
import type { GrantedBy } from '../reports/explain/granted-for.ts'
import type { NeededLine } from '../reports/explain/needed.ts'
import { inertLines } from '../text/inert.ts'
import type { ExplainJson } from './documents/explain.ts'
import { objectsJson, printJson } from './json.ts'
import { placeOf } from './places.ts'

/** What is known of something that was asked about. */
export interface Needed {
  readonly needs: readonly NeededLine[]
  /** False when a part of the configuration is unknown, and may need it. */
  readonly complete: boolean
  /** The rules that grant it as the input stands; null where that is not a question. */
  readonly granted: readonly GrantedBy[] | null
}

/** Why a configuration needs what was asked about, and what grants it, as text, ending in one line feed. */
export function neededText(thing: string, { needs, complete, granted }: Needed): string {
  const open = complete ? '' : ' What is unknown of the configuration may need it.'
  const nothing = [`Nothing in this configuration needs ${thing}.${open}`, `Which components may: explain '${thing}'.`]
  const found = needs.flatMap(({ need, certainty, reasons }) => [
    `${need}${certainty === 'assumed' ? ' (assumed)' : ''}`,
    ...reasons.flatMap(({ reason, evidence, settlers }) => {
      const { path, line, column } = placeOf(reason.span)
      return [
        `  ${reason.component} (${path}:${line}:${column}), by ${reason.rule}${reason.objects ? `, ${forObjects(reason.objects)}` : ''}`,
        ...(settlers === null
          ? []
          : [`    assumed: ${settlersInWords(settlers.filter(({ kind }) => kind !== 'askers'))}`]),
        ...(reason.objects?.by ?? []).map(object => `    ${object} asks for it`),
        ...reason.related.map(({ span, text }) => {
          const at = placeOf(span)
          return `    ${text} (${at.path}:${at.line}:${at.column})`
        }),
        ...evidence.flatMap(({ says, url }) => [`    because ${says}`, `      ${url}`]),
      ]
    }),
    '',
  ])
  return `${inertLines([...(needs.length === 0 ? [...nothing, ''] : found), ...grantedLines(thing, granted)]).trimEnd()}\n`
}

function grantedLines(thing: string, granted: Needed['granted']): readonly string[] {
  if (granted === null) return []
  if (granted.length === 0) return [`Nothing in the input grants ${thing}.`]
  return [
    'granted by',
    ...granted.flatMap(({ rule, binding, grants, span }) => {
      const { path, line, column } = placeOf(span)
      return [`  ${rule} (${path}:${line}:${column}), bound by ${binding}`, ...grants.map(grant => `    ${grant}`)]
    }),
  ]
}

/** The same for programs. */
export const neededJson = (thing: string, { needs, complete, granted }: Needed): string => {
  const document: ExplainJson = {
    version: 1,
    kind: 'needs',
    thing,
    complete,
    needs: needs.map(({ need, certainty, reasons }) => ({
      need,
      certainty,
      reasons: reasons.map(({ reason, evidence }) => ({
        component: reason.component,
        rule: reason.rule,
        certainty: reason.certainty,
        ...placeOf(reason.span),
        ...(reason.objects && { objects: objectsJson(reason.objects) }),
        evidence: evidence.map(({ at, says, url }) => ({ at, says, url })),
      })),
    })),
    ...(granted !== null && {
      granted: granted.map(({ rule, binding, grants, span }) => ({ rule, binding, grants, ...placeOf(span) })),
    }),
  }
  return printJson(document)
}
