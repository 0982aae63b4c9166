import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { recipes } from '../../../scripts/nodes/recipes.ts'
import { runRecipes } from '../../../scripts/nodes/run-recipes.ts'
import { describe, root } from '../../harness.ts'

/** Started when the first of them is asked for, so that they run side by side and not beside other suites. */
let started: readonly Promise<string | null>[] | undefined
const faultAt = async (at: number): Promise<string | null | undefined> => {
  started ??= runRecipes(recipes, process.execPath)
  return started[at]
}

describe('the bundled command in a shell', it => {
  for (const [at, { title }] of recipes.entries()) it(title, async () => assert.is(await faultAt(at), null))
  it('is tried in the pipes of the pages', () =>
    assert.ok(recipes.filter(({ title }) => title.startsWith('documents ')).length >= 6))
})

describe('the bundled command as a child', it => {
  it('reads from a parent that writes late, in pieces', async () => {
    const child = spawn(process.execPath, [`${root}dist/bin/alloy-rbac.js`, 'generate', '-', '--quiet'])
    const ended = new Promise(resolve => child.on('close', resolve))
    let text = ''
    child.stdout.on('data', piece => {
      text += piece
    })
    for (const piece of ['discovery.kubernetes "pods', '" { role = ', '"pod" }\n']) {
      await setTimeout(400)
      child.stdin.write(piece)
    }
    child.stdin.end()
    assert.is(await ended, 0)
    assert.match(text, /rbac:/)
  })
})
