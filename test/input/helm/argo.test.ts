import * as assert from 'uvu/assert'
import { describe } from '../../harness.ts'
import { type Files, given, listed, said } from '../given.ts'

const application = (files: readonly string[], helm = '') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: alloy, namespace: argocd}
spec:
  destination: {name: in-cluster, namespace: obs}
  sources:
    - {repoURL: "https://git.example/home.git", targetRevision: HEAD, ref: home}
    - chart: alloy
      repoURL: https://grafana.github.io/helm-charts
      targetRevision: 1.10.1
      helm:
        valueFiles: [${files.join(', ')}]
${helm}`

const values = (text: string): string => `alloy: {configMap: {content: 'logging { } // ${text}'}}\n`

/** What is run, and what is not known. */
const cases: readonly (readonly [title: string, files: Files, run: readonly string[], said?: readonly string[]])[] = [
  [
    'the file of a source that is named is a file of the input',
    { 'r/app.yaml': application(['$home/values/alloy.yaml']), 'r/values/alloy.yaml': values('a') },
    ['a'],
  ],
  [
    'the input may be all of a clone',
    { 'r/apps/app.yaml': application(['$home/v/alloy.yaml']), 'r/v/alloy.yaml': values('a') },
    ['a'],
  ],
  [
    "the chart's own values are always there",
    { 'r/app.yaml': application(['values.yaml', './values.yaml', '$home/v.yaml']), 'r/v.yaml': values('a') },
    ['a'],
  ],
  [
    'a later file goes over an earlier one, and inline values over both',
    {
      'r/app.yaml': application(['$home/a.yaml', '$home/b.yaml'], '        valuesObject: {image: {tag: v1.9.0}}\n'),
      'r/a.yaml': values('a'),
      'r/b.yaml': values('b'),
    },
    ['b'],
  ],
  [
    'a file that is not in the input',
    { 'r/app.yaml': application(['$home/a.yaml', '$home/b.yaml']), 'r/a.yaml': values('a') },
    ['a'],
    ['ARB544 r/app.yaml:12:36 the values file $home/b.yaml may change these values and is not in the input'],
  ],
  [
    'a file of the chart that is not its own values',
    { 'r/app.yaml': application(['values-prod.yaml', '$home/a.yaml']), 'r/a.yaml': values('a') },
    ['a'],
    ['ARB544 r/app.yaml:12:22 the values file values-prod.yaml may change these values and is not in the input'],
  ],
  [
    'two files that fit are none',
    { 'r/app.yaml': application(['$home/v/a.yaml']), 'r/x/v/a.yaml': values('a'), 'r/y/v/a.yaml': values('b') },
    ['a', 'b'],
    [
      'ARB540 r/app.yaml:12:22 the values file $home/v/a.yaml, which contains the configuration of argocd/Application/alloy, is not in the input',
      'ARB544 r/app.yaml:12:22 the values file $home/v/a.yaml may change these values and is not in the input',
    ],
  ],
  [
    'a source that no one names',
    { 'r/app.yaml': application(['$other/a.yaml']), 'r/a.yaml': values('a') },
    ['a'],
    [
      'ARB540 r/app.yaml:12:22 the values file $other/a.yaml, which contains the configuration of argocd/Application/alloy, is not in the input',
      'ARB544 r/app.yaml:12:22 the values file $other/a.yaml may change these values and is not in the input',
    ],
  ],
  [
    'a file that is passed beside the Application',
    { 'app.yaml': application(['$home/values/alloy.yaml']), 'values/alloy.yaml': values('a') },
    ['a'],
  ],
]

describe('values files of an Application', it => {
  for (const [title, files, run, expected = []] of cases)
    it(title, () => {
      const folder = Object.keys(files).every(path => path.startsWith('r/'))
      const outcome = given(files, folder ? ['r'] : undefined)
      assert.equal(
        listed(outcome).map(line => /\/\/ (\w)/.exec(line)?.[1]),
        run,
      )
      assert.equal(said(outcome.diagnostics), expected)
    })

  it('make one deployment with the Application, of its release', () => {
    const files = { 'r/app.yaml': application(['$home/a.yaml']), 'r/a.yaml': values('a') }
    const [only, ...others] = given(files, ['r']).value
    assert.equal(others, [])
    assert.is(only?.name, 'argocd/Application/alloy')
    assert.is(only?.namespace, 'obs')
    assert.is(only?.settings.chartVersion?.value, '1.10.1')
  })
})
