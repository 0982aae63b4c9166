import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Source } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'
import { objectsOf } from '../manifests/objects.ts'
import { readYaml } from '../yaml/parse-yaml.ts'
import { type Data, data, get, scalarAt, type Tree } from '../yaml/tree.ts'
import { behind } from '../yaml/veil.ts'
import { writeText } from '../yaml/write-text.ts'
import { type DataMap, kubernetesFields } from './kubernetes-fields.ts'
import type { TerraformResource } from './resources.ts'
import { sourceOf } from './source.ts'

/** API version and kind by the type of the resource, without `kubernetes_` and a version. */
const kinds: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  config_map: ['v1', 'ConfigMap'],
  secret: ['v1', 'Secret'],
  service_account: ['v1', 'ServiceAccount'],
  default_service_account: ['v1', 'ServiceAccount'],
  namespace: ['v1', 'Namespace'],
  role: ['rbac.authorization.k8s.io/v1', 'Role'],
  cluster_role: ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  role_binding: ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  cluster_role_binding: ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  daemonset: ['apps/v1', 'DaemonSet'],
  daemon_set: ['apps/v1', 'DaemonSet'],
  deployment: ['apps/v1', 'Deployment'],
  stateful_set: ['apps/v1', 'StatefulSet'],
  pod: ['v1', 'Pod'],
  job: ['batch/v1', 'Job'],
  cron_job: ['batch/v1', 'CronJob'],
}

/** The Kubernetes objects that a resource makes, read as if they were written in YAML; none for other resources. */
export function terraformObjects(resource: TerraformResource, shown: Source): Outcome<readonly KubernetesObject[]> {
  const text = manifestOf(resource)
  if (text === null) return { value: [], diagnostics: [] }
  const { value, diagnostics } = readYaml(sourceOf(resource, text, shown))
  const objects = value.flatMap(tree => objectsOf(tree) ?? [])
  return { value: objects, diagnostics: [...diagnostics, ...unknownParts(resource, shown)] }
}

function manifestOf({ type, values }: TerraformResource): string | null {
  if (type === 'kubectl_manifest') return String(scalarAt(values, 'yaml_body')?.value ?? '')
  if (type === 'kubernetes_manifest') {
    const manifest = get(values, 'manifest')
    return manifest === null ? null : writeText(data(manifest))
  }
  const known = kinds[type.replace(/^kubernetes_/, '').replace(/_v\d+(?:(?:alpha|beta)\d+)?$/, '')]
  if (known === undefined || !type.startsWith('kubernetes_')) return null
  const [apiVersion, kind] = known
  const { secret: _, ...attributes } = data(values) as DataMap
  const { metadata = {}, data: content, ...fields } = kubernetesFields(attributes)
  return writeText({ apiVersion, kind, metadata: named(metadata, kind), ...contentOf(kind, content), ...fields })
}

/** The provider has the contents of a Secret as plain text. */
const contentOf = (kind: string, content: Data | undefined): DataMap =>
  content === undefined ? {} : { [kind === 'Secret' ? 'stringData' : 'data']: content }

const clusterScoped = /^(?:Cluster|Namespace)/

/** An object without a namespace is in the default one. */
function named(metadata: Data, kind: string): Data {
  const given = metadata as DataMap
  return clusterScoped.test(kind) ? given : { namespace: 'default', ...given }
}

/** What the server fills in says nothing about rights. */
const computed = /^(?:id|uid|generation|resource_version|self_link|default_secret_name|object|wait|status)$/

/** Says what of a resource is known only after the plan is applied. */
function unknownParts({ address, unknown, span }: TerraformResource, shown: Source): readonly Diagnostic[] {
  const parts: string[] = []
  const visit = (at: Tree | null, path: string): void => {
    if (at?.kind === 'scalar' && at.value === true) parts.push(path)
    if (at?.kind === 'list') for (const [index, each] of at.items.entries()) visit(each, `${path}[${index}]`)
    if (at?.kind === 'map')
      for (const [key, { value }] of at.entries)
        if (!computed.test(key)) visit(value, path === '' ? key : `${path}.${key}`)
  }
  visit(unknown, '')
  return parts.length === 0 ? [] : [diagnostic('terraform-unknown', behind(shown, span), { address, parts })]
}
