import * as assert from 'uvu/assert'
import { ruledComponents, rulesOf } from '../../../src/rules/map/load.ts'
import { holdsIn, newestRead, placeFor, readAs, unreadFacts } from '../../../src/rules/map/readings.ts'
import { describe } from '../../harness.ts'

const answers: readonly (readonly [title: string, version: string, as: string])[] = [
  ['a known release is itself', '1.18.1', '1.18.1'],
  ['the newest that was read is itself', newestRead, newestRead],
  ['a candidate of it is itself', '1.19.0-rc.1', '1.19.0-rc.1'],
  ['a newer release is the newest that was read', '1.21.3', newestRead],
  ['a candidate of a newer release is too', '1.20.0-rc.0', newestRead],
  ['a later patch is the last known one of its minor', '1.18.7', '1.18.1'],
  ['a later patch of an old minor is too', '1.12.9', '1.12.2'],
]

describe('the release that answers', it => {
  for (const [title, version, as] of answers) it(title, () => assert.is(readAs(version), as))
})

describe('facts that were not read', it => {
  const component = 'discovery.kubernetes'
  it('are none for a release that was read', () => assert.is(unreadFacts(component, '1.18.1'), 0))
  it('are all for a release that was never compared', () =>
    assert.is(unreadFacts(component, '1.98.0'), Object.keys(rulesOf(component)!.evidence).length))
  it('are those that the comparison found', () => {
    const unread = { '1.98.0': { [component]: ['identity', 'denial'] } }
    assert.is(unreadFacts(component, '1.98.0', unread), 2)
    assert.is(unreadFacts('prometheus.scrape', '1.98.0', unread), 0)
  })
  it('never leave a component out', () =>
    assert.equal(
      ruledComponents().filter(name => unreadFacts(name, '1.98.0') === 0),
      [],
    ))
})

const fact = {
  at: 'o/r@v1.0.0:a/b.go#L1-L2',
  says: 'It lists pods.',
  again: [
    { at: 'v1.2.0#L3', blob: '' },
    { at: 'v9.1.0:c/d.go#L4-L5', alloy: '1.3.0', blob: '', says: 'It lists them twice.' },
  ],
}

const places: readonly (readonly [title: string, version: string, at: string, says: string])[] = [
  ['the first before any other', '1.1.0', 'o/r@v1.0.0:a/b.go#L1-L2', fact.says],
  ['the same file at another tag', '1.2.4', 'o/r@v1.2.0:a/b.go#L3', fact.says],
  ['another file, by the release that pins a library', '1.3.0', 'o/r@v9.1.0:c/d.go#L4-L5', 'It lists them twice.'],
]

describe('the place where a fact was read', it => {
  for (const [title, version, at, says] of places)
    it(`is ${title}`, () => assert.equal(placeFor(fact, version), { at, says }))
  it('ends with the fact', () => {
    assert.ok(holdsIn({ ...fact, until: '1.2.0' }, '1.1.9'))
    assert.not(holdsIn({ ...fact, until: '1.2.0' }, '1.2.0'))
  })
})
