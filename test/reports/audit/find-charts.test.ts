import * as assert from 'uvu/assert'
import { isRead } from '../../../src/session/audit/chart-files.ts'
import { findAlloyCharts } from '../../../src/session/audit/find-charts.ts'
import { describe } from '../../harness.ts'

/** Texts by path; a map in the place of a text is an archive. */
interface Files {
  readonly [path: string]: string | Readonly<Record<string, string>>
}

const rules = (indent: string): string =>
  ['rbac:', '  rules:', '    - { apiGroups: [""], resources: ["pods"], verbs: ["list"] }', '  clusterRules: []']
    .map(line => `${indent}${line}\n`)
    .join('')

const dependency = (name: string, version: string, alias = ''): string =>
  `name: web\nversion: 1.0.0\ndependencies:\n  - name: ${name}\n    version: ${version}\n${alias === '' ? '' : `    alias: ${alias}\n`}`

const alloy = { 'Chart.yaml': 'name: alloy\nversion: 1.9.0\nappVersion: v1.17.0\n', 'values.yaml': rules('') }

/** What is found: the name, the keys that lead to the rules, the release of Alloy, and the rules. */
const cases: readonly (readonly [title: string, files: Files, found: readonly string[]])[] = [
  ['the chart itself', alloy, ['./values.yaml (grafana/alloy 1.9.0) | 1.17.0 | rbac.rules[0]']],
  [
    'the chart itself below a checkout',
    Object.fromEntries(Object.entries(alloy).map(([name, text]) => [`operations/helm/charts/alloy/${name}`, text])),
    ['./operations/helm/charts/alloy/values.yaml (grafana/alloy 1.9.0) | 1.17.0 | rbac.rules[0]'],
  ],
  [
    'the chart under another name',
    { 'Chart.yaml': 'name: ours\nversion: 0.1.0\n', 'values.yaml': `alloy:\n  clustering: {}\n${rules('')}` },
    ['./values.yaml (grafana/alloy 1.11.1) | 1.18.1 | rbac.rules[0]'],
  ],
  [
    'dependencies under their aliases, with the rules that the values have and those of the release',
    {
      'Chart.yaml': `${dependency('alloy', '1.11.1', 'metrics')}  - name: alloy\n    alias: logs\n    version: 1.5.0\n`,
      'values.yaml': `metrics:\n${rules('  ')}logs:\n  rbac:\n    clusterRules: []\n`,
    },
    [
      './values.yaml metrics (grafana/alloy 1.11.1) | 1.18.1 | metrics.rbac.rules[0]',
      './values.yaml logs (grafana/alloy 1.5.0) | 1.12.0 | rbac.rules[0] and 8 more',
    ],
  ],
  [
    'a dependency that lies unpacked',
    {
      'Chart.yaml': dependency('alloy', '1.11.1'),
      'values.yaml': 'alloy: {}\n',
      'charts/alloy/Chart.yaml': alloy['Chart.yaml'],
      'charts/alloy/values.yaml': alloy['values.yaml'],
    },
    ['./charts/alloy/values.yaml (grafana/alloy 1.9.0) | 1.17.0 | rbac.rules[0]'],
  ],
  [
    'a dependency that lies packed',
    { 'Chart.yaml': dependency('alloy', '1.9.0'), 'charts/alloy-1.9.0.tgz': alloy },
    ['./charts/alloy-1.9.0.tgz/values.yaml (grafana/alloy 1.9.0) | 1.17.0 | rbac.rules[0]'],
  ],
  [
    'the chart that a known operator installs',
    { 'Chart.yaml': dependency('alloy-operator', '0.4.1') },
    ['. alloy-operator (grafana/alloy 1.5.3) | 1.12.2 | rbac.rules[0] and 12 more'],
  ],
  [
    'the chart that a packed operator says it installs, for values of it',
    {
      'Chart.yaml': dependency('alloy-operator', '9.9.9'),
      'charts/alloy-operator-9.9.9.tgz': { 'Chart.yaml': 'name: alloy-operator\nversion: 9.9.9\nappVersion: 1.5.3\n' },
      'collectors/alloy-values.yaml': `alloy:\n  clustering: {}\n${rules('')}`,
    },
    ['./collectors/alloy-values.yaml (grafana/alloy 1.5.3) | 1.12.2 | rbac.rules[0]'],
  ],
  [
    "the operator's own chart",
    {
      'Chart.yaml': 'name: alloy-operator\nversion: 0.5.1\nappVersion: 1.6.2\n',
      'values.yaml': 'rbac: {create: true}\n',
    },
    ['. alloy-operator (grafana/alloy 1.6.2) | 1.14.0 | rbac.rules[0] and 12 more'],
  ],
  ['nothing in templates', { 'Chart.yaml': 'name: web\nversion: 1.0.0\n', 'templates/values.yaml': rules('') }, []],
  [
    'nothing where another chart has rules',
    { 'Chart.yaml': 'name: web\n', 'values.yaml': `kube:\n${rules('  ')}` },
    [],
  ],
]

describe('charts of a folder', it => {
  for (const [title, files, expected] of cases)
    it(title, () => {
      const archives = new Map<Uint8Array, Readonly<Record<string, string>>>()
      const contents = new Map<string, string | Uint8Array>(
        Object.entries(files).map(([name, file]) => {
          if (typeof file === 'string') return [name, file] as const
          const content = new Uint8Array(1)
          archives.set(content, file)
          return [name, content] as const
        }),
      )
      const unpack = (content: Uint8Array) =>
        new Map(
          Object.entries(archives.get(content) ?? {}).map(([name, text]) => [name, new TextEncoder().encode(text)]),
        )
      const names = [...contents.keys()].filter(isRead).sort()
      const found = findAlloyCharts(
        { path: './', names, read: name => contents.get(name) ?? null, unpack, isArchived: false },
        {},
      )
      const shown = found.value.map(({ chart }) => {
        const [first, ...more] = chart.blocks
        const places = `${first?.place}${more.length === 0 ? '' : ` and ${more.length} more`}`
        return `${chart.name.replaceAll('.//', './').replace('./ ', '. ')} | ${chart.target.alloy} | ${places}`
      })
      assert.equal(shown, expected, found.diagnostics.map(({ message }) => message).join('\n'))
      assert.is(
        found.diagnostics.some(({ name }) => name === 'no-alloy-chart'),
        expected.length === 0,
      )
    })
})
