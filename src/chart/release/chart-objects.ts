import { isEmpty, type JsonMap, overlay, valueAt } from '../json.ts'
import { type Install, namesOf } from './names.ts'
import { defaultValues, type Release, readsKey } from './releases.ts'
import { withAgent } from './render.ts'

/** An object that a template makes, as far as its installation is concerned. */
export interface ChartObject {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  /** Null for what lies in no namespace. */
  readonly namespace: string | null
}

/**
 * What the templates of a release make of values besides the account, its roles and `extraObjects`: the workload, its configuration, and
 * what the values switch on. `operations/helm/charts/alloy/templates` at helm-chart/0.1.0 to helm-chart/1.11.1; `npm run installers` compares with what Helm renders.
 */
export function chartObjects(release: Release, values: JsonMap, install: Install): readonly ChartObject[] {
  const complete = withAgent(overlay(defaultValues(release), values))
  const names = namesOf(complete, install)
  const namespace = release.namespaceHelper ? names.namespace : install.namespace
  const text = (path: string): string => String(valueAt(complete, path) ?? '')
  const isSet = (path: string): boolean => readsKey(release, path) && !isEmpty(valueAt(complete, path))
  const made = (apiVersion: string, kind: string, name = names.fullname): ChartObject => ({
    apiVersion,
    kind,
    name,
    namespace,
  })
  const workload = { daemonset: 'DaemonSet', deployment: 'Deployment', statefulset: 'StatefulSet' }[
    text('controller.type')
  ]
  const isScaled = isSet('controller.autoscaling.enabled') || isSet('controller.autoscaling.horizontal.enabled')
  const isOutside = isSet('controller.autoscaling.horizontal.externalHPA')
  const isPolicy = isSet('networkPolicy.enabled') && text('networkPolicy.flavor') === 'kubernetes'
  return [
    ...(isSet('alloy.configMap.create')
      ? [made('v1', 'ConfigMap', text('alloy.configMap.name') || names.fullname)]
      : []),
    ...(workload === undefined ? [] : [made('apps/v1', workload)]),
    ...(isSet('service.enabled') ? [made('v1', 'Service')] : []),
    ...(isSet('alloy.clustering.enabled') ? [made('v1', 'Service', `${names.fullname}-cluster`)] : []),
    ...(isScaled && !isOutside && workload !== 'DaemonSet' && workload !== undefined
      ? [made('autoscaling/v2', 'HorizontalPodAutoscaler')]
      : []),
    // Its template names no namespace.
    ...(isSet('controller.autoscaling.vertical.enabled')
      ? [{ ...made('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler'), namespace: install.namespace }]
      : []),
    ...(isSet('controller.podDisruptionBudget.enabled') ? [made('policy/v1', 'PodDisruptionBudget')] : []),
    ...(isSet('ingress.enabled') ? [made('networking.k8s.io/v1', 'Ingress')] : []),
    ...(isSet('service.enabled') && isSet('serviceMonitor.enabled')
      ? [made('monitoring.coreos.com/v1', 'ServiceMonitor')]
      : []),
    ...(isPolicy ? [made('networking.k8s.io/v1', 'NetworkPolicy')] : []),
  ]
}

/** The definition of PodLogs, which Helm installs from `charts/crds/crds` where `crds.create` is set. */
export function chartDefinitions(release: Release, values: JsonMap): readonly ChartObject[] {
  const complete = overlay(defaultValues(release), values)
  const isMade = !isEmpty(valueAt(complete, 'crds.create'))
  const name = 'podlogs.monitoring.grafana.com'
  return isMade
    ? [{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name, namespace: null }]
    : []
}
