import * as assert from 'uvu/assert'
import { command } from '../../cli/io.ts'
import { describe } from '../../harness.ts'
import { given, said } from '../given.ts'

const release = (namespaces: string, more = '') => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: alloy
  namespace: obs
${more}spec:
  chart: {spec: {chart: alloy, version: 1.11.1, sourceRef: {kind: HelmRepository, name: grafana}}}
  values:
    alloy:
      configMap:
        content: |
          discovery.kubernetes "pods" {
            role = "pod"
            namespaces {
              names = [${namespaces}]
            }
          }
`

const kustomization = (name: string, path: string, build: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  path: ${path}
  postBuild: ${build}
`

const variables = `apiVersion: v1
kind: ConfigMap
metadata: {name: vars, namespace: flux-system}
data: {TENANT: stock, REGION: eu}
`

const shop = kustomization('a', './clusters/a', '{substitute: {TENANT: shop}}')
const stock = kustomization('b', './clusters/b', '{substitute: {TENANT: stock}}')
const from = '{substituteFrom: [{kind: ConfigMap, name: vars}]}'

/** What the grants are for: namespaces, or `cluster`. */
const cases: readonly (readonly [
  title: string,
  files: Readonly<Record<string, string>>,
  where: string,
  options?: readonly string[],
])[] = [
  ['a variable is unknown without a Kustomization', { 'git/r.yaml': release('"${TENANT}"') }, 'cluster'],
  [
    'a value on the command line settles it',
    { 'git/r.yaml': release('"${TENANT}"') },
    'shop',
    ['--substitute', 'TENANT=shop'],
  ],
  [
    'a default counts once Flux is known to set nothing',
    { 'git/clusters/a/r.yaml': release('"${TEAM:=store}"'), 'git/k.yaml': shop },
    'store',
  ],
  ['a default does not count while another may set it', { 'git/r.yaml': release('"${TEAM:=store}"') }, 'cluster'],
  [
    'a Kustomization over the folder says the value',
    { 'git/clusters/a/r.yaml': release('"${TENANT}"'), 'git/k.yaml': shop },
    'shop',
  ],
  [
    'a part of the repository is enough',
    { 'git/k.yaml': shop.replace('clusters/a', 'fleet/git'), 'git/r.yaml': release('"${TENANT}"') },
    'shop',
  ],
  [
    'a Kustomization of another folder says nothing',
    { 'git/clusters/a/r.yaml': release('"${TENANT}"'), 'git/k.yaml': stock },
    'cluster',
  ],
  [
    'two that disagree say nothing',
    {
      'git/clusters/a/r.yaml': release('"${TENANT}"'),
      'git/k.yaml': `${shop}---\n${stock.replace('clusters/b', 'clusters/a')}`,
    },
    'cluster',
  ],
  [
    'a ConfigMap of variables',
    { 'git/c/r.yaml': release('"${TENANT}"'), 'git/k.yaml': `${kustomization('c', 'c', from)}---\n${variables}` },
    'stock',
  ],
  [
    'a ConfigMap that is not there may set any',
    { 'git/c/r.yaml': release('"${TEAM:=a}"'), 'git/k.yaml': kustomization('c', 'c', from) },
    'cluster',
  ],
  [
    'values in the Kustomization go before those of a ConfigMap',
    {
      'git/c/r.yaml': release('"${TENANT}"'),
      'git/k.yaml': `${kustomization('c', 'c', `{substitute: {TENANT: shop}, ${from.slice(1)}`)}---\n${variables}`,
    },
    'shop',
  ],
  [
    'the command line goes before the input',
    { 'git/clusters/a/r.yaml': release('"${TENANT}"'), 'git/k.yaml': shop },
    'other',
    ['--substitute', 'TENANT=other'],
  ],
  ['a variable within a text', { 'git/r.yaml': release('"team-${TEAM}"') }, 'team-a', ['--substitute', 'TEAM=a']],
  ['what is escaped is no variable', { 'git/r.yaml': release('"a$${TEAM}"') }, 'a${TEAM}'],
  [
    'an object may be exempt',
    { 'git/r.yaml': release('"${TEAM}"', '  labels: {kustomize.toolkit.fluxcd.io/substitute: disabled}\n') },
    '${TEAM}',
  ],
  [
    'a variable that stands alone in a list',
    { 'git/r.yaml': release('${TEAMS}') },
    '"a","b"',
    ['--substitute', 'TEAMS="a","b"'],
  ],
]

describe('objects that Flux applies', it => {
  for (const [title, files, where, options = []] of cases)
    it(title, async () => {
      const line = ['generate', 'git', '--format', 'json', '--only', 'rbac', ...options]
      const { stdout, stderr } = await command(line, files)
      const { grants, diagnostics } = JSON.parse(
        stdout || `{"grants": [], "diagnostics": "${stderr.split('\n')[0]}"}`,
      ) as {
        grants: readonly { namespace: string | null; certainty: string }[]
        diagnostics: readonly { message: string }[]
      }
      const found = [...new Set(grants.map(({ namespace }) => namespace ?? 'cluster'))]
      assert.equal(found, where.startsWith('"') ? JSON.parse(`[${where}]`) : [where], JSON.stringify(diagnostics))
      if (where === 'cluster') assert.ok(grants.every(({ certainty }) => certainty === 'assumed'))
    })

  it('name the variables that are left in their settings', () => {
    const text = release('"a"')
      .replace('version: 1.11.1', 'version: "${CHART}"')
      .replace('  values:', '  targetNamespace: ${NS}\n  values:')
    const { value, diagnostics } = given({ 'r.yaml': text })
    assert.equal(
      value.map(({ namespace }) => namespace),
      [null],
    )
    assert.equal(said(diagnostics), [
      'ARB593 r.yaml:4:9 Flux replaces CHART, NS in obs/HelmRelease/alloy, and the input does not say by what',
    ])
  })

  it('have variables of the container that are not known', async () => {
    const text = release('sys.env("TEAM")').replace(
      '      configMap:',
      '      extraEnv: [{name: TEAM, value: "${TEAM}"}]\n      configMap:',
    )
    const { stdout } = await command(['generate', 'r.yaml', '--format', 'json'], { 'r.yaml': text })
    assert.match(stdout, '"namespace": null')
    assert.not.match(stdout, '"namespace": "${TEAM}"')
  })

  it('name an option that replaces nothing', async () => {
    const { stderr } = await command(['generate', 'r.yaml', '--substitute', 'TENNANT=a'], {
      'r.yaml': release('"${TENANT}"'),
    })
    assert.match(stderr, '--substitute TENNANT has no effect')
    assert.match(stderr, 'did you mean TENANT?')
  })

  it('never show a value that is given', async () => {
    const text = release('"a"').replace('role = "pod"', 'role = "${ROLE}"')
    const { stderr, stdout } = await command(['generate', 'r.yaml', '--substitute', 'ROLE=hunter2-secret'], {
      'r.yaml': text,
    })
    assert.not.match(stderr + stdout, 'hunter2')
    assert.match(stderr, 'ARB342')
  })

  for (const [kind, generator] of [
    ['ConfigMap', 'configMapGenerator'],
    ['Secret', 'secretGenerator'],
  ] as const)
    it(`are one deployment with the file that a generated ${kind} holds`, () => {
      const values = release('"shop"').split('  values:\n')[1] ?? ''
      const files = {
        'git/r.yaml': release('"a"').replace(
          / {2}values:.*/s,
          `  valuesFrom: [{kind: ${kind}, name: values, valuesKey: v.yaml}]\n`,
        ),
        'git/values.yaml': values.replace(/^ {4}/gm, ''),
        'git/kustomization.yaml': `${generator}: [{name: values, files: [v.yaml=values.yaml]}]\n`,
      }
      const { value, diagnostics } = given(files, ['git'])
      assert.equal(
        value.map(({ name }) => name),
        ['obs/HelmRelease/alloy'],
      )
      assert.match(value[0]?.sources[0]?.text ?? '', '"shop"')
      assert.equal(said(diagnostics), [])
    })

  it('do not read values that are encrypted, and judge the file with nothing else', () => {
    const files = {
      'git/r.yaml': release('"a"').replace(/ {2}values:.*/s, '  valuesFrom: [{kind: Secret, name: values}]\n'),
      'git/values.yaml': 'alloy: {configMap: {content: "ENC[AES256_GCM,data:x]"}}\nsops: {version: 3.9.0}\n',
      'git/kustomization.yaml': 'secretGenerator: [{name: values, files: [values.yaml]}]\n',
    }
    const { value, diagnostics } = given(files, ['git'])
    assert.equal(value, [])
    assert.equal(
      diagnostics.map(({ name }) => name),
      ['configuration-elsewhere', 'values-elsewhere'],
    )
  })

  it('take values from a ConfigMap with variables', async () => {
    const values = release('"${TENANT}"').split('  values:\n')[1] ?? ''
    const files = {
      'git/r.yaml': release('"a"').replace(/ {2}values:.*/s, '  valuesFrom: [{kind: ConfigMap, name: values}]\n'),
      'git/values.yaml': values.replace(/^ {4}/gm, ''),
      'git/kustomization.yaml': 'configMapGenerator: [{name: values, files: [values.yaml]}]\n',
    }
    const open = await command(['generate', 'git', '--format', 'json'], files)
    assert.match(open.stdout, '"namespace": null')
    const { stdout } = await command(['generate', 'git', '--format', 'json', '--substitute', 'TENANT=shop'], files)
    assert.match(stdout, '"namespace": "shop"')
  })
})
