import type { Installed } from './installed.ts'

/** Who installs: a person or a pipeline with Helm, the operator, Flux' helm-controller, Argo CD's application controller. */
export const tools = ['helm', 'operator', 'flux', 'argocd'] as const

/** One of them. */
export type Tool = (typeof tools)[number]

/** Rights that a tool has for itself: where its namespace is `.`, in that of the installation. */
export interface Storage {
  readonly namespace: string | null
  readonly group: string
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  /** What they are for. */
  readonly purpose: string
}

/** What a tool does with objects, and what it keeps for itself. */
interface Habits {
  /** Verbs on an object that exists, by its name. */
  readonly named: readonly string[]
  /** Verbs that know no name: of an object that does not exist yet, or of all of them. */
  readonly unnamed: readonly string[]
  /** What it reads to see whether a workload is ready, by the kind of the workload. */
  readonly followed: Readonly<Record<string, readonly { readonly group: string; readonly resource: string }[]>>
  readonly storage: readonly Storage[]
}

/**
 * Helm keeps its releases in Secrets: it gets, lists, makes, updates and deletes them (helm/helm pkg/storage/driver/secrets.go). Their names
 * carry a number that rises, so that no name can be stated.
 */
const releases = (purpose: string): Storage => ({
  namespace: '.',
  group: '',
  resources: ['secrets'],
  verbs: ['get', 'list', 'create', 'update', 'delete'],
  purpose,
})

const own = (group: string, resources: readonly string[], verbs: readonly string[], purpose: string) => ({
  group,
  resources,
  verbs,
  purpose,
})

const within = (namespace: string, parts: readonly Omit<Storage, 'namespace'>[]): readonly Storage[] =>
  parts.map(part => ({ namespace, ...part }))

/** What kstatus reads of a Deployment beyond itself: its ReplicaSets and their Pods (fluxcd/cli-utils pkg/kstatus/polling/statusreaders). */
const replicas = {
  Deployment: [
    { group: 'apps', resource: 'replicasets' },
    { group: '', resource: 'pods' },
  ],
  StatefulSet: [{ group: '', resource: 'pods' }],
}

/** Made and then read, changed by a patch, deleted (helm/helm pkg/kube/client.go: getResource, createResource, patchResourceServerSide). */
const managed = ['get', 'patch', 'delete']

const table: Readonly<Record<Tool, Habits>> = {
  helm: { named: managed, unnamed: ['create'], followed: {}, storage: [releases('the releases of Helm')] },
  /**
   * The operator installs with Helm's library and watches what it installed. Its own resources and elections:
   * grafana/alloy-operator alloy-operator-0.6.2 charts/alloy-operator/templates/rbac/alloy-manager.yaml and leader-election.yaml; an
   * election gets, makes and updates a lease (k8s.io/client-go tools/leaderelection/resourcelock/leaselock.go).
   */
  operator: {
    named: managed,
    unnamed: ['create', 'list', 'watch'],
    followed: {},
    storage: [
      releases('the releases that the operator makes with Helm'),
      ...within('.', [
        own('collectors.grafana.com', ['alloys'], ['get', 'list', 'watch', 'update', 'patch'], 'the Alloy resources'),
        own('collectors.grafana.com', ['alloys/status'], ['get', 'update', 'patch'], 'their status'),
        own('collectors.grafana.com', ['alloys/finalizers'], ['update'], 'ownership of what is installed for them'),
        own('coordination.k8s.io', ['leases'], ['get', 'create', 'update'], 'the election of a leader'),
        own('', ['events'], ['create', 'patch'], 'events'),
      ]),
    ],
  },
  /**
   * The helm-controller installs with Helm's library and waits until all is ready, which lists and watches it. Its own resources:
   * fluxcd/helm-controller config/rbac/role.yaml; elections, values and events: fluxcd/flux2 manifests/rbac/controller.yaml.
   */
  flux: {
    named: managed,
    unnamed: ['create', 'list', 'watch'],
    followed: replicas,
    storage: [
      releases('the releases that Flux makes with Helm'),
      ...within('.', [
        own(
          'helm.toolkit.fluxcd.io',
          ['helmreleases'],
          ['get', 'list', 'watch', 'update', 'patch'],
          'the HelmReleases',
        ),
        own('helm.toolkit.fluxcd.io', ['helmreleases/status'], ['get', 'update', 'patch'], 'their status'),
        own('helm.toolkit.fluxcd.io', ['helmreleases/finalizers'], ['get', 'update', 'patch'], 'their finalizers'),
        own(
          'source.toolkit.fluxcd.io',
          ['helmcharts', 'ocirepositories'],
          ['get', 'list', 'watch'],
          'where charts are',
        ),
        own('source.toolkit.fluxcd.io', ['helmcharts/status', 'ocirepositories/status'], ['get'], 'where charts are'),
        own('', ['configmaps', 'secrets'], ['get', 'list', 'watch'], 'valuesFrom'),
        own('', ['events'], ['create', 'patch'], 'events'),
      ]),
      ...within('flux-system', [
        own('coordination.k8s.io', ['leases'], ['get', 'create', 'update'], 'the election of a leader'),
      ]),
    ],
  },
  /**
   * The application controller applies what it renders, and keeps a cache of every kind that it manages, which lists and watches
   * (with `resource.respectRBAC` of argoproj/argo-cd docs/operator-manual/declarative-setup.md, only those that it may). Its own resources:
   * argoproj/argo-cd manifests/base/application-controller-roles/argocd-application-controller-role.yaml.
   */
  argocd: {
    named: managed,
    unnamed: ['create', 'list', 'watch'],
    followed: {},
    storage: within('argocd', [
      own('argoproj.io', ['applications'], ['get', 'list', 'watch', 'update', 'patch'], 'the Applications'),
      own('argoproj.io', ['appprojects'], ['get', 'list', 'watch', 'update', 'patch'], 'their projects'),
      own(
        '',
        ['configmaps', 'secrets'],
        ['get', 'list', 'watch'],
        'the settings, repositories and clusters of Argo CD',
      ),
      own('apps', ['deployments'], ['get', 'list', 'watch'], 'how many controllers share the clusters'),
      own('', ['events'], ['create', 'list'], 'events'),
    ]),
  },
}

/** What a tool keeps for itself. */
export const storageOf = (tool: Tool): readonly Storage[] => table[tool].storage

/** The verbs of a tool on an object: those by its name, and those without one. */
export function verbsOn(
  tool: Tool,
  { once }: Installed,
): { readonly named: readonly string[]; readonly unnamed: readonly string[] } {
  // A definition that is there already is left as it is.
  return once ? { named: ['get', 'patch'], unnamed: ['create'] } : table[tool]
}

/** What a tool reads to see whether a workload is ready. */
export const followedBy = (tool: Tool, { kind }: Installed): Habits['followed'][string] =>
  table[tool].followed[kind] ?? []
