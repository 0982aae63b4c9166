import * as assert from 'uvu/assert'
import { describe } from '../../harness.ts'
import { given } from '../given.ts'

const chart =
  'helmCharts: [{name: alloy, version: 1.11.1, releaseName: alloy, valuesInline: {alloy: {configMap: {content: ""}}}}]\n'
const flux = (more: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: obs}\nspec: {${more}}\n---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: alloy}\nspec: {chart: {spec: {chart: alloy}}, values: {alloy: {configMap: {content: ""}}}}\n`

/** The keys that are named as not applied, and the command that applies them. */
const found = (text: string): readonly string[] =>
  given({ 'k/kustomization.yaml': text }).diagnostics.flatMap(({ code, args, help }) =>
    code === 'ARB515' ? [`${(args['keys'] as readonly string[]).join(' ')}: ${help}`] : [],
  )

describe('unappliedChanges names what a kustomization changes', it => {
  const build = 'pass what it makes: kustomize build --enable-helm k | alloy-rbac check -'
  for (const key of [
    'patches',
    'patchesStrategicMerge',
    'patchesJson6902',
    'replacements',
    'transformers',
    'components',
  ])
    it(`by ${key}`, () => assert.equal(found(`${chart}${key}: [x]\n`), [`${key}: ${build}`]))
  it('by several at once', () =>
    assert.equal(found(`${chart}patches: [x]\nimages: [x]\n`), [`patches images: ${build}`]))
  it('also of Flux', () =>
    assert.equal(found(flux('patches: [{patch: x}]')), [
      'patches: pass what it makes: flux build kustomization obs --path FOLDER | alloy-rbac check -',
    ]))
  it('and nothing where it changes nothing', () => assert.equal(found(`${chart}patches: []\n`), []))
  it('and nothing of values with such a key', () => {
    const { diagnostics } = given({ 'values.yaml': 'alloy: {configMap: {content: "logging {}"}}\npatches: {a: 1}\n' })
    assert.not(diagnostics.some(({ code }) => code === 'ARB515'))
  })
})
