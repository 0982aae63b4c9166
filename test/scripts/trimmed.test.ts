import * as assert from 'uvu/assert'
import { trimming } from '../../scripts/trimmed/audited.ts'
import { losses } from '../../scripts/trimmed/configurations.ts'
import { unnoticed } from '../../scripts/trimmed/planted.ts'
import { type Grant, grantLines } from '../../src/kubernetes/grant.ts'
import { describe, root } from '../harness.ts'

const grant = (resource: string, verb: string, namespace: string | null = null): Grant => ({
  kind: 'resource',
  namespace,
  group: '',
  resource,
  name: null,
  verb,
})

const held = [grant('pods', 'list'), grant('secrets', 'get'), grant('secrets', 'list')]

const cases: readonly (readonly [
  title: string,
  needed: readonly Grant[],
  left: readonly Grant[],
  lost: readonly string[],
])[] = [
  ['what stays', [grant('pods', 'list')], [grant('pods', 'list')], []],
  ['what stays for all namespaces', [grant('pods', 'list', 'shop')], [grant('pods', 'list')], []],
  [
    'what goes',
    [grant('pods', 'list'), grant('secrets', 'get', 'shop')],
    [grant('pods', 'list')],
    ['shop secrets get'],
  ],
  ['what the defaults never had', [grant('services', 'list')], [], []],
]

describe('configurations that lose a grant', it => {
  for (const [title, grants, after, lost] of cases)
    it(title, () => {
      const found = losses({ path: 'config.alloy', grants }, { text: '', before: held, after })
      assert.equal(
        found.flatMap(each => grantLines(each.grants)),
        lost,
      )
    })
})

const values = `alloy:
  configMap:
    create: true
rbac:
  rules:
    - apiGroups: [""]
      resources: ["pods"]
      verbs: ["get", "list", "watch", "delete"]
  clusterRules:
    - apiGroups: [""]
      resources: ["nodes"]
      verbs: ["list", "watch"]
`

describe('a chart that is trimmed', it => {
  const made = trimming(`${root}test/commands/audit-chart-readme/chart`, values)
  it('has fewer grants', () => {
    assert.ok(!('why' in made))
    if ('why' in made) return
    assert.equal([made.before.length, made.after.length], [6, 5])
  })
  it('misses every rule that is taken away', () =>
    assert.equal(unnoticed(`${root}test/commands/audit-chart-readme/chart`, values), []))
})
