import * as assert from 'uvu/assert'
import { differences, listedIn, registrations } from '../../scripts/inventory.ts'
import { describe } from '../harness.ts'

const register = (name: string, rest = ''): string =>
  `func init() {\n\tcomponent.Register(component.Registration{\n\t\tName:      ${name},\n${rest}\t\tBuild: func() {\n\t\t\tx()\n\t\t},\n\t})\n}\n`

describe('registrations', it => {
  it('are found by literal and by constant', () => {
    const files = [
      { path: 'a/one.go', text: register('"b.two"', '\t\tStability: featuregate.StabilityExperimental,\n') },
      { path: 'a/two.go', text: register('name', '\t\tCommunity: true,\n') },
      { path: 'a/name.go', text: 'const name = "a.one"\n' },
      { path: 'b/name.go', text: 'const name = "no.such"\n' },
    ]
    assert.equal(registrations(files), [
      { name: 'a.one', stability: 'community' },
      { name: 'b.two', stability: 'experimental' },
    ])
  })
  it('of a platform that cannot run it give way', () => {
    const files = [
      { path: 'a/x.go', text: register('"a.x"') },
      { path: 'a/x_stub.go', text: register('"a.x"', '\t\tStability: featuregate.StabilityExperimental,\n') },
    ]
    assert.equal(registrations(files), [{ name: 'a.x', stability: 'generally-available' }])
  })
  it('without a name are a fault', () => {
    assert.throws(() => registrations([{ path: 'a/x.go', text: register('name') }]), /a\/x\.go/)
  })
})

describe('differences', it => {
  it('name what is new, gone, changed and without rules', () => {
    const registered = [
      { name: 'a.changed', stability: 'generally-available' },
      { name: 'a.new', stability: 'experimental' },
      { name: 'a.same', stability: 'generally-available' },
    ]
    const listed = [
      { name: 'a.changed', stability: 'experimental' },
      { name: 'a.gone', stability: 'experimental' },
      { name: 'a.same', stability: 'generally-available' },
    ]
    assert.equal(differences(registered, listed, new Set(['a.changed', 'a.same'])), [
      'changed  a.changed: generally-available, experimental in the inventory',
      'gone     a.gone: in the inventory, not registered',
      'new      a.new: experimental, not in the inventory',
      'unruled  a.new: no entry in rulemap/components',
    ])
  })
  it('compare with the release', () => {
    const listed = listedIn('1.0.0')
    assert.is(listed.length, 134)
    assert.equal(
      listed.find(({ name }) => name === 'beyla.ebpf'),
      { name: 'beyla.ebpf', stability: 'public-preview' },
    )
  })
})
