import * as assert from 'uvu/assert'
import { describe } from '../../harness.ts'
import { at, given, listed, only, said } from '../given.ts'

const operator = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: k8smon-alloy-operator, namespace: default}
spec: {template: {spec: {serviceAccountName: op, containers: [{name: manager, image: "ghcr.io/grafana/alloy-operator:1.6.2", args: [--leader-elect]}]}}}
---
`

const collectors = `
# Source: k8s-monitoring/templates/alloy-config.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: k8smon-alloy-metrics
  namespace: monitoring
data:
  config.alloy: |-
    // Feature: Cluster Metrics
    declare "cluster_metrics" { }
---
apiVersion: v1
kind: ConfigMap
metadata: {name: k8smon-alloy-logs, namespace: monitoring}
data: {config.alloy: 'logs { }'}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: extra}
rules: [{apiGroups: [""], resources: [nodes], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: extra}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: extra}
subjects: [{kind: ServiceAccount, name: k8smon-alloy-logs, namespace: monitoring}]
---
apiVersion: collectors.grafana.com/v1alpha1
kind: Alloy
metadata:
  name: k8smon-alloy-metrics
  namespace: monitoring
spec:
  alloy:
    clustering: {enabled: true, name: alloy-metrics}
    configMap: {create: false}
  controller: {type: statefulset}
  nameOverride: alloy-metrics
---
apiVersion: collectors.grafana.com/v1alpha1
kind: Alloy
metadata: {name: k8smon-alloy-logs, namespace: monitoring}
spec:
  alloy: {configMap: {create: false}}
  nameOverride: alloy-logs
`

describe('custom resources of the operator are values of the chart', it => {
  it('find their ConfigMaps, roles and the chart of the operator', () => {
    const outcome = given({ 'rendered.yaml': operator + collectors })
    assert.equal(listed(outcome), [
      'monitoring/Alloy/k8smon-alloy-metrics in monitoring: monitoring/ConfigMap/k8smon-alloy-metrics:config.alloy "// Feature: Cluster Metrics"',
      'monitoring/Alloy/k8smon-alloy-logs in monitoring: monitoring/ConfigMap/k8smon-alloy-logs:config.alloy "logs { }"',
    ])
    assert.equal(said(outcome.diagnostics), [])
    const [metrics, logs] = outcome.value
    assert.is(metrics!.settings.chartVersion!.value, '1.6.2')
    assert.is(metrics!.settings.cluster.enabled.value, true)
    assert.equal(metrics!.place.at, ['spec'])
    assert.is(metrics!.account!.name, 'k8smon-alloy-metrics')
    assert.is(logs!.account!.name, 'k8smon-alloy-logs')
    assert.is(
      at(metrics!.sources[0]!.outer ? { source: metrics!.sources[0]!, start: 28, end: 29 } : metrics!.span),
      'rendered.yaml:17:5',
    )
  })

  it('a ConfigMap that is not there is named', () => {
    const { diagnostics } = given({
      'cr.yaml':
        'apiVersion: collectors.grafana.com/v1alpha1\nkind: Alloy\nmetadata: {name: logs, namespace: obs}\nspec: {alloy: {configMap: {create: false}}}',
    })
    assert.equal(said(diagnostics), [
      'ARB540 cr.yaml:4:36 the ConfigMap obs/logs-alloy, which contains the configuration of obs/Alloy/logs, is not in the input',
    ])
  })

  it('inline content, without a namespace', () => {
    const found = only(
      "apiVersion: collectors.grafana.com/v1alpha1\nkind: Alloy\nmetadata: {name: logs}\nspec: {alloy: {configMap: {content: 'x'}}}",
    )
    assert.is(found.name, 'Alloy/logs')
    assert.is(found.namespace, null)
    assert.is(found.sources[0]!.path, 'spec.alloy.configMap.content')
  })

  it('an empty specification is the example', () => {
    const { diagnostics } = given({
      'cr.yaml': 'apiVersion: collectors.grafana.com/v1alpha1\nkind: Alloy\nmetadata: {name: x}',
    })
    assert.equal(
      diagnostics.map(({ code }) => code),
      ['ARB541'],
    )
  })
})

const helmRelease = (spec: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: alloy, namespace: flux}
spec:
${spec.replace(/^/gm, '  ')}
`

describe('Flux releases hold values', it => {
  const chart = 'chart: {spec: {chart: alloy, version: 1.5.2, sourceRef: {kind: HelmRepository, name: grafana}}}'

  it('of the chart itself', () => {
    const found = only(
      helmRelease(
        `${chart}\ntargetNamespace: logs\nvalues:\n  alloy:\n    configMap:\n      content: |\n        x { }`,
      ),
    )
    assert.is(found.name, 'flux/HelmRelease/alloy')
    assert.is(found.namespace, 'logs')
    assert.is(found.settings.chartVersion!.value, '1.5.2')
    assert.equal(found.place.at, ['spec', 'values'])
    assert.is(found.values!.release, 'logs-alloy')
    assert.is(found.account!.name, 'logs-alloy')
    assert.is(at({ source: found.sources[0]!, start: 2, end: 3 }), 'input.yaml:12:13')
  })

  it('of an umbrella chart, several in one', () => {
    const outcome = given({
      'r.yaml': helmRelease(
        'chart: {spec: {chart: mine, version: 1.0.0}}\nvalues: {a: {alloy: {configMap: {content: a}}}, b: {alloy: {configMap: {content: b}}}}',
      ),
    })
    assert.equal(listed(outcome), [
      'flux/HelmRelease/alloy/a in flux: spec.values.a.alloy.configMap.content "a"',
      'flux/HelmRelease/alloy/b in flux: spec.values.b.alloy.configMap.content "b"',
    ])
    assert.is(outcome.value[0]!.settings.chartVersion, null)
  })

  it('a range of versions is what names the release', () => {
    const { chartVersion } = only(helmRelease("chart: {spec: {chart: alloy, version: '>=1.0.0'}}\nvalues: {}")).settings
    assert.equal(
      [chartVersion?.value, chartVersion?.by],
      ['>=1.0.0', 'spec.chart.spec.version of flux/HelmRelease/alloy'],
    )
  })

  const values = (text: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: base, namespace: flux}\ndata:\n  values.yaml: |\n    alloy: {configMap: {content: 'base'}, storagePath: /base}\n  path: ${text}`

  it('laid over values of ConfigMaps in the input', () => {
    const found = only({
      'r.yaml': helmRelease(
        `${chart}\nvaluesFrom:\n  - {kind: ConfigMap, name: base}\n  - {kind: ConfigMap, name: base, valuesKey: path, targetPath: image.tag}\nvalues: {alloy: {storagePath: /own}}`,
      ),
      'c.yaml': values('v1.17.0'),
    })
    assert.is(found.sources[0]!.text, 'base')
    assert.is(found.settings.storagePath.value, '/own')
    assert.is(found.settings.alloyVersion!.value, 'v1.17.0')
    assert.is(at({ source: found.sources[0]!, start: 0, end: 1 }), 'c.yaml:6:35')
  })

  it('values that are not in the input may change them', () => {
    const { diagnostics } = given({
      'r.yaml': helmRelease(
        `${chart}\nvaluesFrom:\n  - {kind: Secret, name: keys}\nvalues: {alloy: {configMap: {content: x}}}`,
      ),
    })
    assert.equal(said(diagnostics), [
      'ARB544 r.yaml:8:7 the Secret flux/keys may change these values and is not in the input',
    ])
  })

  it('values that are not in the input may hold the configuration', () => {
    const { diagnostics, value } = given({
      'r.yaml': helmRelease(`${chart}\nvaluesFrom: [{kind: ConfigMap, name: gone}]`),
    })
    assert.equal(value, [])
    assert.equal(said(diagnostics.filter(({ severity }) => severity === 'error')), [
      'ARB540 r.yaml:7:16 the ConfigMap flux/gone, which contains the configuration of flux/HelmRelease/alloy, is not in the input',
    ])
  })

  it('releases of other charts say nothing', () => {
    const other = helmRelease('chart: {spec: {chart: nginx}}\nvalues: {controller: {}}')
    assert.equal(
      given({ 'r.yaml': other }).diagnostics.map(({ code }) => code),
      ['ARB549'],
    )
  })

  it('the k8s-monitoring chart has to be rendered', () => {
    const other = helmRelease('chart: {spec: {chart: k8s-monitoring}}\nvalues: {clusterMetrics: {enabled: true}}')
    assert.equal(
      given({ 'r.yaml': other }).diagnostics.map(({ code }) => code),
      ['ARB542'],
    )
  })
})

const application = (source: string, kind = 'Application'): string => `
apiVersion: argoproj.io/v1alpha1
kind: ${kind}
metadata: {name: logs, namespace: argocd}
spec:
  ${kind === 'ApplicationSet' ? 'template: {spec: {' : ''}destination: {namespace: apps}${kind === 'ApplicationSet' ? ', ' : '\n  '}${source}${kind === 'ApplicationSet' ? '}}' : ''}
`

describe('Argo CD applications hold values', it => {
  it('as an object', () => {
    const found = only(
      application(
        'source: {chart: alloy, targetRevision: 1.4.0, helm: {releaseName: r, valuesObject: {alloy: {configMap: {content: x}}}}}',
      ),
    )
    assert.is(found.name, 'argocd/Application/logs')
    assert.is(found.namespace, 'apps')
    assert.is(found.values!.release, 'r')
    assert.is(found.settings.chartVersion!.value, '1.4.0')
    assert.is(found.sources[0]!.text, 'x')
  })

  it('as a text, whose places map into the application', () => {
    const found = only(`
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: logs}
spec:
  sources:
    - {repoURL: 'https://git.example', path: manifests}
    - chart: alloy
      helm:
        values: |
          alloy:
            configMap:
              content: |
                one { }
                two { }
`)
    const [source] = found.sources
    assert.is(source!.text, 'one { }\ntwo { }\n')
    assert.is(at({ source: source!, start: 8, end: 9 }), 'input.yaml:15:17')
    assert.is(at(found.span), 'input.yaml:11:11')
  })

  it('with single parameters laid over', () => {
    const found = only(
      application(
        "source: {chart: alloy, helm: {values: 'alloy: {configMap: {content: x}, clustering: {enabled: false}}', parameters: [{name: alloy.clustering.enabled, value: 'true'}, {name: image.tag, value: v1.10.0, forceString: true}, {name: 'controller.podLabels.a\\.b', value: '1'}]}}",
      ),
    )
    assert.is(found.settings.cluster.enabled.value, true)
    assert.is(found.settings.alloyVersion!.value, 'v1.10.0')
  })

  it('that files and parameters in lists may change', () => {
    const { diagnostics } = given({
      'a.yaml': application(
        "source: {chart: alloy, helm: {valueFiles: [prod.yaml], fileParameters: [{name: x, path: f.txt}], parameters: [{name: 'alloy.extraArgs[0]', value: x}], valuesObject: {alloy: {configMap: {content: x}}}}}",
      ),
    })
    assert.equal(
      diagnostics.map(({ message }) => message),
      [
        'the values file prod.yaml may change these values and is not in the input',
        'the file f.txt may change these values and is not in the input',
        'the parameter alloy.extraArgs[0] may change these values and is not in the input',
      ],
    )
  })

  it('in an ApplicationSet', () => {
    const found = only(
      application('source: {chart: alloy, helm: {valuesObject: {alloy: {configMap: {content: x}}}}}', 'ApplicationSet'),
    )
    assert.is(found.name, 'argocd/ApplicationSet/logs')
  })

  it('that are no YAML: the place is within the text', () => {
    const { diagnostics } = given({ 'a.yaml': application("source: {chart: alloy, helm: {values: 'a: b: c'}}") })
    assert.is(at(diagnostics[0]!.span!), 'a.yaml:7:45')
    assert.is(diagnostics[0]!.code, 'ARB531')
  })

  it('values that are no map', () => {
    const { diagnostics } = given({ 'a.yaml': application("source: {chart: alloy, helm: {values: '- 1'}}") })
    assert.ok(diagnostics.some(({ code }) => code === 'ARB536'))
  })
})

describe('the chart that an operator embeds', it => {
  const rows: readonly (readonly [string, string, string, string | undefined])[] = [
    ['is what its image is named after', 'alloy-operator-0.6.1', 'ghcr.io/grafana/alloy-operator:1.10.1', '1.10.1'],
    [
      'is what its chart says where the image says another',
      'alloy-operator-0.4.1',
      'ghcr.io/grafana/alloy-operator:1.5.2',
      '1.5.3',
    ],
    [
      'is known by a label where the image has a tag of someone else',
      'alloy-operator-0.6.1',
      'mirror.example/operator:latest',
      '9.9.9',
    ],
    ['is not taken from other workloads', 'shop-1.0.0', 'shop:1.2.3', undefined],
  ]
  for (const [title, chart, image, version] of rows) {
    it(title, () => {
      const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: operator
  labels: { helm.sh/chart: ${chart}, app.kubernetes.io/version: 9.9.9 }
spec: { template: { spec: { containers: [{ name: manager, image: "${image}" }] } } }
---
apiVersion: collectors.grafana.com/v1alpha1
kind: Alloy
metadata: { name: logs, namespace: obs }
spec: { alloy: { configMap: { content: "logging {}" } } }
`
      assert.is(given({ 'rendered.yaml': deployment }).value[0]?.settings.chartVersion?.value, version)
    })
  }
})
