import { readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { argumentsOf, inputsOf, textOf } from './case.ts'
import { command, type Ran } from './cli/io.ts'
import { describe, golden, root } from './harness.ts'

const folder = `${root}test/commands`

/** All that a command line did: how it ended, what it printed, what it wrote. */
function transcript({ code, stdout, stderr, written }: Ran): string {
  const files = [...written].map(([path, text]) => `--- ${path.replace('/work/', '')}\n${text}`)
  const errors = stderr === '' ? [] : [`--- stderr\n${stderr}`]
  return [`exit ${code}\n`, `--- stdout\n${stdout}`, ...errors, ...files].join('')
}

describe('commands', it => {
  for (const name of readdirSync(folder).sort()) {
    it(name, async () => {
      const at = `${folder}/${name}`
      const ran = await command(argumentsOf(at), inputsOf(at), { stdin: textOf(at, 'stdin.txt') })
      assert.not.match(ran.stderr, /this is a bug/)
      golden(`test/commands/${name}/expected.txt`, transcript(ran))
    })
  }
})
