import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import * as assert from 'uvu/assert'
import { argumentsOf, inputsOf, textOf } from '../../case.ts'
import { command } from '../../cli/io.ts'
import { describe, root } from '../../harness.ts'

// The schema is of JSON Schema's draft 4, and uses nothing of it that later drafts read in another way but the keys `id` and `$schema`.
const {
  id: _,
  $schema: __,
  ...schema
} = JSON.parse(readFileSync(`${root}node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json`, 'utf8'))
const isUri = (text: string): boolean => URL.canParse(text)
const isReference = (text: string): boolean => URL.canParse(text, 'file:///base/') && !/[\s<>"{}|\\^`]/.test(text)
const formats = {
  uri: isUri,
  'uri-reference': isReference,
  'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
}
const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats }).compile(schema)

const folder = `${root}test/commands`
const printing = /^--- stdout\n(?!--- |$)/m
const cases = readdirSync(folder).filter(name => {
  const [verb] = argumentsOf(`${folder}/${name}`)
  return verb === 'check' || (verb === 'compare' && printing.test(textOf(`${folder}/${name}`, 'expected.txt')))
})

interface Result {
  readonly ruleId: string
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly locations?: readonly unknown[]
  readonly relatedLocations?: readonly unknown[]
}

const sarifOf = async (name: string) => {
  const at = `${folder}/${name}`
  const own = argumentsOf(at).filter((each, index, all) => each !== '--format' && all[index - 1] !== '--format')
  const { stdout } = await command([...own, '--format', 'sarif'], inputsOf(at), { stdin: textOf(at, 'stdin.txt') })
  return JSON.parse(stdout)
}

describe('render/sarif', it => {
  for (const name of cases)
    it(`is valid by the schema of SARIF 2.1.0: ${name}`, async () => {
      const log = await sarifOf(name)
      validate(log)
      assert.equal(validate.errors ?? [], [])
    })
  for (const name of cases)
    it(`tells every result from every other, on one line too: ${name}`, async () => {
      const { results } = (await sarifOf(name)).runs[0] as { readonly results: readonly Result[] }
      for (const key of ['subject/v2', 'primaryLocationLineHash'] as const) {
        const prints = results.map(({ partialFingerprints }) => partialFingerprints[key])
        assert.equal(new Set(prints).size, results.length, key)
      }
    })
  it('is written also where the input cannot be read', async () => {
    const { code, stdout } = await command(['check', 'nowhere.yaml', '--format', 'sarif'])
    const log = JSON.parse(stdout)
    validate(log)
    assert.equal(validate.errors ?? [], [])
    assert.is(code, 3)
    assert.match(log.runs[0].invocations[0].toolExecutionNotifications[0].message.text, 'nowhere.yaml')
  })
  it('keeps what a baseline accepts as suppressed results', async () => {
    const { results } = (await sarifOf('check-baseline-accepts')).runs[0]
    assert.equal(
      results.map(({ suppressions }: { readonly suppressions: readonly object[] }) => suppressions.length),
      [1],
    )
    assert.match(results[0].suppressions[0].justification, 'sidecar')
  })
  it('says of every difference what became of it', async () => {
    const { results } = (await sarifOf('compare-a-change-of-a-configuration')).runs[0]
    assert.equal(
      results.map((each: { ruleId: string; baselineState: string }) => `${each.ruleId} ${each.baselineState}`),
      ['ARB460 new', 'ARB460 new', 'ARB460 new', 'ARB462 absent', 'ARB462 absent'],
    )
  })
  it('is refused by the schema where it is wrong', () => {
    assert.not(
      validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ level: 'fatal' }] }] }),
    )
    assert.not(validate({ version: '2.0.0', runs: [] }))
  })
  it('places what lacks in the configuration and in the role', async () => {
    const [result] = (await sarifOf('check-missing-grant')).runs[0].results as readonly Result[]
    assert.is(result?.ruleId, 'ARB401')
    assert.is(result?.locations?.length, 1)
    assert.is(result?.relatedLocations?.length, 1)
  })
})
