// Plans made by hand, for the tests of this folder.
import type { Grant } from '../../src/kubernetes/grant.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Privilege, Reason } from '../../src/rules/requirement.ts'
import type { Source } from '../../src/source.ts'

/** The configuration that the plans claim to come from; a reason's line is the component's position in it. */
export const config: Source = { path: 'config.alloy', text: 'one\ntwo\nthree\nfour\nfive\n' }

/** The charts around which templates, keys or defaults change in a way that decides what is printed. */
export const turningPoints = [
  '0.1.0',
  '0.10.1',
  '0.11.0',
  '0.12.0',
  '0.12.1',
  '0.12.2',
  '1.3.1',
  '1.4.0',
  '1.6.2',
  '1.7.0',
  '1.11.0',
  '1.11.1',
] as const

/** A reason that a component at a line gives. */
export function reason(component: string, rule: string, line = 1): Reason {
  const start =
    config.text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + (line > 1 ? 1 : 0)
  return {
    component,
    rule,
    certainty: 'certain',
    span: { source: config, start, end: start + 3 },
    related: [],
    evidence: [],
  }
}

/**
 * A plan from lines such as `cluster pods list`, `shop secrets[token] get`, `. configmaps get`, `url /metrics get` and
 * `cluster replicasets.apps list`: one grant, or for several verbs one each.
 */
export function planOf(lines: readonly string[], privileges: readonly Privilege[] = []): Plan {
  const grants = lines.flatMap((line, at) => grantsOf(line).map(grant => ({ grant, line, at })))
  return {
    complete: true,
    grants: grants.map(({ grant, at }) => ({
      grant,
      certainty: 'certain' as const,
      reasons: [reason(`example.component.c${at + 1}`, 'example.component#rule', Math.min(at + 1, 5))],
    })),
    privileges: privileges.map(privilege => ({
      privilege,
      certainty: 'certain' as const,
      reasons: [reason('example.privileged.p', 'example.privileged#host', 5)],
    })),
  }
}

function grantsOf(line: string): readonly Grant[] {
  const [where, what, verbs] = line.split(' ') as [string, string, string]
  const each = verbs.split(',')
  if (where === 'url') return each.map(verb => ({ kind: 'url', url: what, verb }))
  const [, resource = '', name = null, group = ''] = what.match(/^([^[.]+)(?:\[(.+)\])?(?:\.(.+))?$/s)!
  const namespace = where === 'cluster' ? null : where
  return each.map(verb => ({
    kind: 'resource',
    namespace,
    group,
    resource,
    name,
    verb,
  }))
}
