import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { type Lookup, substituteText } from '../../../src/input/flux/references.ts'
import { describe } from '../../harness.ts'

/** NAME is set, EMPTY is, UNSET is not, and no one can tell what others are. */
const lookup: Lookup = name => {
  if (name === 'NAME') return 'shop'
  if (name === 'EMPTY') return ''
  return name === 'UNSET' || /^\d/.test(name) ? null : undefined
}

const cases: readonly (readonly [title: string, text: string, result: string, left?: readonly string[]])[] = [
  ['a variable that is set', 'a-${NAME}-b', 'a-shop-b'],
  ['a variable that is not set is empty', '[${UNSET}]', '[]'],
  ['a default is for a variable that is not set', '${UNSET:=shop}', 'shop'],
  ['a default is for a variable that is empty', '${EMPTY:-shop}', 'shop'],
  ['a default that is not needed', '${NAME:=other}', 'shop'],
  ['a default without a colon', '${UNSET=shop}', 'shop'],
  ['an empty default', '${UNSET:=}', ''],
  ['two dollar signs are one', '$$ $${NAME} $$NAME', '$ ${NAME} $NAME'],
  ['a group of a pattern is a variable that no one can set', '${1}:x', ':x'],
  ['a name without brackets stays', '$NAME $1', '$NAME $1'],
  ['a variable that is not known stays', 'a-${TENANT}-b', 'a-${TENANT}-b', ['TENANT']],
  ['a default does not make it known', '${TENANT:=shop}', '${TENANT:=shop}', ['TENANT']],
  ['an operator that is not computed', '${NAME^^}', '${NAME^^}', ['NAME']],
  ['a part of a value', '${NAME:0:2}', '${NAME:0:2}', ['NAME']],
  ['a variable in a default', '${UNSET:=${NAME}}', '${UNSET:=${NAME}}', ['UNSET']],
  ['a bracket that does not close', '${NAME and more', '${NAME and more'],
  ['known and unknown together', '${NAME} ${TENANT} ${NAME}', 'shop ${TENANT} shop', ['TENANT']],
]

describe('variables of Flux', it => {
  for (const [title, text, result, left = []] of cases)
    it(title, () => {
      const made = substituteText(text, lookup, true)
      assert.is(made?.text ?? text, result)
      const variables = made?.variables ?? []
      assert.equal(
        variables.map(({ name }) => name),
        left,
      )
      for (const { start, end, name } of variables) assert.ok(result.slice(start, end).startsWith(`\${${name}`))
    })
  it('leave what is escaped and groups of patterns where Flux may not read the text', () => {
    assert.is(substituteText('$$ ${1} $${NAME}', lookup, false), null)
  })
  it('are replaced place for place', () => {
    const parts = fc.array(fc.constantFrom('${NAME}', '${TENANT}', '${EMPTY}', '${UNSET:-d}', '$$', 'plain', '{}'))
    fc.assert(
      fc.property(parts, written => {
        const text = written.join('|')
        const made = substituteText(text, lookup, true)
        if (made === null) return
        const replaced: Readonly<Record<string, string>> = {
          '${NAME}': 'shop',
          '${EMPTY}': '',
          '${UNSET:-d}': 'd',
          $$: '$',
        }
        const expected = written.map(part => replaced[part] ?? part)
        assert.is(made.text, expected.join('|'))
        let [inner, outer] = [0, 0]
        for (const [at, part] of written.entries()) {
          // A part that is not empty begins where it is written, and what is plain in it is there character for character.
          if (expected[at] !== '') assert.is(made.offset(inner), outer)
          if (expected[at] === part) assert.is(made.offset(inner + part.length - 1), outer + part.length - 1)
          inner += (expected[at] ?? '').length + 1
          outer += part.length + 1
        }
      }),
      { seed: 17, numRuns: 300 },
    )
  })
})
