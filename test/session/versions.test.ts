import * as assert from 'uvu/assert'
import type { NamedRelease } from '../../src/input/process/settings.ts'
import { versionsFor } from '../../src/session/versions.ts'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'

const named = (value: string, instead?: string): NamedRelease => ({
  value,
  span: null,
  by: 'the input',
  ...(instead === undefined ? {} : { instead: { value: instead, span: null, by: 'the label' } }),
})

describe('the release of the chart', it => {
  const table: readonly [named: string, release: string, code: string | null][] = [
    ['1.6.2', '1.6.2', null],
    ['v1.6.2', '1.6.2', null],
    ['1.6.2+own.3', '1.6.2', null],
    ['1.6', '1.6.2', null],
    ['~1.6.0', '1.6.2', null],
    ['^1.5.1', '1.11.1', null],
    ['1.x', '1.11.1', null],
    ['*', '1.11.1', null],
    ['>=1.5.0 <1.6.0', '1.5.3', null],
    ['<1', '0.12.6', null],
    ['0.9 - 0.11', '0.11.0', null],
    ['~1.2 || ~1.4', '1.4.0', null],
    ['99.0.0', '1.11.1', 'ARB501'],
    ['99.0.0-rc.1', '1.11.1', 'ARB501'],
    ['1.6.99', '1.6.2', 'ARB520'],
    ['1.6.1-rc.1', '1.6.0', 'ARB520'],
    ['0.0.1', '0.1.0', 'ARB520'],
    ['>=99', '1.11.1', 'ARB520'],
    ['sha256:00', '1.11.1', 'ARB520'],
    ['main', '1.11.1', 'ARB520'],
    ['$' + '{VERSION}', '1.11.1', 'ARB520'],
  ]
  for (const [value, version, code] of table)
    it(`${value} is ${version}${code === null ? '' : `, with ${code}`}`, () => {
      const { value: found, diagnostics } = versionsFor({}, { alloyVersion: null, chartVersion: named(value) })
      assert.is(found?.release.version, version)
      assert.equal(
        diagnostics.map(each => each.code),
        code === null ? [] : [code],
      )
      if (code === 'ARB520') assert.match(diagnostics[0]?.message ?? '', version)
      const asked = versionsFor({ chartVersion: '1.4.0' }, { alloyVersion: null, chartVersion: named(value) })
      assert.equal([asked.value?.release.version, asked.diagnostics.length], ['1.4.0', 0])
    })
})

describe('the release of Alloy', it => {
  const newest = versionsFor({}, null).value?.target.alloy
  const table: readonly [named: NamedRelease | null, release: string | undefined, code: string | null][] = [
    [null, '1.14.0', null],
    [named('v1.9.0'), '1.9.0', null],
    [named('v1.9.0-boringcrypto'), '1.9.0', null],
    [named('v1.9.0', 'v1.8.0'), '1.9.0', null],
    [named('latest'), newest, null],
    [named('main'), '1.14.0', 'ARB520'],
    [named('sha256:00'), '1.14.0', 'ARB520'],
    [named('sha256:00', 'v1.8.0'), '1.8.0', 'ARB520'],
    [named('main', 'main'), '1.14.0', 'ARB520'],
  ]
  for (const [alloyVersion, version, code] of table)
    it(`${JSON.stringify(alloyVersion?.value)}, label ${alloyVersion?.instead?.value}, in chart 1.6.2: ${version}`, () => {
      const settings = { alloyVersion, chartVersion: named('1.6.2') }
      const { value: found, diagnostics } = versionsFor({}, settings)
      assert.is(found?.target.alloy, version)
      assert.equal(
        diagnostics.map(each => each.code),
        code === null ? [] : [code],
      )
      assert.equal(versionsFor({ alloyVersion: '1.10.0' }, settings).diagnostics, [])
    })
})

const values = 'alloy:\n  configMap:\n    content: logging { }\n'
const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by))
const release = (chart: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: alloy, namespace: obs}
spec:
  ${chart}
  values:
${indented(values, 4)}`
const source = (kind: string, spec: string, namespace = 'obs'): string => `apiVersion: source.toolkit.fluxcd.io/v1
kind: ${kind}
metadata: {name: charts, namespace: ${namespace}}
spec: ${spec}
---
`
const oci = 'url: "oci://ghcr.io/grafana/helm-charts/alloy"'
const reference = release('chartRef: {kind: OCIRepository, name: charts}')
const umbrella = (more = ''): string =>
  `apiVersion: v2\nname: obs\nversion: 0.1.0\ndependencies:\n  - {name: alloy, version: ~1.6.0, repository: x${more}}\n`

/** Inputs, and what their header says of the chart's release. */
const headers: readonly [title: string, files: Readonly<Record<string, string>>, input: string, says: string][] = [
  ['nothing names it', { 'values.yaml': values }, 'values.yaml', '1.11.1 by the newest known'],
  [
    'a HelmRelease',
    { 'r.yaml': release('chart: {spec: {chart: alloy, version: "1.6.1"}}') },
    'r.yaml',
    '1.6.1 by spec.chart.spec.version of obs/HelmRelease/alloy (r.yaml:5)',
  ],
  [
    'a range in a HelmRelease',
    { 'r.yaml': release('chart: {spec: {chart: alloy, version: "1.6.x"}}') },
    'r.yaml',
    '1.6.2 by spec.chart.spec.version of obs/HelmRelease/alloy (r.yaml:5): the newest known of 1.6.x',
  ],
  [
    'the tag of an OCIRepository',
    { 'r.yaml': source('OCIRepository', `{${oci}, ref: {tag: 1.6.1}}`) + reference },
    'r.yaml',
    '1.6.1 by spec.ref.tag of obs/OCIRepository/charts (r.yaml:4)',
  ],
  [
    'a range of an OCIRepository goes before its tag',
    { 'r.yaml': source('OCIRepository', `{${oci}, ref: {tag: 1.6.1, semver: "~1.5.0"}}`) + reference },
    'r.yaml',
    '1.5.3 by spec.ref.semver of obs/OCIRepository/charts (r.yaml:4): the newest known of ~1.5.0',
  ],
  [
    'a digest pins what the tag beside it names',
    { 'r.yaml': source('OCIRepository', `{${oci}, ref: {digest: "sha256:0", tag: 1.6.1}}`) + reference },
    'r.yaml',
    '1.6.1 by spec.ref.tag of obs/OCIRepository/charts (r.yaml:4)',
  ],
  [
    'an OCIRepository in another namespace',
    {
      'r.yaml':
        source('OCIRepository', `{${oci}, ref: {tag: 1.5.0}}`, 'flux') +
        release('chartRef: {kind: OCIRepository, name: charts, namespace: flux}'),
    },
    'r.yaml',
    '1.5.0 by spec.ref.tag of flux/OCIRepository/charts (r.yaml:4)',
  ],
  [
    'an OCIRepository that names none',
    { 'r.yaml': source('OCIRepository', `{${oci}}`) + reference },
    'r.yaml',
    '1.11.1 by the newest known',
  ],
  [
    'the tag latest of an OCIRepository names none',
    { 'r.yaml': source('OCIRepository', `{${oci}, ref: {tag: latest}}`) + reference },
    'r.yaml',
    '1.11.1 by the newest known',
  ],
  [
    'an OCIRepository that is not in the input',
    { 'r.yaml': reference },
    'r.yaml',
    '1.11.1 by assumed, since the chart of obs/HelmRelease/alloy (r.yaml:5) names no known release',
  ],
  [
    'a HelmChart',
    {
      'r.yaml':
        source('HelmChart', '{chart: alloy, version: 1.4.0}') + release('chartRef: {kind: HelmChart, name: charts}'),
    },
    'r.yaml',
    '1.4.0 by spec.version of obs/HelmChart/charts (r.yaml:4)',
  ],
  [
    'an Application',
    {
      'a.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: alloy}\nspec:\n  source:\n    chart: alloy\n    targetRevision: 1.4.*\n    helm:\n      valuesObject:\n${indented(values, 8)}`,
    },
    'a.yaml',
    '1.4.0 by targetRevision of Application/alloy (a.yaml:7): the newest known of 1.4.*',
  ],
  [
    'helmCharts of a kustomization, whose values file is read with it',
    {
      'k/kustomization.yaml': 'helmCharts: [{name: alloy, version: 1.5.1, valuesFile: v.yaml}]\n',
      'k/v.yaml': values,
    },
    'k',
    '1.5.1 by helmCharts of k/kustomization.yaml (k/kustomization.yaml:1)',
  ],
  [
    'helmCharts of a kustomization that is named alone',
    {
      'kustomization.yaml': 'helmCharts: [{name: alloy, version: 1.5.1, valuesFile: v.yaml}]\n',
      'v.yaml': values,
    },
    'kustomization.yaml',
    '1.5.1 by helmCharts of kustomization.yaml (kustomization.yaml:1)',
  ],
  [
    'the dependency of an umbrella chart',
    { 'c/Chart.yaml': umbrella(), 'c/values.yaml': `alloy:\n${indented(values, 2)}` },
    'c',
    '1.6.2 by the dependency alloy of Chart.yaml (c/Chart.yaml:5): the newest known of ~1.6.0',
  ],
  [
    'the dependency by its alias, as the lock has it',
    {
      'c/Chart.yaml': umbrella(', alias: logs'),
      'c/Chart.lock': 'dependencies:\n  - {name: alloy, repository: x, version: 1.6.0}\n',
      'c/values.yaml': `logs:\n${indented(values, 2)}`,
    },
    'c',
    '1.6.0 by the dependency logs of Chart.lock (c/Chart.lock:2)',
  ],
  [
    'a copy of the chart itself',
    { 'alloy/Chart.yaml': 'apiVersion: v2\nname: alloy\nversion: 1.2.0\n', 'alloy/values.yaml': values },
    'alloy',
    '1.2.0 by version of alloy/Chart.yaml (alloy/Chart.yaml:3)',
  ],
]

describe('the header of the values', it => {
  for (const [title, files, input, says] of headers) {
    it(`says what names the release of the chart: ${title}`, async () => {
      const { code, stdout, stderr } = await command(['generate', input], files)
      assert.is(code, 0, stderr)
      const version = stdout.match(/chart grafana\/alloy ([\d.]+)/)?.[1]
      const origin = stdout.replaceAll('\n#   ', ' ').match(/Chart version: (.*)\. Kubernetes version:/)?.[1]
      assert.is(`${version} by ${origin}`, says)
    })
  }
  it('says what options name', async () => {
    const options = ['--chart-version', '1.6.0', '--alloy-version', '1.12.0', '--kube-version', '1.33']
    const { stdout } = await command(['generate', 'values.yaml', ...options], { 'values.yaml': values })
    assert.match(
      stdout.replaceAll('\n#   ', ' '),
      '# Alloy version: --alloy-version. Chart version: --chart-version. Kubernetes version: --kube-version.',
    )
  })
})

describe('values that a kustomization lays over each other', it => {
  const inline = `helmCharts:
  - name: alloy
    valuesFile: v.yaml
    additionalValuesFiles: [w.yaml]
    valuesInline: {alloy: {configMap: {content: 'discovery.kubernetes "n" { role = "node" }'}}}`
  const role = (name: string): string =>
    `alloy: {configMap: {content: 'discovery.kubernetes "x" { role = "${name}" }'}}\n`
  const table: readonly [how: string, resource: string][] = [
    ['', 'nodes'],
    ['override', 'nodes'],
    ['replace', 'nodes'],
    ['merge', 'services'],
  ]
  for (const [how, resource] of table)
    it(`${how || 'by default'}: ${resource}`, async () => {
      const kustomization = how === '' ? inline : `${inline}\n    valuesMerge: ${how}`
      const files = { 'k/kustomization.yaml': kustomization, 'k/v.yaml': role('pod'), 'k/w.yaml': role('service') }
      const { code, stdout, stderr } = await command(['generate', 'k', '--format', 'json'], files)
      assert.is(code, 0, stderr)
      const resources = JSON.parse(stdout).grants.map((grant: { resource: string }) => grant.resource)
      assert.equal([...new Set(resources)], [resource])
    })
  it('that are not in its folder are missing', async () => {
    const { code, stderr } = await command(['generate', 'k'], {
      'k/kustomization.yaml': 'helmCharts: [{name: alloy, valuesFile: ../v.yaml}]\n',
      'v.yaml': values,
    })
    assert.is(code, 1)
    assert.match(stderr, /error\[ARB540\][^\n]*the values file \.\.\/v\.yaml/)
  })
})
