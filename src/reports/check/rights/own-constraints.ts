import { diagnostic } from '../../../diagnostic/diagnostic.ts'
import type { Configuration } from '../../../input/configuration.ts'
import { ofKind } from '../../../input/manifests/objects.ts'
import { asFinding, type Finding } from '../finding.ts'
import type { HeldRule } from './granted.ts'

/** The rules of an account, without those that admit its pods on OpenShift under constraints that the input makes for it. */
export function withoutOwnConstraints(
  rules: readonly HeldRule[],
  { objects }: Configuration,
): { readonly rules: readonly HeldRule[]; readonly findings: readonly Finding[] } {
  const made = new Set(ofKind(objects, 'SecurityContextConstraints').map(({ name }) => name))
  const own = rules.filter(({ rule }) => admits(rule, made))
  if (own.length === 0) return { rules, findings: [] }
  const findings = own.map(({ rule, title, span }) =>
    asFinding(diagnostic('own-constraints', span, { rule: title, names: rule.resourceNames ?? [] })),
  )
  return { rules: rules.filter(each => !own.includes(each)), findings }
}

function admits(
  { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs }: HeldRule['rule'],
  made: ReadonlySet<string>,
): boolean {
  const are = (list: readonly string[], only: string): boolean => list.length > 0 && list.every(each => each === only)
  return (
    are(apiGroups, 'security.openshift.io') &&
    are(resources, 'securitycontextconstraints') &&
    are(verbs, 'use') &&
    nonResourceURLs.length === 0 &&
    resourceNames.length > 0 &&
    resourceNames.every(name => made.has(name))
  )
}
