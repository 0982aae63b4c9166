import * as assert from 'uvu/assert'
import { masked } from '../../src/secrets/mask-yaml.ts'
import { describe } from '../harness.ts'

const shown = (text: string) => masked({ path: 'v.yaml', text }).text

describe('masked', it => {
  const table: readonly (readonly [title: string, text: string, expected: string])[] = [
    ['what follows a secret key', 'a: 1\n db_password.txt: x y', 'a: 1\n db_password.txt: * *'],
    ['what follows the first of several keys', '{a: 1, api-key: x, b: 2}', '{a: 1, api-key: ** ** **'],
    ['a quoted key', '"authToken" : x', '"authToken" : *'],
    ['the value of a variable', 'name: DB_PASS\n  value: x', 'name: DB_PASS\n  ****** *'],
    ['no word without a colon', 'pass me by\na: b', 'pass me by\na: b'],
    [
      'data of a ConfigMap but the configurations',
      'kind: ConfigMap\ndata: {a: x, "b.alloy": "c \\"d\\"", e: y, f.alloy: \'g\'}',
      'kind: ConfigMap\ndata: *** ** "b.alloy": "c \\"d\\""* ** ** f.alloy: \'g\'*',
    ],
  ]
  for (const [title, text, expected] of table) it(`hides ${title}`, () => assert.is(shown(text), expected))

  it('reads long words once', () => {
    const length = 400_000
    for (const word of ['a', 'pass', 'x.alloy-', 'tokens--'])
      for (const start of ['', 'kind: ConfigMap\ndata: '])
        assert.is(shown(start + word.repeat(length / word.length)).length, start.length + length)
    const entries = `kind: ConfigMap\ndata: {${'a.alloy: "",'.repeat(length / 12)}`
    assert.is(shown(entries).length, entries.length)
  })
})
