import { grantLines } from '../kubernetes/grant.ts'
import { unknownPart } from '../kubernetes/request-attributes.ts'
import { privilegeLine } from '../plan/privilege.ts'
import { type Analyzed, type Ask, flowOf } from '../reports/explain/flow.ts'
import { type Hidden, type Hide, hiderOf } from '../secrets/redact.ts'
import type { AskJson, FlowJson } from './documents/common.ts'
import { placeOf } from './places.ts'

/** Places that one rule asks, each by itself; more are left to the lines of what is needed. */
const mostPlaces = 24

/** What each component of a configuration asks for, and of whom, as JSON documents have it. */
export function flowJson(analysis: Analyzed & { readonly hidden: Hidden }): readonly FlowJson[] {
  let hide: Hide | null = null
  // Whom a target makes a component ask is the answer, though the surroundings may have given it.
  const hidden = (text: string): string => {
    hide ??= hiderOf(analysis.hidden)([])
    return hide(text)
  }
  return flowOf(analysis).map(({ component, span, asks }) => ({
    component,
    ...placeOf(span),
    asks: asks.slice(0, mostPlaces).map(each => askJson(each, hidden)),
  }))
}

function askJson({ rule, asked, targets, endpoint, needs }: Ask, hide: Hide): AskJson {
  const grants = needs.flatMap(need => (need.kind === 'grant' ? [need.grant] : []))
  const privileges = needs.flatMap(need => (need.kind === 'privilege' ? [privilegeLine(need.privilege)] : []))
  return {
    rule,
    asked,
    ...(targets && { targets }),
    ...(endpoint && {
      url: `${endpoint.scheme}://${hide(`${endpoint.host}${endpoint.path}`)}`.replaceAll(unknownPart, '…'),
    }),
    needs: [...grantLines(grants), ...new Set(privileges)],
  }
}
