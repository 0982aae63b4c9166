import { carriesToken } from '../evaluate/contents.ts'
import type { Arguments, Use } from '../resolve/use.ts'
import type { Requirement } from './requirement.ts'

/** A component that is handed the service account's token, whatever it does with it, needs the token mounted. */
export function needsOfToken(use: Use): readonly Requirement[] {
  if (!holdsToken(use.arguments)) return []
  return [
    {
      need: { kind: 'privilege', privilege: { kind: 'pod', field: 'token' } },
      reason: {
        component: use.id,
        rule: `${use.component}#service-account-token`,
        certainty: use.certain ? 'certain' : 'assumed',
        span: use.block.header,
        related: use.related,
        evidence: [],
      },
    },
  ]
}

function holdsToken({ attributes, blocks }: Arguments): boolean {
  return (
    [...attributes.values()].some(({ value }) => carriesToken(value) === true) ||
    blocks.some(({ body }) => holdsToken(body))
  )
}
