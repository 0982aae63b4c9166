import * as assert from 'uvu/assert'
import { environment, expandArgument, longestVariable, mostExpanded } from '../../../src/input/process/env.ts'
import { readYaml } from '../../../src/input/yaml/parse-yaml.ts'
import { itemsAt } from '../../../src/input/yaml/tree.ts'
import { describe } from '../../harness.ts'

/** Variables by name, in order. */
function variablesOf(texts: Readonly<Record<string, string>>) {
  const env = Object.entries(texts).map(([name, value]) => ({ name, value }))
  const { value } = readYaml({ path: 'v.yaml', text: JSON.stringify({ env }) })
  const { value: known, diagnostics } = environment(itemsAt(value[0]!, 'env') ?? [], { open: false })
  return { known, said: diagnostics.map(({ code, args }) => `${code} ${args['variable']}`) }
}
const long = (length: number): string => 'x'.repeat(length)

describe('variables that refer to variables', it => {
  const table: readonly (readonly [title: string, text: string, value: string])[] = [
    ['keep the text around a reference', 'a-$(A)-b-$(A)-c', 'a-x-b-x-c'],
    ['keep a reference to a variable that is not there', 'a-$(B)', 'a-$(B)'],
    ['take two dollar signs for one', 'a$$(A)$$', 'a$(A)$'],
  ]
  for (const [title, text, value] of table)
    it(title, () => assert.equal(variablesOf({ A: 'x', T: text }).known.get('T'), { kind: 'literal', value }))
  it('may double each other up to the length that Linux takes', () => {
    const doubled = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`V${at + 1}`, `$(V${at})$(V${at})`]))
    const { known, said } = variablesOf({ V0: 'x', ...doubled })
    assert.equal(known.get('V17'), { kind: 'literal', value: long(longestVariable) })
    assert.equal(known.get('V18'), { kind: 'unknown', from: 'references that make it too long' })
    assert.equal(known.get('V19'), { kind: 'unknown', from: '$(V18)' })
    assert.equal(said, ['ARB577 V18'])
  })
  it('may add so much to one container and no more', () => {
    const count = mostExpanded / longestVariable
    const repeated = Object.fromEntries(Array.from({ length: count + 5 }, (_, at) => [`V${at}`, '$(A)$(A)']))
    const { known, said } = variablesOf({ A: long(longestVariable / 2), ...repeated })
    const kinds = Array.from({ length: count + 5 }, (_, at) => known.get(`V${at}`)?.kind)
    assert.equal(kinds, [...Array(count).fill('literal'), ...Array(5).fill('unknown')])
    assert.equal(said, [`ARB577 V${count}`])
  })
  it('are read whatever their length where they refer to nothing', () => {
    const { known, said } = variablesOf({ A: long(longestVariable + 1) })
    assert.equal([known.get('A'), said], [{ kind: 'literal', value: long(longestVariable + 1) }, []])
  })
  it('make an argument that is too long one that is not known', () => {
    const { known } = variablesOf({ A: long(longestVariable) })
    assert.is(expandArgument('$(A)', known, false)?.length, longestVariable)
    assert.is(expandArgument('$(A)$(A)', known, false), null)
  })
})
