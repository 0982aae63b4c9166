import * as assert from 'uvu/assert'
import { grantLines } from '../../src/kubernetes/grant.ts'
import { compare } from '../../src/plan/compare.ts'
import { describe } from '../harness.ts'
import { grantsIn } from '../kubernetes/lines.ts'

interface Expected {
  readonly missing?: readonly string[]
  readonly excess?: readonly string[]
  readonly phantom?: readonly string[]
}

const cases: readonly [title: string, needed: readonly string[], granted: readonly string[], expected: Expected][] = [
  ['equal sets differ in nothing', ['cluster pods list'], ['cluster pods list'], {}],
  [
    'what is not granted is missing',
    ['cluster pods list,watch'],
    ['cluster pods list'],
    { missing: ['cluster pods watch'] },
  ],
  ['what is not needed is excess', ['cluster pods list'], ['cluster pods get,list'], { excess: ['cluster pods get'] }],
  [
    'what is granted too widely is excess, and nothing is missing',
    ['a pods list', 'b secrets[x] get'],
    ['cluster pods list', 'b secrets get'],
    { excess: ['cluster pods list', 'b secrets get'] },
  ],
  [
    'what is granted too narrowly is missing, and nothing is excess',
    ['cluster pods list'],
    ['a pods list', 'b pods[x] list'],
    { missing: ['cluster pods list'] },
  ],
  ['a star on a URL holds what is below', ['url /apis/x get'], ['url /apis/* get'], { excess: ['url /apis/* get'] }],
  [
    'what no API serves is a phantom and no excess',
    ['cluster pods list'],
    ['cluster pods list', 'cluster pods.networking.k8s.io list,watch'],
    { phantom: ['cluster pods.networking.k8s.io list,watch'] },
  ],
  [
    'a custom resource may be served',
    [],
    ['cluster pods.example.com list'],
    { excess: ['cluster pods.example.com list'] },
  ],
  [
    'a wildcard misses nothing and is excess in all that is not needed',
    ['cluster pods/log get', 'cluster widgets.example.com get'],
    ['cluster */log.* *', 'cluster widgets.example.com *'],
    {
      excess: [
        'cluster nodes/log get,create,update,patch,delete',
        'cluster widgets.example.com list,watch,create,update,patch,delete,deletecollection',
      ],
    },
  ],
  [
    'wildcards of the needed side stay',
    ['cluster */log get'],
    ['cluster pods/log get'],
    { missing: ['cluster */log get'] },
  ],
]

describe('compare', it => {
  for (const [title, needed, granted, { missing = [], excess = [], phantom = [] }] of cases)
    it(title, () => {
      const found = compare(grantsIn(needed), grantsIn(granted))
      assert.equal(
        { missing: grantLines(found.missing), excess: grantLines(found.excess), phantom: grantLines(found.phantom) },
        { missing, excess, phantom },
      )
    })

  it('a release decides what is a phantom', () => {
    const granted = grantsIn(['cluster nodes/pods get'])
    assert.equal(grantLines(compare([], granted, '1.31').phantom), ['cluster nodes/pods get'])
    assert.equal(grantLines(compare([], granted, '1.33').excess), ['cluster nodes/pods get'])
  })

  it('everything granted is excess in the whole table but for what is needed', () => {
    const { missing, excess } = compare(grantsIn(['cluster pods list']), grantsIn(['cluster *.* *']))
    assert.equal(missing, [])
    const lines = grantLines(excess)
    assert.ok(lines.includes('cluster pods get,watch,create,update,patch,delete,deletecollection'))
    assert.ok(lines.includes('cluster secrets get,list,watch,create,update,patch,delete,deletecollection'))
    assert.ok(lines.length > 100)
  })
})
