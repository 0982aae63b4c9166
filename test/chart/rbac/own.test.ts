import * as assert from 'uvu/assert'
import { ownGrants } from '../../../src/chart/rbac/own.ts'
import { findRelease } from '../../../src/chart/release/releases.ts'
import { readYaml } from '../../../src/input/yaml/parse-yaml.ts'
import type { Mapping } from '../../../src/input/yaml/tree.ts'
import { grantLines } from '../../../src/kubernetes/grant.ts'
import { mostGrants } from '../../../src/kubernetes/rule.ts'
import { locate } from '../../../src/source.ts'
import { describe, source } from '../../harness.ts'

const text = source`
  rbac:
    rules:
      - apiGroups: [""]
        resources: [leases]
        resourceNames: [a]
        verbs: [get, list]
      - nonsense
    clusterRules:
      - nonResourceURLs: [/x]
        verbs: [get]
`
const own = (yaml: string, version = '1.11.1') => {
  const { value } = readYaml({ path: 'values.yaml', text: yaml })
  return ownGrants(value[0] as Mapping, findRelease(version).value!)
}
const known = (yaml: string, version?: string) => own(yaml, version) ?? assert.unreachable('too many grants') ?? []
const lines = (yaml: string, version?: string) => grantLines(known(yaml, version).map(({ grant }) => grant))

describe('chart/own', it => {
  it('reads both lists', () => assert.equal(lines(text), ['cluster leases[a] get,list', 'url /x get']))
  it('points at the rule', () => {
    const [first] = known(text)
    assert.is(locate(first!.span.source, first!.span.start).line, 3)
  })
  it('reads rules alone for the namespaces that are named', () => {
    assert.equal(lines(`${text}  namespaces: [b, c]\n`), ['b leases[a] get,list', 'c leases[a] get,list'])
  })
  it('tells no more grants apart than the limit says, those of each namespace by themselves', () => {
    const names = (count: number): string => JSON.stringify(Array.from({ length: count }, (_, at) => `n${at}`))
    const rules = (verbs: number, namespaces: number): string =>
      `rbac: { namespaces: ${names(namespaces)}, rules: [{ apiGroups: ${names(100)}, resources: ${names(100)}, verbs: ${names(verbs)} }] }`
    assert.is(own(rules(5, 2))?.length, mostGrants)
    assert.is(own(rules(6, 2)), null)
    assert.is(own(rules(4, 3)), null)
  })
  it('finds nothing where the chart makes no role', () => assert.equal(lines(`${text}  create: false\n`), []))
  it('finds nothing where the chart reads no rules', () => assert.equal(lines(text, '1.3.1'), []))
})
