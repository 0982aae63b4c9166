import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { type Grant, grantLine, implies, uniqueGrants } from '../../src/kubernetes/grant.ts'
import { implying } from '../../src/plan/implying.ts'
import { type PlannedGrant, reduce, reduceGrants } from '../../src/plan/reduce.ts'
import { describe } from '../harness.ts'
import { grantIn, grantsIn } from '../kubernetes/lines.ts'
import { holds, plainGrants, reason, wildGrant, wildGrants } from './arbitrary.ts'
import { readsEachGrantAsOften } from './reads.ts'

const reductions: readonly [title: string, grants: readonly string[], expected: readonly string[]][] = [
  ['nothing stays nothing', [], []],
  ['repetitions vanish', ['. pods get', '. pods get'], ['. pods get']],
  ['the cluster swallows namespaces', ['a pods get', 'cluster pods get', '. pods get'], ['cluster pods get']],
  ['all names swallow one', ['a secrets[x] get', 'a secrets get'], ['a secrets get']],
  ['a wider place and all names swallow both', ['a secrets[x] get', 'cluster secrets get'], ['cluster secrets get']],
  ['what overlaps stays', ['cluster secrets[x] get', 'a secrets get'], ['cluster secrets[x] get', 'a secrets get']],
  ['verbs stay apart', ['cluster pods get', 'cluster pods list'], ['cluster pods get', 'cluster pods list']],
  ['a star at the end of a URL swallows what is below', ['url /a/b get', 'url /a/* get'], ['url /a/* get']],
  ['a longer star is swallowed by a shorter one', ['url /a/* get', 'url /a* get'], ['url /a* get']],
  ['wildcards swallow', ['a pods/log get', 'cluster */log.* *'], ['cluster */log.* *']],
]

const planned = (line: string, certainty: PlannedGrant['certainty'], ...rules: readonly string[]): PlannedGrant => ({
  grant: grantIn(line),
  certainty,
  reasons: rules.map(rule => reason(rule, certainty)),
})

const show = ({ grant, certainty, reasons }: PlannedGrant): string =>
  `${grantLine(grant)} ${certainty}: ${reasons.map(({ rule }) => rule).join(' ')}`

const moves: readonly [title: string, grants: readonly PlannedGrant[], expected: readonly string[]][] = [
  [
    'reasons of one grant are joined in order',
    [planned('cluster pods get', 'certain', 'b'), planned('cluster pods get', 'certain', 'a')],
    ['cluster pods get certain: a b'],
  ],
  [
    'one certain reason makes a grant certain',
    [planned('cluster pods get', 'assumed', 'a'), planned('cluster pods get', 'certain', 'b')],
    ['cluster pods get certain: a b'],
  ],
  [
    'reasons move to the wider grant, whose certainty stands',
    [planned('a pods get', 'certain', 'a'), planned('cluster pods get', 'assumed', 'b')],
    ['cluster pods get assumed: a b'],
  ],
  [
    'a certain grant stays certain',
    [planned('a pods get', 'assumed', 'a'), planned('cluster pods get', 'certain', 'b')],
    ['cluster pods get certain: a b'],
  ],
  [
    'of several wider grants the one with the widest place takes the reasons',
    [
      planned('a secrets[x] get', 'certain', 'narrow'),
      planned('a secrets get', 'certain', 'names'),
      planned('cluster secrets[x] get', 'certain', 'place'),
    ],
    ['cluster secrets[x] get certain: narrow place', 'a secrets get certain: names'],
  ],
]

describe('reduce', it => {
  for (const [title, grants, expected] of reductions)
    it(title, () => assert.equal(reduceGrants(grantsIn(grants)).map(grantLine), expected))

  for (const [title, grants, expected] of moves) it(title, () => assert.equal(reduce(grants).map(show), expected))

  it('one rule has one reason at a place, the certain one, with all its evidence', () => {
    const assumed = { ...reason('r', 'assumed'), evidence: ['b', 'c'] }
    const certain = { ...reason('r', 'certain'), evidence: ['a', 'b'] }
    const elsewhere = reason('r', 'certain', 7)
    const grant = grantIn('cluster pods get')
    const [joined] = reduce([{ grant, certainty: 'assumed', reasons: [elsewhere, assumed, certain] }])
    assert.equal(
      joined?.reasons.map(({ certainty, evidence, span }) => [certainty, span.start, evidence]),
      [
        ['certain', 0, ['a', 'b', 'c']],
        ['certain', 7, ['evidence of r']],
      ],
    )
  })

  it('the look-up finds exactly the grants that imply', () => {
    holds(
      fc.property(wildGrants, wildGrant, (grants, grant) => {
        const naive = uniqueGrants(grants.filter(each => implies(each, grant)))
        assert.equal(uniqueGrants(implying(grants)(grant)), naive)
      }),
    )
  })

  it('no grant is lost and none is left that another one implies', () => {
    holds(
      fc.property(wildGrants, grants => {
        const kept = reduceGrants(grants)
        for (const grant of grants) assert.ok(kept.some(each => implies(each, grant)))
        for (const a of kept) for (const b of kept) if (a !== b) assert.not.ok(implies(a, b))
      }),
    )
  })

  it('reducing again changes nothing', () => {
    holds(fc.property(wildGrants, grants => assert.equal(reduceGrants(reduceGrants(grants)), reduceGrants(grants))))
  })

  it('the order of the input does not matter', () => {
    const shuffled = plainGrants.chain(grants => {
      const all = grants.map((grant: Grant, index) => {
        const certainty = index % 3 === 0 ? ('assumed' as const) : ('certain' as const)
        return { grant, certainty, reasons: [reason(`r${index % 5}`, certainty, index % 2)] }
      })
      return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
    })
    holds(fc.property(shuffled, ([a, b]) => assert.equal(reduce(a), reduce(b))))
  })

  it('many grants are no more work each than few', () => {
    readsEachGrantAsOften(grants => assert.is(reduceGrants(grants).length, grants.length))
  })
})
