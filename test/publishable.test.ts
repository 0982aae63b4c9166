import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { type Home, obstacles } from '../scripts/publishable/obstacles.ts'
import { describe, root } from './harness.ts'

const home = {
  repository: { url: 'git+https://github.com/acme/alloy-rbac.git' },
  homepage: 'https://github.com/acme/alloy-rbac#readme',
  bugs: { url: 'https://github.com/acme/alloy-rbac/issues' },
}
const page = new Map([['docs/ci.md', 'uses: acme/alloy-rbac@v1\n']])

const rows: readonly (readonly [title: string, manifest: Home, page: string, found: readonly string[]])[] = [
  ['publishes what names its home', home, 'uses: acme/alloy-rbac@v1\n', []],
  [
    'takes the short forms of npm',
    { ...home, repository: 'https://github.com/acme/alloy-rbac', bugs: 'https://b' },
    '',
    [],
  ],
  [
    'asks for what is not set',
    {},
    '',
    ['package.json: set repository', 'package.json: set homepage', 'package.json: set bugs'],
  ],
  [
    'refuses another repository',
    { ...home, repository: { url: 'git+https://github.com/other/alloy-rbac.git' } },
    '',
    ['package.json: repository is git+https://github.com/other/alloy-rbac, and this is acme/alloy-rbac'],
  ],
  [
    'refuses pages that still have the placeholder',
    home,
    'a\nuses: OWNER/alloy-rbac@v1\n',
    ['docs/ci.md:2: put the owner in place of OWNER'],
  ],
]

describe('publishable', it => {
  for (const [title, manifest, text, found] of rows)
    it(title, () => assert.equal(obstacles(manifest, new Map([['docs/ci.md', text]]), 'acme/alloy-rbac'), found))
  it('asks for no repository of its own outside of a workflow', () => assert.equal(obstacles(home, page, null), []))
  it('is what the release workflow asks before it packs', () => {
    const { steps } = parse(readFileSync(`${root}.github/workflows/release.yml`, 'utf8')).jobs.publish
    const runs: readonly string[] = steps.map(({ run = '' }: { run?: string }) => run)
    const asked = runs.findIndex(run => run.includes('npm run publishable'))
    assert.ok(asked !== -1 && asked < runs.findIndex(run => run.includes('npm pack')))
  })
  it('ends the step of the workflow with what to set, as long as it is not', () => {
    const { status, stderr } = spawnSync(process.execPath, [`${root}dist/scripts/publishable.js`], { encoding: 'utf8' })
    const isSet = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).repository !== undefined
    assert.is(status, isSet ? 0 : 1, stderr)
    if (!isSet) assert.match(stderr, /^package\.json: set repository$/m)
  })
})
