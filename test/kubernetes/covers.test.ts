import * as assert from 'uvu/assert'
import { uncovered } from '../../src/kubernetes/covers.ts'
import type { PolicyRule } from '../../src/kubernetes/rule.ts'
import { describe } from '../harness.ts'

const core = (resources: readonly string[], verbs: readonly string[], names?: readonly string[]): PolicyRule => ({
  apiGroups: [''],
  resources,
  verbs,
  ...(names && { resourceNames: names }),
})
const urls = (...nonResourceURLs: readonly string[]): PolicyRule => ({ nonResourceURLs, verbs: ['get'] })

const cases: readonly [
  title: string,
  owner: readonly PolicyRule[],
  servant: readonly PolicyRule[],
  expected: readonly PolicyRule[],
][] = [
  ['nothing is covered by nothing', [], [], []],
  [
    'the parts of a rule may be covered by several',
    [core(['a'], ['get']), core(['a'], ['list'])],
    [core(['a'], ['get', 'list'])],
    [],
  ],
  [
    'each part that is not covered is reported',
    [core(['a'], ['get'])],
    [core(['a', 'b'], ['get', 'list'])],
    [core(['a'], ['list']), core(['b'], ['get']), core(['b'], ['list'])],
  ],
  ['every verb of the owner covers one', [core(['a'], ['*'])], [core(['a'], ['get'])], []],
  ['every verb of the servant needs every verb', [core(['a'], ['get'])], [core(['a'], ['*'])], [core(['a'], ['*'])]],
  ['all names cover one', [core(['a'], ['get'])], [core(['a'], ['get'], ['x'])], []],
  ['one name does not cover all', [core(['a'], ['get'], ['x'])], [core(['a'], ['get'])], [core(['a'], ['get'])]],
  [
    'names are covered one by one',
    [core(['a'], ['get'], ['x'])],
    [core(['a'], ['get'], ['x', 'y'])],
    [core(['a'], ['get'], ['y'])],
  ],
  ['every resource covers subresources', [core(['*'], ['get'])], [core(['a/b'], ['get'])], []],
  ['a subresource of all covers one', [core(['*/b'], ['get'])], [core(['a/b'], ['get'])], []],
  [
    'a subresource of all covers no other',
    [core(['*/b'], ['get'])],
    [core(['a/c'], ['get'])],
    [core(['a/c'], ['get'])],
  ],
  ['a star covers the URLs below', [urls('/a/*')], [urls('/a/b')], []],
  ['a star covers a star behind it', [urls('/a*')], [urls('/a/*')], []],
  ['a URL does not cover the URLs below', [urls('/a')], [urls('/a/b')], [urls('/a/b')]],
  ['a rule on resources covers no URL', [core(['*'], ['*'])], [urls('/a')], [urls('/a')]],
  [
    'a rule on URLs covers no resource',
    [{ nonResourceURLs: ['*'], verbs: ['*'] }],
    [core(['a'], ['get'])],
    [core(['a'], ['get'])],
  ],
]

describe('uncovered', it => {
  for (const [title, owner, servant, expected] of cases)
    it(title, () => assert.equal(uncovered(owner, servant), expected))
})
