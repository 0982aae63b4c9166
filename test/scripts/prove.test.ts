import * as assert from 'uvu/assert'
import { randomOf } from '../../scripts/fuzz/random.ts'
import { holding } from '../../scripts/prove/holdings.ts'
import { mutants } from '../../scripts/prove/mutants.ts'
import { partially, scraped } from '../../scripts/prove/partial.ts'
import { authorizer, covering, packing } from '../../scripts/prove/rbac.ts'
import { describe } from '../harness.ts'

describe('the proofs by difference', it => {
  for (const [title, proof] of Object.entries({ authorizer, covering, packing }))
    it(`hold in their first tries: ${title}`, () => {
      for (let seed = 0; seed < 40; seed++) assert.type(proof(randomOf(seed)), 'number', String(proof(randomOf(seed))))
    })
  it('hold for the first clusters and the first mutants of clean deployments', () => {
    for (let seed = 0; seed < 30; seed++)
      assert.type(holding(randomOf(seed)), 'number', String(holding(randomOf(seed))))
    for (let seed = 0; seed < 4; seed++) assert.type(mutants(randomOf(seed)), 'number', String(mutants(randomOf(seed))))
  })
  it('hold for the first configurations whose variables are filled in', async () => {
    let cases = 0
    for (let seed = 0; seed < 12; seed++) {
      const held = await partially(randomOf(seed))
      assert.type(held, 'number', String(held))
      cases += Number(held)
    }
    assert.ok(cases > 0)
  })
  it('hold for the first scrapes of which parts stand in variables', async () => {
    let cases = 0
    for (let seed = 0; seed < 40; seed++) {
      const held = await scraped(randomOf(seed))
      assert.type(held, 'number', String(held))
      cases += Number(held)
    }
    assert.ok(cases > 30, String(cases))
  })
})
