import * as assert from 'uvu/assert'
import { changedArguments, changedChart, newResources } from '../../scripts/keepup/changes.ts'
import type { Clone } from '../../scripts/keepup/clone.ts'
import { markdownReport, openItems, type Report } from '../../scripts/keepup/report.ts'
import { describe } from '../harness.ts'

const field = (path: string, name: string, kind = 'attr'): string =>
  `internal/component/${path}:\tField string \`alloy:"${name},${kind},optional"\``

/** A clone of which `git grep` and `git diff` say what is given. */
const clone = (grep: Readonly<Record<string, readonly string[]>>, changed: readonly string[] = []): Clone => ({
  path: '',
  tags: () => [],
  has: () => true,
  files: () => new Map(),
  grep: (_, revision) => grep[revision] ?? [],
  changed: () => changed,
  diff: (_, __, path) => `diff of ${path}`,
})

describe('arguments', it => {
  it('that came and went are found by folder, blocks among them', () => {
    const alloy = clone({
      v1: [field('a/x/args.go', 'old'), field('a/x/args.go', 'kept'), field('b/y.go', 'same')],
      v2: [field('a/x/args.go', 'kept'), field('a/x/more.go', 'tls', 'block'), field('b/z.go', 'same')],
    })
    assert.equal(changedArguments(alloy, 'v1', 'v2'), [{ folder: 'a/x', gained: ['tls { }'], lost: ['old'] }])
  })
  it('of tests do not count', () =>
    assert.equal(changedArguments(clone({ v2: [field('a/x_test.go', 'new')] }), 'v1', 'v2'), []))
})

describe('the chart', it => {
  it('is its defaults and templates', () => {
    const folder = 'operations/helm/charts/alloy/'
    const files = ['values.yaml', 'templates/rbac.yaml', 'README.md', 'ci/a-values.yaml', 'tests/templates/x.yaml']
    assert.equal(
      changedChart(
        clone(
          {},
          files.map(name => folder + name),
        ),
        'a',
        'b',
      ).map(({ path }) => path),
      [`${folder}values.yaml`, `${folder}templates/rbac.yaml`],
    )
  })
})

const known = new Set(['pods', 'apps/deployments', 'apps/deployments/scale'])
const discovered: readonly (readonly [title: string, discovery: unknown, found: readonly string[]])[] = [
  ['one document', { groupVersion: 'v1', resources: [{ name: 'pods' }, { name: 'pods/log' }] }, ['pods/log']],
  [
    'an array of them',
    [{ groupVersion: 'apps/v1', resources: [{ name: 'deployments' }, { name: 'new' }] }],
    ['apps/new'],
  ],
  ['several versions of a group', [1, 2].map(n => ({ groupVersion: `x/v${n}`, resources: [{ name: 'y' }] })), ['x/y']],
  ['nothing new', [{ groupVersion: 'apps/v1', resources: [{ name: 'deployments/scale' }] }], []],
]

describe('resources', it => {
  for (const [title, discovery, found] of discovered)
    it(`are compared with the table: ${title}`, () => assert.equal(newResources(discovery, known), found))
})

const empty: Report = {
  alloy: { from: 'v1.0.0', to: 'v1.1.0' },
  chart: null,
  components: [],
  arguments: [],
  facts: [],
  chartFiles: [],
  resources: null,
}

describe('the report', it => {
  it('is closed when nothing is open', () => assert.is(openItems(empty), 0))
  it('counts every item and gives it a box', () => {
    const report: Report = {
      ...empty,
      chart: { from: 'helm-chart/1.0.0', to: 'helm-chart/1.1.0' },
      components: ['new      a.b: experimental'],
      arguments: [{ folder: 'a/b', gained: ['c'], lost: ['d'] }],
      facts: [{ component: 'a.b', key: 'code', line: 'a.b, code: x.go differs at v1.1.0', diff: '+```\n' }],
      chartFiles: [{ path: 'values.yaml', diff: '-a\n+b\n' }],
      resources: ['apps/new'],
    }
    const text = markdownReport(report)
    assert.is(openItems(report), 5)
    assert.is(text.match(/^- \[ \] /gm)?.length, 5)
    assert.match(text, /^ {2}````diff\n {2}\+```\n {2}````$/m)
  })
})
