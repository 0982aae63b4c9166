import type { NeededLine } from '../explain/needed.ts'
import { inertLines } from '../text/inert.ts'
import { printJson } from './json.ts'
import { placeOf } from './places.ts'

/** Why a configuration needs what was asked about, as text, ending in one line feed. */
export function neededText(thing: string, needs: readonly NeededLine[], complete: boolean): string {
  const open = complete ? '' : ' What is unknown of the configuration may need it.'
  const nothing = [`Nothing in this configuration needs ${thing}.${open}`, `Which components may: explain '${thing}'.`]
  const found = needs.flatMap(({ need, certainty, reasons }) => [
    `${need}${certainty === 'assumed' ? ' (assumed)' : ''}`,
    ...reasons.flatMap(({ reason, evidence }) => {
      const { path, line, column } = placeOf(reason.span)
      return [
        `  ${reason.component} (${path}:${line}:${column}), by ${reason.rule}${reason.certainty === 'assumed' ? ', assumed' : ''}`,
        ...reason.related.map(({ span, text }) => {
          const at = placeOf(span)
          return `    ${text} (${at.path}:${at.line}:${at.column})`
        }),
        ...evidence.flatMap(({ says, url }) => [`    because ${says}`, `      ${url}`]),
      ]
    }),
    '',
  ])
  return `${inertLines(needs.length === 0 ? nothing : found).trimEnd()}\n`
}

/** The same for programs. */
export const neededJson = (thing: string, needs: readonly NeededLine[], complete: boolean): string =>
  printJson({
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
        evidence: evidence.map(({ at, says, url }) => ({ at, says, url })),
      })),
    })),
  })
