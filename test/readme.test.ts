import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { command } from './cli/io.ts'
import { describe, root } from './harness.ts'

describe('README', it => {
  const text = readFileSync(`${root}README.md`, 'utf8')
  const block = (language: string): string =>
    text.match(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``))?.[1] ?? ''
  it('shows what its example really prints', async () => {
    const { stdout } = await command(['generate', 'config.alloy', '--only', 'rbac'], { 'config.alloy': block('alloy') })
    assert.is(block('yaml'), stdout)
  })
})
