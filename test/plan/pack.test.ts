import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { grantLine } from '../../src/kubernetes/grant.ts'
import type { ScopedRule } from '../../src/kubernetes/rule.ts'
import { pack, packRules } from '../../src/plan/pack.ts'
import { reduceGrants } from '../../src/plan/reduce.ts'
import { describe } from '../harness.ts'
import { grantsIn } from '../kubernetes/lines.ts'
import { holds, plainGrants, wildGrants } from './arbitrary.ts'
import { expand } from './expand.ts'
import { readsEachGrantAsOften } from './reads.ts'

const packings: readonly [title: string, grants: readonly string[], expected: readonly ScopedRule[]][] = [
  ['nothing packs to nothing', [], []],
  [
    'verbs are merged first, in their order',
    ['cluster pods watch,list', 'cluster nodes list'],
    [
      { namespace: null, rule: { apiGroups: [''], resources: ['nodes'], verbs: ['list'] } },
      { namespace: null, rule: { apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] } },
    ],
  ],
  [
    'verbs are listed as Kubernetes writes them, whatever the order they came in',
    ['cluster pods watch,get,list,delete,create,update,patch'],
    [
      {
        namespace: null,
        rule: {
          apiGroups: [''],
          resources: ['pods'],
          verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
        },
      },
    ],
  ],
  [
    'names are merged after verbs',
    ['. secrets[b] get,list', '. secrets[a] get,list'],
    [
      {
        namespace: '.',
        rule: { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get', 'list'] },
      },
    ],
  ],
  [
    'all names and one name stay apart',
    ['. secrets list', '. secrets[a] get', '. configmaps get'],
    [
      { namespace: '.', rule: { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] } },
      { namespace: '.', rule: { apiGroups: [''], resources: ['secrets'], verbs: ['list'] } },
      { namespace: '.', rule: { apiGroups: [''], resources: ['secrets'], resourceNames: ['a'], verbs: ['get'] } },
    ],
  ],
  [
    'resources are merged after names',
    ['cluster pods list,watch', 'cluster nodes list,watch'],
    [{ namespace: null, rule: { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch'] } }],
  ],
  [
    'groups are merged last',
    ['cluster replicasets.extensions get', 'cluster replicasets.apps get', 'cluster pods get'],
    [
      { namespace: null, rule: { apiGroups: [''], resources: ['pods'], verbs: ['get'] } },
      { namespace: null, rule: { apiGroups: ['apps', 'extensions'], resources: ['replicasets'], verbs: ['get'] } },
    ],
  ],
  [
    'groups with different resources stay apart',
    ['cluster pods get', 'cluster deployments.apps get'],
    [
      { namespace: null, rule: { apiGroups: [''], resources: ['pods'], verbs: ['get'] } },
      { namespace: null, rule: { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] } },
    ],
  ],
  [
    'namespaces stay apart',
    ['b pods get', 'a pods get', 'cluster nodes get', '. pods get'],
    [
      { namespace: null, rule: { apiGroups: [''], resources: ['nodes'], verbs: ['get'] } },
      { namespace: '.', rule: { apiGroups: [''], resources: ['pods'], verbs: ['get'] } },
      { namespace: 'a', rule: { apiGroups: [''], resources: ['pods'], verbs: ['get'] } },
      { namespace: 'b', rule: { apiGroups: [''], resources: ['pods'], verbs: ['get'] } },
    ],
  ],
  [
    'URLs with the same verbs share a rule, after the resources',
    ['url /b get', 'url /a get', 'url /c post', 'cluster pods get'],
    [
      { namespace: null, rule: { apiGroups: [''], resources: ['pods'], verbs: ['get'] } },
      { namespace: null, rule: { nonResourceURLs: ['/a', '/b'], verbs: ['get'] } },
      { namespace: null, rule: { nonResourceURLs: ['/c'], verbs: ['post'] } },
    ],
  ],
]

describe('pack', it => {
  for (const [title, grants, expected] of packings) it(title, () => assert.equal(pack(grantsIn(grants)), expected))

  it('URLs share the scope of the cluster though nothing else has it', () => {
    const scopes = pack(grantsIn(['url /a get', 'a pods get'])).map(({ namespace }) => namespace)
    assert.equal(scopes, ['a', null])
  })

  it('rules of one scope need no namespace', () => {
    assert.equal(packRules(grantsIn(['a pods get', 'a nodes get'])), [
      { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['get'] },
    ])
  })

  it('rules grant what was packed, and nothing else', () => {
    holds(
      fc.property(wildGrants, grants => {
        const reduced = reduceGrants(grants)
        assert.equal(expand(pack(reduced)).map(grantLine), reduced.map(grantLine))
      }),
      1_000,
    )
  })

  it('packing again changes nothing', () => {
    holds(fc.property(plainGrants, grants => assert.equal(pack(expand(pack(grants))), pack(grants))))
  })

  it('the order of the input does not matter', () => {
    const shuffled = plainGrants.chain(all =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })),
    )
    holds(fc.property(shuffled, ([a, b]) => assert.equal(pack(a), pack(b))))
  })

  it('many grants become few rules, and are no more work each than few', () => {
    readsEachGrantAsOften(grants => assert.is(pack(grants).length, 10))
  })
})
