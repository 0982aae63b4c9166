import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { unrenderedDocument, unrenderedFile } from '../../src/input/renderers.ts'
import { readYaml } from '../../src/input/yaml/parse-yaml.ts'
import { describe, root } from '../harness.ts'
import { given, said } from './given.ts'

const application = (source: string, name = 'alloy') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  destination: {name: in-cluster, namespace: obs}
  source: {repoURL: "https://git.example/home.git", ${source}}
`

/** What is written for a tool, and the command that makes something readable of it. */
const tools: readonly (readonly [title: string, path: string, text: string, command: string])[] = [
  ['a helmfile', 'helmfile.yaml', 'releases:\n  - {name: alloy, chart: grafana/alloy}\n', 'helmfile template'],
  ['a helmfile of helmfiles', 'helmfile.yaml', 'helmfiles: [alloy/helmfile.yaml]\n', 'helmfile template'],
  [
    'a helmfile with templates',
    'helmfile.yaml.gotmpl',
    '{{ if true }}\nreleases:\n  - {name: alloy, chart: grafana/alloy}\n{{ end }}\n',
    'helmfile template',
  ],
  ['Terraform source', 'alloy.tf', 'resource "helm_release" "alloy" {\n  chart = "alloy"\n}\n', 'terraform show -json'],
  [
    'a state of Terraform',
    'terraform.tfstate',
    '{"version": 4, "terraform_version": "1.9.0", "lineage": "l", "resources": [{"type": "helm_release", "name": "alloy"}]}',
    'terraform show -json',
  ],
  ['Terraform as JSON', 'a.tf.json', '{"resource": {"helm_release": {"alloy": {}}}}', 'terraform show -json'],
  ['Jsonnet', 'main.jsonnet', "local k = import 'k.libsonnet';\n{ alloy: {} }\n", 'jsonnet'],
  ['Jsonnet of Tanka', 'main.jsonnet', "local tk = import 'tanka-util/main.libsonnet';\n{ alloy: {} }\n", 'tk show'],
  ['a Pulumi program', 'index.ts', "import * as k8s from '@pulumi/kubernetes'\n// alloy\n", 'helm get manifest'],
  ['a Pulumi project', 'Pulumi.yaml', 'name: alloy\nruntime: nodejs\n', 'helm get manifest'],
  ['CUE', 'alloy.cue', 'package alloy\n', 'cue'],
]

const folders: readonly (readonly [title: string, files: Readonly<Record<string, string>>, says: readonly RegExp[]])[] =
  [
    [
      'a path that is not in the input',
      { 'g/a.yaml': application('path: core/alloy') },
      [/^ARB598 .*argocd\/Application\/alloy deploys a path/],
    ],
    [
      'a path of the input',
      { 'g/a.yaml': application('path: core/alloy'), 'g/core/alloy/ns.yaml': 'kind: Namespace\napiVersion: v1\n' },
      [],
    ],
    [
      'a path of the input that Argo CD changes',
      {
        'g/a.yaml': application('path: core/alloy, kustomize: {namePrefix: a-}'),
        'g/core/alloy/ns.yaml': 'kind: Namespace\napiVersion: v1\n',
      },
      [/^ARB598 /],
    ],
    [
      'a plugin',
      { 'g/a.yaml': application('path: core/alloy, plugin: {name: cmp}') },
      [/^ARB598 .*output of a plugin/],
    ],
    ['a chart', { 'g/a.yaml': application('chart: nginx, targetRevision: 1.0.0', 'nginx') }, []],
  ]

describe('what other tools render', it => {
  for (const [title, path, text, command] of tools) {
    it(`${title} is named with its command`, () => {
      const { value, diagnostics } = given({ [path]: text })
      assert.equal(value, [])
      assert.equal(
        diagnostics.map(({ name, severity }) => `${severity} ${name}`),
        ['error not-rendered'],
        said(diagnostics).join('\n'),
      )
      assert.match(diagnostics[0]?.help ?? '', command)
    })
    // Programs are not looked for in a folder: too much there is a program.
    if (/\.(?:ts)$/.test(path)) continue
    it(`${title} in a folder is a warning`, () => {
      const { diagnostics } = given({ [`git/${path}`]: text, 'git/ns.yaml': 'kind: Namespace\napiVersion: v1\n' }, [
        'git',
      ])
      assert.equal(
        diagnostics.map(({ name, severity }) => `${severity} ${name}`),
        ['error no-alloy', 'warning not-rendered'].filter(each => diagnostics.some(({ name }) => each.endsWith(name))),
      )
      assert.ok(diagnostics.some(({ name }) => name === 'not-rendered'))
    })
    it(`${title} without Alloy in a folder is nothing`, () => {
      const other = text.replaceAll('alloy', 'nginx')
      const { diagnostics } = given(
        { [`git/${path.replace('alloy', 'nginx')}`]: other, 'git/ns.yaml': 'kind: Namespace\napiVersion: v1\n' },
        ['git'],
      )
      assert.not.ok(diagnostics.some(({ name }) => name === 'not-rendered'))
    })
  }

  for (const [title, files, says] of folders)
    it(`an Application with ${title}`, () => {
      const found = said(given(files, ['g']).diagnostics).filter(line => !line.startsWith('ARB536'))
      const named = found.filter(line => line.includes('ARB598'))
      assert.is(named.length, says.length, found.join('\n'))
      for (const [at, pattern] of says.entries()) assert.match(named[at] ?? '', pattern)
    })

  it('names Applications of other software in a note, together', () => {
    const files = { 'g/a.yaml': application('path: a', 'shop'), 'g/b.yaml': application('path: b', 'web') }
    const [found, ...others] = given(files, ['g']).diagnostics.filter(({ name }) => name === 'manifests-elsewhere')
    assert.equal(others, [])
    assert.is(found?.severity, 'note')
    assert.match(found?.message ?? '', 'argocd/Application/shop, argocd/Application/web deploy')
  })

  it('names no other resource that has a source', () => {
    const others = ['Workflow', 'ApplicationBackup'].map(kind =>
      application('path: a', 'alloy').replace('kind: Application', `kind: ${kind}`),
    )
    others.push(application('path: a', 'alloy').replace('argoproj.io', 'apps.example.com'))
    const files = Object.fromEntries(others.map((text, at) => [`g/${at}.yaml`, text]))
    assert.equal(
      given(files, ['g']).diagnostics.filter(({ name }) => name === 'manifests-elsewhere'),
      [],
    )
  })

  it('takes no configuration of Alloy and no values for something else', () => {
    const examples = readdirSync(`${root}examples`).flatMap(name =>
      readdirSync(`${root}examples/${name}`).map(file => `examples/${name}/${file}`),
    )
    const texts = [...examples, 'rulemap/example.alloy'].filter(path => /\.(?:alloy|ya?ml)$/.test(path))
    assert.ok(texts.length > 5)
    for (const path of texts) {
      const text = readFileSync(`${root}${path}`, 'utf8')
      if (path.endsWith('.alloy')) assert.is(unrenderedFile({ path: 'config', text }), null, path)
      else for (const tree of readYaml({ path, text }).value) assert.is(unrenderedDocument(tree), null, path)
    }
  })
})
