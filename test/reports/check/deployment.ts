/** A part of a Kubernetes object. */
export type Fields = Record<string, unknown>

/** The objects of a deployment that is clean, as data that a test may change. */
export interface CleanDeployment {
  readonly account: Fields
  readonly configMap: Fields
  readonly role: Fields
  readonly binding: Fields
  readonly workload: Fields
  /** The pod's template, its specification and the container of Alloy, inside `workload`. */
  readonly template: Fields
  readonly pod: Fields
  readonly container: Fields
}

/** A security context that the restricted standard admits, and generate prints. */
export const hardened = (user: number): Fields => ({
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsGroup: user,
  runAsNonRoot: true,
  runAsUser: user,
  seccompProfile: { type: 'RuntimeDefault' },
})

const rbac = 'rbac.authorization.k8s.io'

/** A deployment that has just what a configuration needs which lists and watches pods, and reads their logs. */
export function cleanDeployment(namespace = 'monitoring', name = 'alloy'): CleanDeployment {
  const metadata = { name, namespace }
  const container: Fields = {
    name: 'alloy',
    image: 'docker.io/grafana/alloy:v1.18.1',
    args: ['run', '/etc/alloy/config.alloy', '--storage.path=/tmp/alloy'],
    securityContext: hardened(473),
    volumeMounts: [
      { name: 'config', mountPath: '/etc/alloy' },
      { name: 'tmp', mountPath: '/tmp/alloy' },
    ],
  }
  const pod: Fields = {
    serviceAccountName: name,
    securityContext: { fsGroup: 473 },
    containers: [container],
    volumes: [
      { name: 'config', configMap: { name } },
      { name: 'tmp', emptyDir: {} },
    ],
  }
  const template: Fields = { metadata: { labels: { app: name } }, spec: pod }
  const text =
    'discovery.kubernetes "pods" {\n  role = "pod"\n}\n\nloki.source.kubernetes "pods" {\n  targets    = discovery.kubernetes.pods.targets\n  forward_to = []\n}\n'
  return {
    account: { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    configMap: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.alloy': text } },
    role: {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name },
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
      ],
    },
    binding: {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
    workload: {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata,
      spec: { selector: { matchLabels: { app: name } }, template },
    },
    template,
    pod,
    container,
  }
}

/** The objects as a stream of documents. */
export function streamOf(objects: readonly Fields[]): string {
  return objects.map(each => JSON.stringify(each)).join('\n---\n')
}

/** The objects of a deployment, in the order in which Helm would print them. */
export const objectsOf = ({ account, configMap, role, binding, workload }: CleanDeployment): readonly Fields[] => [
  account,
  configMap,
  role,
  binding,
  workload,
]
