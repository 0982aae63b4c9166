import * as assert from 'uvu/assert'
import { describe } from '../../harness.ts'
import { command } from '../io.ts'

const pods = 'discovery.kubernetes "pods" { role = "pod" }'
const patchOf = (stdout: string) => stdout.slice(0, stdout.indexOf('\n\n'))

describe('diff', it => {
  it('compares with the defaults of the chart however deep the input nests them', async () => {
    const values = `alloy: {configMap: {content: '${pods}'}}`
    const files = { 'flat.yaml': `${values}\n`, 'nested.yaml': `telemetry: {${values}}\n` }
    const flat = await command(['diff', 'flat.yaml'], files)
    const nested = await command(['diff', 'nested.yaml'], files)
    assert.is(flat.code, 0)
    assert.match(flat.stdout, /^ rbac:$/m)
    assert.is(patchOf(nested.stdout).replaceAll('nested.yaml', 'flat.yaml'), patchOf(flat.stdout))
  })

  it('says in every format that a plan may be too small', async () => {
    const files = {
      'c.alloy': `${pods}\nimport.git "m" {\n  repository = "https://git.example.com/m.git"\n  path = "m.alloy"\n}\nm.part "x" { }\n`,
    }
    const formats = ['text', 'markdown', 'json']
    for (const format of formats) {
      const { code, stdout } = await command(['diff', 'c.alloy', '--on-unknown', 'warn', '--format', format], files)
      assert.is(code, 0)
      assert.match(stdout, format === 'json' ? /"complete": false/ : /INCOMPLETE/)
    }
  })
})
