import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { report } from '../../../src/render/html/report.ts'
import { yaml } from '../../../src/session/generate.ts'
import { argumentsOf, inputsOf } from '../../case.ts'
import { command, commandHere } from '../../cli/io.ts'
import { describe, root } from '../../harness.ts'
import { allOf, type Element, elementsOf } from './elements.ts'

const hostile = `<script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;</style>{{}}`
const quoted = JSON.stringify(hostile)
const alloy = (content: string): string => `alloy:\n  configMap:\n    content: |\n${content.replace(/^/gm, '      ')}\n`
const cases: readonly (readonly [
  title: string,
  files: Readonly<Record<string, string>>,
  ...more: readonly string[],
])[] = [
  ['a configuration without needs', { 'config.alloy': 'logging { }\n' }],
  [
    'markup in a name of an object',
    { 'config.alloy': `remote.kubernetes.secret "k" {\n  namespace = ${quoted}\n  name = ${quoted}\n}\n` },
  ],
  [
    'markup in the path of a mount',
    {
      'config.alloy': `loki.source.file "f" {\n  targets = [{__path__ = "/var/log/" + ${quoted}}]\n  forward_to = []\n}\n`,
    },
  ],
  [
    'markup in the name of a file',
    { [`${hostile.replaceAll('/', '')}.alloy`]: 'discovery.kubernetes "k" { role = "pod" }\n' },
  ],
  [
    'markup in a path that is asked for',
    {
      'config.alloy': `prometheus.scrape "s" {\n  targets = [{__address__ = "kubernetes.default.svc:443"}]\n  metrics_path = "/" + ${quoted}\n  scheme = "https"\n  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"\n  forward_to = []\n}\n`,
    },
  ],
  [
    'two deployments',
    {
      'a.yaml': alloy('discovery.kubernetes "a" { role = "pod" }'),
      'b.yaml': alloy(`discovery.kubernetes "b" { role = "node" }`),
    },
    '--all',
  ],
  [
    'own rules with markup',
    {
      'values.yaml': `rbac:\n  rules:\n    - {apiGroups: [""], resources: [${quoted}], verbs: [get]}\n${alloy('discovery.kubernetes "a" { role = "pod" }')}`,
    },
    '--keep-extra',
  ],
  [
    'many components',
    {
      'config.alloy': Array.from(
        { length: 150 },
        (_, at) => `discovery.kubernetes "c${at}" {\n  role = "pod"\n  namespaces { names = ["n${at}"] }\n}\n`,
      ).join(''),
    },
  ],
]

const known = new Set([
  '',
  '!doctype',
  'a',
  'b',
  'body',
  'br',
  'caption',
  'code',
  'details',
  'div',
  'em',
  'figcaption',
  'figure',
  'footer',
  'h1',
  'h2',
  'h3',
  'head',
  'header',
  'html',
  'i',
  'li',
  'main',
  'meta',
  'p',
  'path',
  'pre',
  'rect',
  'section',
  'small',
  'span',
  'style',
  'summary',
  'svg',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'title',
  'tr',
  'ul',
  'wbr',
])

/** What holds of every page. */
function holds(page: string): void {
  const elements = allOf(elementsOf(page))
  const named = (name: string): readonly Element[] => elements.filter(each => each.name === name)
  assert.equal(
    [...new Set(elements.map(({ name }) => name))].filter(name => !known.has(name)),
    [],
  )
  for (const { attributes } of elements)
    assert.equal(
      Object.keys(attributes).filter(name => /^on|^src|^xlink|^formaction$/.test(name)),
      [],
    )
  for (const { attributes } of named('a')) assert.match(attributes['href']!, /^(#[\w-]+$|https:\/\/github\.com\/)/)
  const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? [])
  assert.is(new Set(ids).size, ids.length, 'an id is there twice')
  for (const { attributes } of named('a'))
    if (attributes['href']!.startsWith('#')) assert.ok(ids.includes(attributes['href']!.slice(1)), attributes['href'])
  for (const table of named('table')) assert.is(table.children[0]?.name, 'caption')
  const levels = elements.filter(({ name }) => /^h\d$/.test(name)).map(({ name }) => Number(name[1]))
  assert.is(levels.filter(level => level === 1).length, 1)
  for (const [at, level] of levels.entries())
    assert.ok(at === 0 ? level === 1 : level <= levels[at - 1]! + 1, `${levels}`)
  assert.is(
    named('meta').find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')?.attributes[
      'content'
    ],
    'default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;',
  )
  assert.not.match(named('style')[0]!.text, /url\(|@import/)
}

/** The page of a command, which has to be what its JSON makes. */
async function pageOf(
  verb: 'generate' | 'diff' | 'check' | 'compare',
  run: (format: string) => ReturnType<typeof command>,
): Promise<string> {
  const page = (await run('html')).stdout
  const json = (await run('json')).stdout
  if (page === '' && json === '') return ''
  assert.is(report({ command: verb, document: JSON.parse(json), yaml }), page)
  return page
}

describe('render/html/report', it => {
  for (const verb of ['generate', 'diff', 'check'] as const) {
    for (const name of readdirSync(`${root}examples`))
      it(`${verb} of the example ${name} is a page made of its JSON alone`, async () => {
        holds(await pageOf(verb, format => commandHere([verb, `examples/${name}`, '--format', format])))
      })
    for (const [title, files, ...more] of cases)
      it(`${verb} shows ${title}`, async () => {
        const options = verb === 'generate' ? more : []
        const page = await pageOf(verb, format =>
          command([verb, ...Object.keys(files), ...options, '--format', format], files),
        )
        if (verb !== 'check' && page === '') return
        holds(page)
      })
  }
  for (const name of readdirSync(`${root}test/commands`).filter(each => /^(check|compare|diff|generate)-/.test(each)))
    it(`a page shows what the case ${name} prints`, async () => {
      const at = `${root}test/commands/${name}`
      const argv = argumentsOf(at)
      const [verb] = argv
      if (
        (verb !== 'generate' && verb !== 'diff' && verb !== 'check' && verb !== 'compare') ||
        argv.some(each => /^(-o|--output|--also|--write-baseline|-)$/.test(each))
      )
        return
      const bare = argv.filter((each, index) => each !== '--format' && argv[index - 1] !== '--format')
      const page = await pageOf(verb, format => command([...bare, '--format', format], inputsOf(at)))
      if (page !== '') holds(page)
    })
  it('colors are told from what is behind them, in both schemes', () => {
    const css = readFileSync(`${root}src/render/html/report.css`, 'utf8')
    const schemes = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) =>
      Object.fromEntries([...body!.matchAll(/--([\w]+): (#\w{6})/g)].map(([, name, color]) => [name!, color!])),
    )
    assert.is(schemes.length, 2)
    for (const colors of schemes) {
      for (const name of ['ink', 'soft', 'good', 'bad', 'open'])
        for (const behind of ['paper', 'raised'])
          assert.ok(contrast(colors[name]!, colors[behind]!) >= 4.5, `${name} on ${behind}`)
      for (const name of ['r0', 'r1', 'r2', 'r3', 'r4'])
        assert.ok(contrast(colors[name]!, colors['raised']!) >= 3, name)
    }
  })
})

/** The contrast of two colors as WCAG measures it. */
function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(at => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
