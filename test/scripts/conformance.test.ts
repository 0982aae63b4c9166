import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { type Check, conformance } from '../../scripts/conformance.ts'
import { describe } from '../harness.ts'

/** A vector holds when it says so. */
const says: Check = ({ holds }: { holds?: boolean }) => {
  if (holds === undefined) throw new Error('no answer')
  return holds ? null : 'does not hold'
}
const table = { first: says, second: null, third: says }

function run(files: Readonly<Record<string, string>>, only: readonly string[] | null = null): readonly unknown[] {
  const folder = mkdtempSync(join(tmpdir(), 'alloy-rbac-'))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.jsonl`), text)
    const lines: string[] = []
    const good = conformance(folder, only, line => lines.push(line.replace(folder, 'DIR')), table)
    return [good, ...lines]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const good = '{"holds":true}\n'

describe('conformance', it => {
  it('counts what holds', () => assert.equal(run({ first: good + good }, ['first']), [true, 'first: 2 of 2']))
  it('names what does not', () => {
    assert.equal(run({ first: `${good}{"holds":false}\n{}` }, ['first']), [
      false,
      'first:2: does not hold',
      'first:3: threw no answer',
      'first: 1 of 3',
    ])
  })
  it('fails where a kind has no check, and where a file is missing', () => {
    assert.equal(run({ first: good, second: good }), [
      false,
      'first: 1 of 1',
      'second: not implemented',
      'third: missing',
    ])
  })
  it('leaves out what --only leaves out', () => {
    assert.equal(run({ third: good }, ['third']), [true, 'third: 1 of 1'])
  })
  it('refuses a folder without vectors', () => {
    assert.equal(run({}, ['first']), [false, 'first: missing', 'no vectors in DIR'])
    assert.equal(run({ first: '\n' }, ['first']), [false, 'first: 0 of 0', 'no vectors in DIR'])
  })
  it('refuses a name that it does not know', () => {
    assert.equal(run({}, ['fourth']), [false, 'no such vectors: fourth; known are first, second, third'])
  })
})
