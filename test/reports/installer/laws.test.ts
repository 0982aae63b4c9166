import { readdirSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { judgeInstaller } from '../../../scripts/installers/judge.ts'
import { readInput } from '../../../src/input/input.ts'
import { tools } from '../../../src/reports/installer/tools.ts'
import { diskOf, folderOf } from '../../../src/session/disk.ts'
import { inputsOf } from '../../case.ts'
import { describe, root } from '../../harness.ts'

const folder = folderOf({ cwd: '/', disk: diskOf({}) })

/** Inputs of the examples, and of every command line whose name begins so. */
const inputs = ['examples', 'test/commands'].flatMap(parent =>
  readdirSync(`${root}${parent}`)
    .filter(
      name =>
        parent === 'examples' ||
        /^(?:installer-(?:for|of-(?:an|what))|check-(?:two|clean|json|collectors|flux-helm|argo))/.test(name),
    )
    .flatMap(name => {
      const files = inputsOf(`${root}${parent}/${name}`)
      const paths = Object.keys(files).filter(path => /\.(?:yaml|alloy|json)$/.test(path) && path !== 'role.yaml')
      const items = paths.map(path => ({ kind: 'file' as const, path, content: files[path] ?? '' }))
      return paths.length === 0 ? [] : [{ title: `${parent}/${name}`, items }]
    }),
)

describe('the role of an installer', it => {
  for (const { title, items } of inputs)
    for (const tool of tools)
      it(`covers every object and no more, and names no way around that: ${title} for ${tool}`, () => {
        const { problems, objects, rights } = judgeInstaller(readInput(items, folder), tool, 'obs')
        assert.equal(problems, [])
        assert.ok(objects > 0 && rights > 0)
      })
})
