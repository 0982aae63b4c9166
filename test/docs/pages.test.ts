import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { commandsPage } from '../../scripts/docs/commands-page.ts'
import { pages } from '../../scripts/docs/pages.ts'
import { codes } from '../../src/diagnostic/catalog.ts'
import { explain, render } from '../../src/index.ts'
import { describe, root } from '../harness.ts'

const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')
const generated = await pages(root)
const written = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(`${root}docs`)
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
].filter(path => !generated.has(path))

describe('pages', it => {
  for (const [path, text] of generated) {
    it(`${path} is what npm run docs writes`, () => {
      assert.ok(read(path) === text, `${path} is not what is generated now: npm run docs`)
    })
  }
  it('say of a code what explain says', () => {
    const page = generated.get('docs/diagnostics.md')!
    for (const code of codes) {
      const [title, , , ...lines] = render.explanation(explain(code)).split('\n')
      assert.ok(page.includes(`### ${title!.split(' ')[0]}\n\n\`${title!.split(' ')[1]}\``), code)
      for (const line of lines.filter(each => !each.startsWith('help ') && !/^\S*:$/.test(each)))
        assert.ok(page.includes(line.trimStart()), `${code}: ${line}`)
    }
  })
  for (const path of written) {
    it(`${path} links to what is there`, () => {
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
      for (const [, target = ''] of read(path).matchAll(/\]\(([^)#\s]+)[^)]*\)/g))
        if (!target.includes('://')) assert.ok(existsSync(`${root}${folder}${target}`), target)
    })
    it(`${path} names options that are there`, () => {
      const help = commandsPage()
      // What other programs are given is theirs.
      const own = [...read(path).matchAll(/`(--[^`]*)`|alloy-rbac ([^`\n|]*)/g)].map(([text]) => text)
      for (const [, option = ''] of own.join('\n').matchAll(/(?<![\w-])(--[a-z][a-z-]+)/g))
        assert.ok(new RegExp(`${option}(?![a-z-])`).test(help), option)
    })
  }
  it('name every command in the README or the index of commands', () => {
    const commands = [...commandsPage().matchAll(/^## (.*)$/gm)].map(([, name = '']) => name)
    assert.ok(commands.length >= 4)
    for (const name of ['generate', 'diff', 'check', 'explain']) {
      assert.ok(commands.includes(name))
      assert.match(read('README.md'), new RegExp(`alloy-rbac ${name}`))
    }
  })
  it('keep the README short', () => assert.ok(read('README.md').split('\n').length <= 150))
})
