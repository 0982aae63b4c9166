import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { shownOf } from '../../scripts/page/shown.ts'
import { root } from '../harness.ts'
import { describePages } from './pages.ts'
import { type Files, printedOf } from './printed.ts'

const kubernetesLogs = readFileSync(`${root}examples/kubernetes-logs/config.alloy`, 'utf8')
const cases: readonly (readonly [title: string, files: Files])[] = [
  ...readdirSync(`${root}examples`).map(
    name =>
      [
        `the example ${name}`,
        { 'config.alloy': readFileSync(`${root}examples/${name}/config.alloy`, 'utf8') },
      ] as const,
  ),
  ['an empty file', { 'config.alloy': '' }],
  ['a configuration with an error', { 'config.alloy': 'discovery.kubernetes "x" { role = "pods" }\n' }],
  [
    'Helm values with a configuration',
    { 'values.yaml': `alloy:\n  configMap:\n    content: |\n${kubernetesLogs.replace(/^(?=.)/gm, '      ')}` },
  ],
  [
    'two files of one configuration',
    {
      'a.alloy': 'discovery.kubernetes "a" { role = "pod" }\n',
      'b.alloy': 'discovery.kubernetes "b" { role = "node" }\n',
    },
  ],
]

describePages('site/answers', it => {
  for (const [title, files] of cases)
    it(`the page shows of ${title} what the command prints`, async open => {
      const { page } = await open()
      assert.equal(await shownOf(page, files), await printedOf(page, files))
    })

  it('the page shows the same of what it showed other answers before', async open => {
    const { page } = await open()
    for (const [title, files] of [...cases, ...cases.toReversed()])
      assert.equal(await shownOf(page, files), await printedOf(page, files), title)
  })

  // All of them take a minute: `npm run page` compares them.
  const corpus = process.env['ALLOY_CORPUS']
  if (corpus !== undefined)
    it('the page shows of some real configurations what the command prints', async open => {
      const { page } = await open()
      const paths = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.alloy'))
      const same = fc.asyncProperty(fc.constantFrom(...paths), async path => {
        const files = { 'config.alloy': readFileSync(join(corpus, path), 'utf8') }
        assert.equal(await shownOf(page, files), await printedOf(page, files))
      })
      await fc.assert(same, { numRuns: 40 })
    })
})
