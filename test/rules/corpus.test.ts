// Runs only where ALLOY_CORPUS names a folder of configurations.
import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { locate } from '../../src/source.ts'
import type { Block, Statement } from '../../src/syntax/ast.ts'
import { describe } from '../harness.ts'
import { blocksOf, check } from './checked.ts'

const corpus = process.env['ALLOY_CORPUS']

/** What Alloy 1.18.1 refuses in the corpus: files of its main branch, and what its converters write without an output. */
const refused = [
  /^\S+\/otelcolconvert\/testdata\/(fileexporter|filelog|fluentforwarder|syslog|tcplog)\.alloy:\d+ ARB333 .* requires the block (output|sort_by)$/,
  /^\S+\/otelcolconvert\/testdata\/spanmetrics\.alloy:\d+ ARB333 .* requires the attribute name$/,
  /^\S+ ARB332 .* was added in Alloy 1\.19\.0-rc\.3; this is Alloy 1\.18\.1$/,
]

if (corpus) {
  describe('the corpus', it => {
    it('holds no argument that its release refuses', () => {
      const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.alloy'))
      const found = names.sort().flatMap(name => findings(name, readFileSync(`${corpus}/${name}`, 'utf8')))
      assert.ok(names.length > 0)
      assert.is(found.filter(line => !refused.some(each => each.test(line))).join('\n'), '')
    })
  })
}

function findings(path: string, text: string): readonly string[] {
  const blocks = blocksOf(path, text)
  if (!blocks) return []
  return componentsIn(blocks, namespacesIn(blocks)).flatMap(block =>
    check(block, '1.18.1').map(({ code, span, message }) => {
      const { line } = locate(span!.source, span!.start)
      return `${path}:${line} ${code} ${message}`
    }),
  )
}

const blocksAmong = (body: readonly Statement[]): readonly Block[] => body.filter(each => each.kind === 'block')

/** Labels of declares and imports, whose components are not built-in ones. */
function namespacesIn(blocks: readonly Block[]): ReadonlySet<string> {
  const own = blocks.filter(({ name }) => name === 'declare' || name.startsWith('import.'))
  return new Set(own.flatMap(each => [each.label ?? '', ...namespacesIn(blocksAmong(each.body))]))
}

function componentsIn(blocks: readonly Block[], custom: ReadonlySet<string>): readonly Block[] {
  return blocks.flatMap(block => {
    if (custom.has(block.name.split('.')[0]!)) return []
    if (block.name === 'declare') return componentsIn(blocksAmong(block.body), custom)
    const template = block.name === 'foreach' ? blocksAmong(block.body).filter(({ name }) => name === 'template') : []
    return [block, ...template.flatMap(each => componentsIn(blocksAmong(each.body), custom))]
  })
}
