import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { majors } from '../scripts/nodes/majors.ts'
import { describe, root } from './harness.ts'

const folder = `${root}.github/workflows`

interface Workflow {
  readonly permissions?: unknown
  readonly jobs: Readonly<Record<string, { readonly permissions?: Readonly<Record<string, string>> }>>
}

function isPinned(text: string): void {
  const uses = [...text.matchAll(/uses: (\S+)(.*)$/gm)]
  assert.ok(uses.length > 0)
  for (const [, action = '', comment = ''] of uses) {
    if (action.startsWith('./')) continue
    assert.match(action, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/)
    assert.match(comment, /^ # v\d+\.\d+\.\d+$/)
  }
}

describe('workflows', it => {
  it('the action pins every action to a commit and names its release', () =>
    isPinned(readFileSync(`${root}action.yml`, 'utf8')))
  it('the tests run on each release of Node that the program is tried on', () => {
    const { jobs } = parse(readFileSync(`${folder}/ci.yml`, 'utf8'))
    assert.equal(jobs.test.strategy.matrix.node, majors)
    const { engines } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
    assert.match(engines.node, new RegExp(`^>=${majors[0]}\\.`))
  })
  for (const file of readdirSync(folder)) {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    it(`${file} pins every action to a commit and names its release`, () => isPinned(text))
    it(`${file} gives each job the least, and nothing by default`, () => {
      const { permissions, jobs } = parse(text) as Workflow
      assert.equal(permissions, {})
      for (const job of Object.values(jobs)) assert.ok(job.permissions && !('write-all' in job.permissions))
    })
    it(`${file} leaves no token behind and puts no text of others into a script`, () => {
      const checkouts = text.match(/uses: actions\/checkout@/g) ?? []
      assert.is(text.match(/persist-credentials: false/g)?.length, checkouts.length)
      for (const [, script = ''] of text.matchAll(/run: (.*)/g)) assert.not.match(script, /\$\{\{/)
    })
  }
})
