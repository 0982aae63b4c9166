import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import * as assert from 'uvu/assert'
import * as library from '../../src/index.ts'
import { describe, root } from '../harness.ts'

/** A configuration that takes the pipeline through everything that rests on a package: YAML, regular expressions, hashes, a diff. */
const texts = {
  'values.yaml': `alloy:
  configMap:
    content: |
${readFileSync(`${root}examples/kubernetes-logs/config.alloy`, 'utf8').replace(/^(?=.)/gm, '      ')}
      discovery.kubernetes "nodes" { role = "node" }
      discovery.relabel "shard" {
        targets = discovery.kubernetes.nodes.targets
        rule {
          source_labels = ["__meta_kubernetes_node_name"]
          regex         = "a(b|c)+"
          action        = "keep"
        }
        rule {
          source_labels = ["__address__"]
          modulus       = 2
          target_label  = "__tmp"
          action        = "hashmod"
        }
      }
`,
}

/** What a page would do with the library, as text. */
const work = `
const { analyze, check, explain, parse, render } = library
const { value, diagnostics } = analyze(texts, { namespace: 'monitoring' })
const output = [
  render.diagnostics(diagnostics),
  ...[render.values(value), render.json(value), render.manifests(value), render.canI(value), render.diff(value)].map(made => made.value),
  render.check(check(texts), { format: 'sarif' }),
  render.explanation(explain('secrets get')),
  JSON.stringify(parse({ path: 'x.alloy', text: 'a = 1 b' }).diagnostics.map(({ message }) => message)),
].join('\\n')
`

/** The library as a page's bundler makes it of the published entry. */
async function bundle(): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export * from 'alloy-rbac'`, resolveDir: root },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'library',
    logLevel: 'silent',
  })
  assert.equal(
    Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter(({ path }) => path.startsWith('node:'))),
    [],
  )
  return outputFiles[0]!.text
}

const expected = (): string => new Function('library', 'texts', `${work}; return output`)(library, texts) as string

describe('browser', it => {
  it('runs the library without anything of Node', async () => {
    const script = await bundle()
    const context = createContext({ TextEncoder, TextDecoder, texts })
    const output = runInContext(`${script}\n;(() => { ${work}; return output })()`, context) as string
    assert.is(output, expected())
    assert.is(runInContext('typeof process + typeof require + typeof Buffer', context), 'undefined'.repeat(3))
  })

  const browser = process.env['CHROMIUM']
  if (browser !== undefined) {
    it('runs the library in the browser that CHROMIUM names', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'page-'))
      try {
        const page = `<!doctype html><meta charset="utf-8"><pre id="out"></pre><script>${(await bundle()).replaceAll('</script', '<\\/script')}
const texts = ${JSON.stringify(texts)}
${work}
document.getElementById('out').textContent = btoa(String.fromCharCode(...new TextEncoder().encode(output)))</script>`
        writeFileSync(join(folder, 'page.html'), page)
        const flags =
          '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'
        const dom = execFileSync(
          browser,
          [
            ...flags.split(' '),
            `--user-data-dir=${join(folder, 'profile')}`,
            '--dump-dom',
            `file://${join(folder, 'page.html')}`,
          ],
          { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 },
        )
        const printed = dom.match(/<pre id="out">([^<]*)<\/pre>/)?.[1] ?? ''
        assert.is(Buffer.from(printed, 'base64').toString(), expected())
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })
  }
})
