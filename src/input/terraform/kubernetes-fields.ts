import type { Data } from '../yaml/tree.ts'

/** A map of plain data. */
export type DataMap = { readonly [key: string]: Data }

/** Blocks that may stand several times, and what Kubernetes calls the list of them; every other block is one object. */
const lists: Readonly<Record<string, string>> = {
  container: 'containers',
  init_container: 'initContainers',
  volume: 'volumes',
  volume_mount: 'volumeMounts',
  volume_device: 'volumeDevices',
  volume_claim_template: 'volumeClaimTemplates',
  env: 'env',
  env_from: 'envFrom',
  port: 'ports',
  rule: 'rules',
  subject: 'subjects',
  items: 'items',
  sources: 'sources',
  toleration: 'tolerations',
  image_pull_secrets: 'imagePullSecrets',
  secret: 'secrets',
  image_pull_secret: 'imagePullSecrets',
  host_aliases: 'hostAliases',
  sysctl: 'sysctls',
  match_expressions: 'matchExpressions',
  match_fields: 'matchFields',
  node_selector_term: 'nodeSelectorTerms',
  cluster_role_selectors: 'clusterRoleSelectors',
  topology_spread_constraint: 'topologySpreadConstraints',
  http_header: 'httpHeaders',
}

/** Names whose capitals are not those of their words. */
const names: Readonly<Record<string, string>> = {
  non_resource_urls: 'nonResourceURLs',
  host_pid: 'hostPID',
  host_ipc: 'hostIPC',
  host_ip: 'hostIP',
  dns_policy: 'dnsPolicy',
}

/** Maps whose keys are the user's. */
const verbatim: ReadonlySet<string> = new Set([
  ...['labels', 'annotations', 'data', 'binary_data', 'string_data', 'match_labels', 'node_selector'],
  ...['limits', 'requests', 'volume_attributes', 'parameters'],
])

/** Numbers that the provider keeps as text. */
const numbers = /^(?:run_as_(?:user|group)|fs_group|target_port|default_mode|mode)$/

/**
 * What the attributes of a resource are to Kubernetes: names in camel case, a block that stands once as an object. What is null or empty
 * is not set. Within a volume and the `sources` of one, `secret` is an object.
 */
export function kubernetesFields(attributes: DataMap, isVolume = false): DataMap {
  const fields: Record<string, Data> = {}
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === '' || key === 'id' || key === 'timeouts') continue
    const list = isVolume && key === 'secret' ? undefined : lists[key]
    const field = fieldOf(key, value, list !== undefined)
    if (field !== null) fields[list ?? names[key] ?? camelCase(key)] = field
  }
  return fields
}

function fieldOf(key: string, value: Data, isList: boolean): Data | null {
  const inVolume = key === 'volume' || key === 'sources'
  if (isMap(value)) return verbatim.has(key) ? value : kubernetesFields(value, inVolume)
  if (!Array.isArray(value)) return numbers.test(key) && /^\d+$/.test(String(value)) ? Number(value) : value
  const blocks = value.filter(isMap)
  if (blocks.length < value.length || value.length === 0) return value.length === 0 && !isList ? null : value
  const made = blocks.map(each => kubernetesFields(each, inVolume))
  return isList ? made : (made[0] ?? null)
}

const isMap = (value: Data | undefined): value is DataMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const camelCase = (name: string): string => name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
