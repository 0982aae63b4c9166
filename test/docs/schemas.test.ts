import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { commandsPage } from '../../scripts/docs/commands-page.ts'
import { codes } from '../../src/diagnostic/catalog.ts'
import { explain, render } from '../../src/index.ts'
import { ruledComponents } from '../../src/rules/map/load.ts'
import { argumentsOf, inputsOf } from '../case.ts'
import { command, commandHere } from '../cli/io.ts'
import { describe, root } from '../harness.ts'
import { fits, schemaNames, schemaOf } from '../schemas.ts'

const golden = `${root}test/render/golden`

// The tests of the command line hold every document that they meet against its schema; here are those that they do not meet.
describe('schemas', it => {
  it('are there for every command that prints JSON, and for the files that are written', () => {
    const commands = commandsPage().split(/^## /m).slice(1)
    const printing = commands.filter(text => /choices:[^)]*"json"/.test(text)).map(text => text.split('\n')[0]!)
    assert.ok(printing.length >= 4)
    for (const name of [...printing, 'baseline', 'diagnostics']) assert.ok(schemaNames.includes(name), name)
    for (const name of schemaNames) schemaOf(name)
  })
  it('fit everything that is explained', () => {
    const things = ['', 'secrets get', 'url /metrics get', 'apps/replicasets list', ...codes, ...ruledComponents()]
    for (const thing of things) {
      const found = explain(thing)
      fits('explain', render.explanation(found, { format: 'json' }))
      if (found.kind !== 'component') continue
      for (const { rule } of found.rules) fits('explain', render.explanation(explain(rule), { format: 'json' }))
    }
  })
  it('fit the golden files', () => {
    const files = readdirSync(golden).filter(name => name.endsWith('.json.txt'))
    assert.ok(files.length > 0)
    for (const name of files) fits(name.split('.')[0]!, readFileSync(`${golden}/${name}`, 'utf8'))
  })
  for (const name of readdirSync(`${root}examples`)) {
    for (const verb of ['generate', 'diff', 'check']) {
      it(`fit ${verb} of the example ${name}`, async () => {
        const { stdout } = await commandHere([verb, `examples/${name}`, '--format', 'json'])
        assert.ok(stdout.length > 0)
      })
    }
  }
  it('fit diff and check of the cases', async () => {
    for (const name of readdirSync(`${root}test/cases`)) {
      const folder = `${root}test/cases/${name}`
      const files = inputsOf(folder)
      const input = ['config.alloy', 'values.yaml', 'manifests.yaml'].find(each => each in files) ?? '.'
      const own = argumentsOf(folder).filter(each => !each.startsWith('input:'))
      for (const verb of ['diff', 'check']) {
        const flags = own.flatMap(each => each.split(' '))
        await command([verb, input, '--format', 'json', '--diagnostics', 'said.json', ...flags], files)
      }
    }
  })
  it('refuse a document with a part too many, too few, or of another kind', () => {
    const text = readFileSync(`${golden}/check.json.txt`, 'utf8')
    const document = JSON.parse(text)
    for (const broken of [{ ...document, more: 1 }, { ...document, status: 'fine' }, { version: 1 }]) {
      assert.throws(() => fits('check', JSON.stringify(broken)), /does not fit/)
    }
  })
})
