import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { readDiagnostics } from '../../scripts/diagnostics.ts'
import { framesOf, runExample } from '../../scripts/docs/examples.ts'
import { describe, root } from '../harness.ts'

const text = readFileSync(`${root}docs/diagnostics.yaml`, 'utf8')
const { notes } = readDiagnostics(text)

describe('docs/diagnostics.yaml', it => {
  for (const [code, { example }] of notes) {
    if ('never' in example) continue
    it(`shows ${code} by its example`, async () => {
      const ran = await runExample(example)
      assert.ok(framesOf(code, ran).length > 0, `${ran.stderr}${ran.stdout}`.slice(0, 2_000))
    })
  }
  it('has an example for all codes but those that nothing leads to', () => {
    const never = [...notes].flatMap(([code, { example }]) => ('never' in example ? [code] : []))
    assert.equal(never, ['ARB211', 'ARB302', 'ARB505'])
  })

  const entry = 'ARB001:\n  means: x\n  remedy: y\n  input: { a.alloy: "a" }\n'
  const bad: readonly (readonly [title: string, text: string, words: string])[] = [
    ['a code that is not in the catalog', `${text}ARB999:\n  means: x\n`, 'ARB999 is not in the catalog'],
    ['a code without an entry', entry, 'ARB002 has no entry'],
    ['an entry without an input', entry.replace(/ {2}input.*\n/, ''), 'ARB001 has no input'],
    ['an entry without a remedy', entry.replace(/ {2}remedy.*\n/, ''), 'ARB001 has neither a remedy'],
    ['an entry that does not say what it means', entry.replace(/ {2}means.*\n/, ''), 'ARB001 does not say'],
    ['a key that is none', entry.replace('means', 'meaning'), 'ARB001 has the key meaning'],
  ]
  for (const [title, broken, words] of bad) {
    it(`refuses ${title}`, () => {
      const { problems } = readDiagnostics(broken)
      assert.ok(
        problems.some(each => each.startsWith(`docs/diagnostics.yaml: ${words}`)),
        problems[0],
      )
    })
  }
})
