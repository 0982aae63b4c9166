import * as assert from 'uvu/assert'
import { mutantsOf, ruleMutants } from '../../scripts/mutate/mutants.ts'
import { describe } from '../harness.ts'

describe('mutants', it => {
  const of = (text: string) => mutantsOf('a.js', text).map(({ line, after }) => `${line} ${after}`)
  it('leave a statement out', () => assert.equal(of('    found.push(each);'), ['1 ;']))
  it('leave a return out, and turn what it says', () =>
    assert.equal(of('    return a === true;'), ['1 ;', '1 return a !== true;', '1 return a === false;']))
  it('turn a condition round', () => assert.equal(of('    if (a) {'), ['1 if (!(a)) {']))
  it('let declarations, imports and comments be', () =>
    assert.equal(of("import { a } from './a.js';\n// a === b\nconst a = 1;\n"), []))
  it('leave a rule out, or its condition', () => {
    const json = JSON.stringify({ grants: { pods: { when: { a: 1 }, allow: {} } } })
    const made = ruleMutants('map.js', '', { 'a.b': json })
    assert.equal(
      made.map(({ before, after }) => `${before} ${after}`),
      ['a.b#pods no such rule', 'a.b#pods holds always'],
    )
    assert.match(made[1]!.text, /components\["a\.b"\] = /)
  })
})
