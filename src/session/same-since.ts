import { oldestKubernetes } from '../kubernetes/bootstrap.ts'
import { grantLine } from '../kubernetes/grant.ts'
import { privilegeLine } from '../plan/privilege.ts'
import type { Use } from '../resolve/use.ts'
import { type Derivation, derive } from '../rules/derive.ts'
import { compareMinors } from '../version.ts'

/**
 * The oldest minor of Kubernetes from which on the same is needed as in the one of the derivation, as far back as minors were read.
 * The kubelet's parts and the rights of every account move with the minor, and only requests rest on them.
 */
export function sameSince(uses: readonly Use[], derivation: Derivation): string {
  const names = [...new Set(uses.map(({ component }) => component))].filter(name => isByMinor(derivation, name))
  const asking = uses.filter(({ component }) => names.includes(component))
  const needsIn = (kubernetes: string): string =>
    needs(asking, { ...derivation, target: { ...derivation.target, kubernetes } })
  const wanted = needsIn(derivation.target.kubernetes)
  let since = derivation.target.kubernetes
  for (let older = before(since); older !== null && needsIn(older) === wanted; older = before(older)) since = older
  return since
}

/** Says whether what a component needs may differ by the minor. */
function isByMinor({ rulesOf, conditions }: Derivation, component: string): boolean {
  const rules = rulesOf(component)
  if (rules === null) return false
  const tests = /"\$kubernetes"/
  return rules.requests !== undefined || tests.test(JSON.stringify(rules)) || tests.test(JSON.stringify(conditions))
}

/** The minor before one; null where it was not read. */
function before(minor: string): string | null {
  const [major = '', number = ''] = minor.split('.')
  const older = `${major}.${Number(number) - 1}`
  return compareMinors(older, oldestKubernetes) < 0 ? null : older
}

function needs(uses: readonly Use[], derivation: Derivation): string {
  const lines = derive(uses, derivation).value.map(({ need, reason }) => {
    const line = need.kind === 'grant' ? grantLine(need.grant) : privilegeLine(need.privilege)
    return `${line} ${reason.certainty}`
  })
  return [...new Set(lines)].sort().join('\n')
}
