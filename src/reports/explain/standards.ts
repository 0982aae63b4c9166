import { templateSecurity } from '../../chart/pod/admission.ts'
import { podPatch } from '../../chart/pod/patch.ts'
import { podSettings } from '../../chart/pod/settings.ts'
import type { Level } from '../../kubernetes/pod/security.ts'
import { newestKubernetes } from '../../kubernetes/resources.ts'
import type { ComponentRules, PrivilegeRule } from '../../rules/map/schema.ts'
import type { Privilege } from '../../rules/requirement.ts'

/** The controls of a Pod Security Standard that a component's privileges may violate, sorted. */
export function violatedBy({ privileges }: ComponentRules, level: Exclude<Level, 'privileged'>): readonly string[] {
  const all = Object.values(privileges ?? {}).filter(({ until }) => until === undefined)
  return [...new Set(all.flatMap(rule => privilegesOf(rule)).flatMap(privilege => controlsOf(privilege, level)))].sort()
}

/** The controls that a pod with one privilege and nothing else violates. */
export function controlsOf(privilege: Privilege, level: Exclude<Level, 'privileged'>): readonly string[] {
  const privileges = [{ privilege, certainty: 'certain' as const, reasons: [] }]
  const settings = podSettings({ grants: [], privileges, complete: true })
  const { template } = podPatch(settings, { pod: {}, container: 'alloy' }, 'alloy', newestKubernetes)
  return templateSecurity(template, newestKubernetes).violations[level]
}

/** What a rule asks for, as far as admission distinguishes it: it treats every mount of the host alike. */
function privilegesOf(rule: PrivilegeRule): readonly Privilege[] {
  return [
    ...(rule.capabilities ?? []).map((name): Privilege => ({ kind: 'capability', name })),
    ...(rule.pod ?? []).map((field): Privilege => ({ kind: 'pod', field })),
    ...((rule.mounts ?? []).length > 0 ? [{ kind: 'mount' as const, hostPath: '/srv', readOnly: true }] : []),
  ]
}
