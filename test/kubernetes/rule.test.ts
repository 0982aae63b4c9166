import * as assert from 'uvu/assert'
import { grantLines } from '../../src/kubernetes/grant.ts'
import { grantsOf, type PolicyRule, sizeOf } from '../../src/kubernetes/rule.ts'
import { describe } from '../harness.ts'

const rules: readonly [title: string, rule: PolicyRule, namespace: string | null, expected: readonly string[]][] = [
  [
    'a rule is the product of its factors',
    { apiGroups: ['', 'apps'], resources: ['a', 'b'], verbs: ['get', 'list'] },
    null,
    ['cluster a get,list', 'cluster b get,list', 'cluster a.apps get,list', 'cluster b.apps get,list'],
  ],
  [
    'names limit every resource',
    { apiGroups: [''], resources: ['secrets', 'configmaps'], resourceNames: ['x', 'y'], verbs: ['get'] },
    'shop',
    ['shop configmaps[x] get', 'shop configmaps[y] get', 'shop secrets[x] get', 'shop secrets[y] get'],
  ],
  [
    'no names are all names',
    { apiGroups: [''], resources: ['a'], resourceNames: [], verbs: ['get'] },
    '.',
    ['. a get'],
  ],
  ['wildcards stay', { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }, null, ['cluster *.* *']],
  ['no group is no grant', { resources: ['pods'], verbs: ['get'] }, null, []],
  ['no verb is no grant', { apiGroups: [''], resources: ['pods'], verbs: [] }, null, []],
  [
    'URLs hold for the cluster',
    { nonResourceURLs: ['/a', '/b*'], verbs: ['get'] },
    null,
    ['url /a get', 'url /b* get'],
  ],
  ['URLs hold in no namespace', { nonResourceURLs: ['/a'], verbs: ['get'] }, 'shop', []],
  [
    'a rule may have both',
    { apiGroups: [''], resources: ['a'], nonResourceURLs: ['/a'], verbs: ['get'] },
    null,
    ['cluster a get', 'url /a get'],
  ],
]

describe('rule', it => {
  for (const [title, rule, namespace, expected] of rules)
    it(title, () => {
      assert.equal(grantLines(grantsOf(rule, namespace)), expected)
      assert.is(sizeOf(rule), grantsOf(rule, null).length)
    })
})
