import * as assert from 'uvu/assert'
import { looksLikeYaml } from '../../src/input/detect.ts'
import { readFolder } from '../../src/input/folder.ts'
import { describe } from '../harness.ts'
import { type Files, given, listed, said } from './given.ts'

const content = (text: string): string => `alloy: {configMap: {content: '${text}'}}\n`

const daemonset = `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: alloy, namespace: logs}
spec:
  template:
    spec:
      containers: [{name: alloy, image: grafana/alloy, volumeMounts: [{name: config, mountPath: /etc/alloy}]}]
      volumes: [{name: config, configMap: {name: alloy}}]
`
const configMap = `
apiVersion: v1
kind: ConfigMap
metadata: {name: alloy, namespace: logs}
data: {config.alloy: 'x { }'}
`
const inMap = 'logs/ConfigMap/alloy:config.alloy "x { }"'

describe('readInput tells inputs apart by content', it => {
  const table: readonly [title: string, files: Files, listed: readonly string[]][] = [
    ['a file', { 'dir/a.alloy': 'a { }' }, ['(top) in ?: dir/a.alloy "a { }"']],
    [
      'several files are one configuration',
      { 'b.alloy': 'b { }', 'a.alloy': 'a { }' },
      ['(top) in ?: b.alloy "b { }" + a.alloy "a { }"'],
    ],
    ['standard input: Alloy', { '-': '// note: this\nx { }' }, ['(top) in ?: - "// note: this"']],
    ['standard input: an empty text is Alloy', { '-': '' }, ['(top) in ?: - ""']],
    ['standard input: values', { '-': content('x { }') }, ['(top) in ?: alloy.configMap.content "x { }"']],
    [
      'standard input: values in JSON',
      { '-': '{"alloy": {"configMap": {"content": "x { }"}}}' },
      ['(top) in ?: alloy.configMap.content "x { }"'],
    ],
    [
      'standard input: manifests',
      { '-': `---\n# Source: x\n${daemonset}---${configMap}` },
      [`logs/DaemonSet/alloy in logs: ${inMap}`],
    ],
    ['a file without an ending', { config: 'x { }' }, ['(top) in ?: config "x { }"']],
    ['an Alloy text in a YAML file', { 'config.yaml': 'x { }' }, ['(top) in ?: config.yaml "x { }"']],
    [
      'values merge left to right while one of them holds a configuration',
      { 'a.yaml': content('a { }'), 'b.yaml': 'namespaceOverride: logs', 'c.yaml': 'namespaceOverride: traces' },
      ['(top) in traces: alloy.configMap.content "a { }"'],
    ],
    [
      'values that each hold a configuration are deployments of their own, under the values that hold none',
      { 'a.yaml': content('a { }'), 'b.yaml': content('b { }'), 'c.yaml': 'namespaceOverride: traces' },
      ['a.yaml in traces: alloy.configMap.content "a { }"', 'b.yaml in traces: alloy.configMap.content "b { }"'],
    ],
    [
      'values without content take the files',
      { 'v.yaml': 'rbac: {create: true}', 'a.alloy': 'a { }' },
      ['(top) in ?: a.alloy "a { }"'],
    ],
    [
      'values with content take the files',
      { 'v.yaml': content('v { }'), 'a.alloy': 'a { }', 'b.alloy': 'b { }' },
      ['(top) in ?: a.alloy "a { }" + b.alloy "b { }"'],
    ],
    ['empty values take the files', { 'v.yaml': '# nothing\n', 'a.alloy': 'a { }' }, ['(top) in ?: a.alloy "a { }"']],
    ['values of anything take the files', { 'v.yaml': 'mine: 1', 'a.alloy': 'a { }' }, ['(top) in ?: a.alloy "a { }"']],
    [
      'empty values of the chart',
      { 'v.yaml': '{}' },
      ['(top) in ?: alloy.configMap.content (the chart\'s example) "logging {"'],
    ],
    [
      'objects in several files are one stream',
      { 'w.yaml': daemonset, 'c.yaml': configMap },
      [`logs/DaemonSet/alloy in logs: ${inMap}`],
    ],
    [
      'objects in a JSON array',
      {
        'a.json': JSON.stringify([
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' }, data: { 'config.alloy': 'x { }' } },
        ]),
        'v.yaml': 'alloy: {configMap: {create: false, name: m}}',
      },
      ['(top) in ?: ConfigMap/m:config.alloy "x { }"'],
    ],
    [
      'a workload without its configuration takes the files',
      { 'w.yaml': daemonset, 'a.alloy': 'a { }' },
      ['logs/DaemonSet/alloy in logs: a.alloy "a { }"'],
    ],
    [
      'a workload with its configuration leaves the files apart',
      { 'w.yaml': `${daemonset}---${configMap}`, 'a.alloy': 'a { }' },
      [`logs/DaemonSet/alloy in logs: ${inMap}`, '(top) in ?: a.alloy "a { }"'],
    ],
    [
      'values find their ConfigMap among objects',
      { 'v.yaml': 'alloy: {configMap: {create: false, name: alloy}}', 'c.yaml': configMap },
      ['(top) in ?: logs/ConfigMap/alloy:config.alloy "x { }"'],
    ],
  ]
  for (const [title, files, expected] of table) {
    it(title, () => {
      const outcome = given(files)
      assert.equal(listed(outcome), expected)
      assert.equal(
        outcome.diagnostics.filter(({ severity }) => severity === 'error'),
        [],
      )
    })
  }
})

describe('readInput reads folders', it => {
  const files: Files = {
    'conf/b.alloy': 'b { }',
    'conf/a.alloy': 'a { }',
    'conf/README.md': '# none',
    'conf/values.yaml': content('v { }'),
    'conf/sub/c.alloy': 'c { }',
    'git/.github/x.yaml': 'a: b: c',
    'git/apps/alloy/workload.yaml': daemonset,
    'git/apps/alloy/map.json': JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'alloy', namespace: 'logs' },
      data: { 'config.alloy': 'x { }' },
    }),
    'git/chart/Chart.yaml': 'apiVersion: v2\nname: mine\n',
    'git/chart/values.yaml': `mine:\n  ${content('v { }')}`,
    'git/chart/templates/x.yaml': '{{- if .Values.a }}\na: 1\n{{- end }}\n',
    'git/prometheus/prometheus.yml': 'scrape_configs: []\n',
    'git/other/values.yaml': 'controller: {replicas: 1}\n',
    'twice/a/values.yaml': content('a { }'),
    'twice/b/values.yaml': content('b { }'),
    'bare/README.md': '# none',
    'bytes/x.alloy': new Uint8Array([0x61, 0xff]),
  }
  const table: readonly [title: string, path: string, listed: readonly string[], said: readonly string[]][] = [
    [
      'its Alloy files, in order and no deeper',
      'conf',
      ['(top) in ?: conf/a.alloy "a { }" + conf/b.alloy "b { }"'],
      [],
    ],
    [
      'its YAML and JSON files, to the bottom',
      'git',
      [`logs/DaemonSet/alloy in logs: ${inMap}`, 'mine in ?: mine.alloy.configMap.content "v { }"'],
      ['ARB545 - git/chart/templates/x.yaml is a chart template and was not read'],
    ],
    [
      'values files of a folder stand for themselves',
      'twice',
      [
        'twice/a/values.yaml in ?: alloy.configMap.content "a { }"',
        'twice/b/values.yaml in ?: alloy.configMap.content "b { }"',
      ],
      [],
    ],
    ['a folder with neither', 'bare', [], ['ARB538 - the folder bare contains no *.alloy, YAML, or JSON files']],
    ['a folder that is none', 'gone', [], ['ARB539 - gone cannot be read: there is no such folder']],
  ]
  for (const [title, path, expected, messages] of table) {
    it(title, () => {
      const outcome = given(files, [path])
      assert.equal(listed(outcome), expected)
      assert.equal(said(outcome.diagnostics), messages)
    })
  }

  it('ConfigMaps that kustomize generates of files', () => {
    const kustomization = (entries: string, more = ''): Files => ({
      'k/base/kustomization.yaml': `resources: [w.yaml]\n${more}\nconfigMapGenerator: [{name: alloy, files: [${entries}]}]\n`,
      'k/base/w.yaml': daemonset,
      'k/base/conf/main.alloy': 'm { }',
      'k/base/lib.alloy': 'lib',
      'k/base/deeper/file': 'y',
      'k/outside.alloy': 'o { }',
    })
    const found = given(kustomization('config.alloy=conf/main.alloy, lib.alloy'), [
      'k/base/kustomization.yaml',
      'k/base/w.yaml',
    ])
    assert.equal(listed(found), ['logs/DaemonSet/alloy in logs: k/base/conf/main.alloy "m { }"'])
    assert.equal([...found.value[0]!.files.keys()], ['/etc/alloy/config.alloy', '/etc/alloy/lib.alloy'])
    const missing = (entries: string, more?: string) =>
      given(kustomization(entries, more), ['k/base/kustomization.yaml', 'k/base/w.yaml']).diagnostics.map(
        ({ code }) => code,
      )
    assert.equal(missing('config.alloy=conf/main.alloy', 'namespace: other'), ['ARB540'])
    assert.equal(missing('config.alloy=../outside.alloy'), ['ARB540'])
    assert.equal(missing('config.alloy=gone.alloy'), ['ARB540'])
    const { 'k/base/lib.alloy': _, 'k/outside.alloy': __, ...folder } = kustomization('config.alloy=conf/main.alloy')
    assert.equal(listed(given(folder, ['k'])), listed(found))
  })

  it('a folder that many links lead to, back up among them, is read once', () => {
    let lists = 0
    const { value } = readFolder('top', {
      list: () => {
        lists++
        return ['a.yaml', 'back', 'self', 'up']
      },
      kind: path => (path.endsWith('.yaml') ? 'file' : 'folder'),
      read: () => daemonset,
      real: () => '/top',
    })
    assert.is(lists, 2)
    assert.is(value.documents.length, 1)
  })

  it('a text that is not UTF-8 is an error', () => {
    assert.equal(
      given(files, ['bytes']).diagnostics.map(({ code }) => code),
      ['ARB024'],
    )
  })

  it('of more Alloy files than one configuration has, none is read', () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`many/${at}.alloy`, 'logging {}\n']))
    assert.equal(
      given(many, ['many']).diagnostics.map(({ code }) => code),
      ['ARB522'],
    )
    const { 'many/0.alloy': _, ...fewer } = many
    assert.equal(given(fewer, ['many']).diagnostics, [])
  })
  it('a file and a folder know where they are', () => {
    const places = (path: string) => given(files, [path]).value.map(({ folder, modulePath }) => [folder, modulePath])
    assert.equal(places('conf'), [['conf', 'conf']])
    assert.equal(places('conf/a.alloy'), [['conf', 'conf']])
    assert.equal(places('conf/values.yaml'), [['conf', '/etc/alloy']])
    assert.equal(
      given({ '-': 'x { }' }).value.map(({ folder, modulePath }) => [folder, modulePath]),
      [['.', '.']],
    )
  })
})

describe('readInput says what it cannot take', it => {
  const other = (tool: string): string => `this is a configuration for ${tool}, not for Alloy`
  const neither = 'is neither a Kubernetes object nor values of the Alloy chart'
  const table: readonly [title: string, files: Files, said: readonly string[]][] = [
    [
      'Prometheus',
      { 'p.yml': 'global:\n  scrape_interval: 1m\nscrape_configs: []\n' },
      [`ARB537 p.yml:1:1 ${other('Prometheus')}`],
    ],
    ['Promtail', { 'p.yml': '# x\nclients: []\nscrape_configs: []\n' }, [`ARB537 p.yml:2:1 ${other('Promtail')}`]],
    [
      'the Collector',
      { '-': 'receivers: {otlp: {}}\nservice: {pipelines: {}}\n' },
      [`ARB537 -:1:1 ${other('the OpenTelemetry Collector')}`],
    ],
    [
      'Grafana Agent',
      { 'a.yaml': 'server: {}\nmetrics: {configs: [{name: a}]}\n' },
      [`ARB537 a.yaml:1:1 ${other('Grafana Agent')}`],
    ],
    [
      'values of another chart',
      { 'v.yaml': 'controller: {replicas: 1}\nfoo: 1\n' },
      [`ARB536 v.yaml:1:1 this map ${neither}`],
    ],
    ['a list of scalars', { 'v.yaml': '- 1\n- 2\n' }, [`ARB536 v.yaml:1:1 this document ${neither}`]],
    [
      'a second document of values',
      { 'v.yaml': `${content('x { }')}---\n${content('y { }')}` },
      [`ARB536 v.yaml:3:1 this document ${neither}`],
    ],
    [
      'objects without Alloy',
      { 'c.yaml': configMap },
      ['ARB549 - the input contains no Alloy configuration and no workload that runs Alloy'],
    ],
    [
      'nothing rendered',
      { 'out.yaml': '---\n# Source: x\n' },
      ['ARB549 - the input contains no Alloy configuration and no workload that runs Alloy'],
    ],
    [
      'an empty file',
      { 'out.yaml': '' },
      ['ARB549 - the input contains no Alloy configuration and no workload that runs Alloy'],
    ],
    [
      'values that are no YAML',
      { 'v.yaml': 'alloy: b: c' },
      ['ARB531 v.yaml:1:8 this is not YAML: a second colon on the line: quote the value, or start a new line'],
    ],
    [
      'files for several uses of the chart',
      { 'v.yaml': `a: {${content('x').trim()}}\nb: {${content('y').trim()}}`, 'a.alloy': '' },
      ['ARB543 v.yaml:1:1 these values contain the Alloy chart more than once: a, b'],
    ],
  ]
  for (const [title, files, expected] of table) it(title, () => assert.equal(said(given(files).diagnostics), expected))

  it('another tool is told how to convert', () =>
    assert.match(
      given({ 'p.yml': 'rule_files: []' }).diagnostics[0]!.help!,
      /alloy convert --source-format=prometheus /,
    ))
})

describe('looksLikeYaml goes by the first line that says anything', it => {
  const yaml = [
    '---',
    '--- # x',
    '%YAML 1.1\n---\na: 1',
    '# c\na: 1',
    'a:',
    'a: 1',
    '"a": 1',
    "'a b': 1",
    'a b c: 1',
    '- a',
    '-',
    '{"a": 1}',
    '[]',
    '\ufeffa: 1',
    '&x a: 1',
    '!!map {}',
    '? a',
    '{{- if x }}',
    'a.b/c-d: 1',
  ]
  const alloy = [
    '',
    'a { }',
    'a = 1',
    'a.b "c" {',
    '// a: b',
    '/* a: b */',
    'a = { b = c }',
    'a "b: c" {',
    '\n\n  logging { }',
    'declare "x" {',
    '"a"',
  ]
  for (const text of yaml) it(`YAML: ${JSON.stringify(text)}`, () => assert.ok(looksLikeYaml({ path: '-', text })))
  for (const text of alloy)
    it(`Alloy: ${JSON.stringify(text)}`, () => assert.not.ok(looksLikeYaml({ path: '-', text })))
})
