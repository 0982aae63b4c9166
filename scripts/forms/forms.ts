/** Values of a chart, as maps and lists. */
export type Values = { readonly [key: string]: unknown }

/** An `Alloy` resource. */
export interface Collector {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly spec: Values
}

/** A way to hand values of the chart to what installs it. */
export interface Form {
  /** The object that installs the chart with the values of a collector. */
  readonly wrap: (collector: Collector, chart: string) => object
  /** Where its values are. */
  readonly keys: readonly string[]
}

const named = ({ metadata }: Collector) => ({ name: metadata.name, namespace: metadata.namespace ?? 'default' })

/** By what a reader calls it. */
export const forms: Readonly<Record<string, Form>> = {
  'an Alloy resource': {
    // Without the annotations of k8s-monitoring, whose values would be the place.
    wrap: collector => ({
      apiVersion: 'collectors.grafana.com/v1alpha1',
      kind: 'Alloy',
      metadata: named(collector),
      spec: collector.spec,
    }),
    keys: ['spec'],
  },
  'a HelmRelease': {
    wrap: (collector, version) => ({
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: named(collector),
      spec: {
        chart: { spec: { chart: 'alloy', version, sourceRef: { kind: 'HelmRepository', name: 'grafana' } } },
        values: collector.spec,
      },
    }),
    keys: ['spec', 'values'],
  },
  'an Application': {
    wrap: (collector, targetRevision) => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: named(collector).name, namespace: 'argocd' },
      spec: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc', namespace: named(collector).namespace },
        source: {
          repoURL: 'https://grafana.github.io/helm-charts',
          chart: 'alloy',
          targetRevision,
          helm: { valuesObject: collector.spec },
        },
      },
    }),
    keys: ['spec', 'source', 'helm', 'valuesObject'],
  },
}
