import * as assert from 'uvu/assert'
import type { Entry } from '../../scripts/rulemap.ts'
import { verbs } from '../../src/kubernetes/grant.ts'
import { isPhantom, resourceScope } from '../../src/kubernetes/resources.ts'
import type { GrantRule, Names, Scope } from '../../src/rules/map/schema.ts'
import { describe, source } from '../harness.ts'
import { demands, entries, map } from './map.ts'

/** What the Kubernetes API or RBAC would make nothing of. */
function problems(entry: Entry): readonly string[] {
  return demands(entry).flatMap(({ kind, id, rule }) => {
    const full = `${entry.name}#${id}`
    if (kind === 'grants') return ofGrant(rule, entry.rules.scope).map(each => `${full}: ${each}`)
    if (kind === 'urls') return unknownVerbs(rule.verbs).map(each => `${full}: ${each}`)
    return []
  })
}

const unknownVerbs = (named: readonly string[]): readonly string[] =>
  named.filter(verb => !(verbs as readonly string[]).includes(verb)).map(verb => `${verb} is no verb`)

function ofGrant({ allow, scope: own }: GrantRule, common: Scope | undefined): readonly string[] {
  const scope = own ?? common ?? 'cluster'
  const found = [...unknownVerbs(allow.verbs)]
  if (allow.names !== undefined && allow.verbs.some(verb => verb === 'create' || verb === 'deletecollection'))
    found.push('the request to create names no object that RBAC could compare with names')
  for (const group of allow.groups ?? ['']) {
    for (const resource of allow.resources) {
      if (group === '*' || resource === '*') found.push('a wildcard grants more than is known to be needed')
      else if (isPhantom(group, resource)) found.push(`no API serves ${resource} in the group "${group}"`)
      if (
        resourceScope(group, resource) === 'cluster' &&
        scope !== 'cluster' &&
        !isOwnNamespace(resource, scope, allow.names)
      )
        found.push(`${resource} has no namespace: expected the scope cluster`)
    }
  }
  return found
}

/** One namespace read by its name is authorized inside that namespace. */
function isOwnNamespace(resource: string, scope: Scope, names: Names | undefined): boolean {
  return (
    resource === 'namespaces' &&
    typeof scope === 'object' &&
    'namespace' in scope &&
    Array.isArray(names) &&
    names.every(name => name === scope.namespace)
  )
}

describe('kubernetes', it => {
  it('serves what every rule grants', () => {
    assert.equal(map.entries.flatMap(problems), [])
  })

  const text = source`
    components:
      a.b:
        about: Does one thing.
        scope: { names: namespaces }
        grants:
          pods: { allow: { resources: [pods], verbs: [list], names: [one] }, evidence: [code] }
          nodes: { scope: cluster, allow: { resources: [nodes/metrics], verbs: [get] }, evidence: [code] }
          own: { scope: { namespace: kube-system }, allow: { resources: [namespaces], verbs: [get], names: [kube-system] }, evidence: [code] }
          custom: { allow: { groups: [example.com], resources: [widgets], verbs: [get] }, evidence: [code] }
        urls:
          metrics: { paths: [/metrics], verbs: [get], evidence: [code] }
        evidence:
          code: { at: 'o/r@v1:a.go#L1-L2', says: It lists pods. }
    `
  const found = (changed: string): string => entries(changed).flatMap(problems).join('\n')
  it('makes something of sound rules', () => assert.is(found(text), ''))
  const bad: readonly (readonly [title: string, from: string, to: string, message: RegExp])[] = [
    ['an unknown verb', 'verbs: [list]', 'verbs: [read]', /a\.b#pods: read is no verb/],
    [
      'an unknown verb of a URL',
      'paths: [/metrics], verbs: [get]',
      'paths: [/metrics], verbs: [fetch]',
      /a\.b#metrics: fetch is no verb/,
    ],
    [
      'a name beside create',
      'verbs: [list], names: [one]',
      'verbs: [create], names: [one]',
      /a\.b#pods: the request to create/,
    ],
    [
      'a resource of the wrong group',
      'resources: [pods]',
      'groups: [apps], resources: [pods]',
      /no API serves pods in the group "apps"/,
    ],
    ['a misspelt resource', 'resources: [pods]', 'resources: [pod]', /no API serves pod in the group ""/],
    [
      'a namespace around what has none',
      'nodes: { scope: cluster, ',
      'nodes: { ',
      /a\.b#nodes: nodes\/metrics has no namespace/,
    ],
    [
      'another namespace around one',
      'names: [kube-system]',
      'names: [default]',
      /a\.b#own: namespaces has no namespace/,
    ],
    [
      'all namespaces by a namespaced rule',
      'verbs: [get], names: [kube-system]',
      'verbs: [get]',
      /a\.b#own: namespaces has no/,
    ],
  ]
  for (const [title, from, to, message] of bad) {
    it(`catches ${title}`, () => {
      assert.ok(text.includes(from))
      assert.match(found(text.replace(from, to)), message)
    })
  }
})
