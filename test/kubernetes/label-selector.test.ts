import * as assert from 'uvu/assert'
import { type KnownLabels, type LabelRequirement, selects } from '../../src/kubernetes/label-selector.ts'
import { describe } from '../harness.ts'
import { random } from '../random.ts'

const known = (labels: Readonly<Record<string, string>>): KnownLabels => ({
  labels: new Map(Object.entries(labels)),
  open: false,
})

const rows: readonly (readonly [title: string, LabelRequirement, labels: KnownLabels, expected: boolean | null])[] = [
  ['In takes one of its values', { key: 'a', operator: 'In', values: ['x', 'y'] }, known({ a: 'y' }), true],
  ['In refuses another value', { key: 'a', operator: 'In', values: ['x'] }, known({ a: 'y' }), false],
  ['In refuses what lacks the label', { key: 'a', operator: 'In', values: ['x'] }, known({}), false],
  ['In takes the empty value', { key: 'a', operator: 'In', values: [''] }, known({ a: '' }), true],
  ['NotIn takes what lacks the label', { key: 'a', operator: 'NotIn', values: ['x'] }, known({}), true],
  ['NotIn refuses its values', { key: 'a', operator: 'NotIn', values: ['x'] }, known({ a: 'x' }), false],
  ['Exists takes the empty value', { key: 'a', operator: 'Exists', values: [] }, known({ a: '' }), true],
  ['DoesNotExist refuses the empty value', { key: 'a', operator: 'DoesNotExist', values: [] }, known({ a: '' }), false],
  ['In without values is refused', { key: 'a', operator: 'In', values: [] }, known({ a: 'x' }), null],
  ['Exists with a value is refused', { key: 'a', operator: 'Exists', values: ['x'] }, known({ a: 'x' }), null],
  ['an operator of another case is refused', { key: 'a', operator: 'in', values: ['x'] }, known({ a: 'x' }), null],
  ['a key with two slashes is refused', { key: 'a/b/c', operator: 'Exists', values: [] }, known({}), null],
  [
    'a key with a domain is taken',
    { key: 'k8s.io/a', operator: 'Exists', values: [] },
    known({ 'k8s.io/a': '' }),
    true,
  ],
  ['a domain in upper case is refused', { key: 'K8s.io/a', operator: 'Exists', values: [] }, known({}), null],
  ['a value of 64 characters is refused', { key: 'a', operator: 'In', values: ['x'.repeat(64)] }, known({}), null],
  [
    'a label that may be there decides nothing',
    { key: 'a', operator: 'Exists', values: [] },
    { labels: new Map(), open: true },
    null,
  ],
  [
    'a value that is not known may be any',
    { key: 'a', operator: 'In', values: ['x'] },
    { labels: new Map([['a', null]]), open: false },
    null,
  ],
  [
    'a value that is not known is there',
    { key: 'a', operator: 'Exists', values: [] },
    { labels: new Map([['a', null]]), open: false },
    true,
  ],
]

/** The same answer, worked out from the words of the Kubernetes documentation, one requirement after the other. */
function naive(requirements: readonly LabelRequirement[], labels: Readonly<Record<string, string>>): boolean {
  for (const { key, operator, values } of requirements) {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined
    let holds: boolean
    if (operator === 'Exists') holds = value !== undefined
    else if (operator === 'DoesNotExist') holds = value === undefined
    else {
      let isOne = false
      for (const each of values) if (each === value) isOne = true
      holds = operator === 'In' ? isOne : !isOne
    }
    if (!holds) return false
  }
  return true
}

describe('label selectors', it => {
  for (const [title, requirement, labels, expected] of rows)
    it(title, () => assert.is(selects([requirement], labels), expected))

  it('select everything without requirements', () => assert.is(selects([], known({ a: 'x' })), true))

  it('are decided by a requirement that does not hold, whatever is not known', () =>
    assert.is(selects([null, { key: 'a', operator: 'Exists', values: [] }], known({})), false))

  it('are what a naive evaluator says, 1,000 times', () => {
    const next = random(7)
    const keys = ['team', 'app.kubernetes.io/name', 'tier', 'kubernetes.io/metadata.name']
    const values = ['a', 'b', 'c', '']
    const seen = new Map<boolean, number>()
    for (let run = 0; run < 1000; run++) {
      const labels = Object.fromEntries(
        keys.filter(() => next(2) === 0).map(key => [key, values[next(values.length)] ?? '']),
      )
      const requirements = Array.from({ length: next(4) }, (): LabelRequirement => {
        const operator = ['In', 'NotIn', 'Exists', 'DoesNotExist'][next(4)] ?? ''
        const isSet = operator === 'In' || operator === 'NotIn'
        const own = isSet ? Array.from({ length: 1 + next(3) }, () => values[next(values.length)] ?? '') : []
        return { key: keys[next(keys.length)] ?? '', operator, values: own }
      })
      const expected = naive(requirements, labels)
      seen.set(expected, (seen.get(expected) ?? 0) + 1)
      assert.is(selects(requirements, known(labels)), expected, JSON.stringify({ requirements, labels }))
    }
    assert.ok(
      [true, false].every(each => (seen.get(each) ?? 0) > 200),
      'both answers are common',
    )
  })
})
