import { isMap, type Json, type JsonMap, listAt, valueAt } from '../json.ts'
import { madeLabel, type Naming } from '../rbac/objects.ts'
import { relativeTo } from './mounts/paths.ts'

/** What beyond the pod decides its constraints. */
export interface ConstraintOptions {
  /** Whether the account's token is mounted. */
  readonly token: boolean
  /** Whether volumes are claimed for each replica. */
  readonly claims: boolean
}

/**
 * The minimal SecurityContextConstraints that admit a pod, for its account alone. Fields and strategies are those of OpenShift's
 * security.openshift.io/v1 (4.14 to 4.21); the account is named in `users`, so that no role is needed besides.
 */
export function securityContextConstraints(pod: JsonMap, naming: Naming, options: ConstraintOptions): JsonMap {
  const containers = [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')]
  const own = (field: string): readonly Json[] =>
    containers.flatMap(each => valueAt(each, `securityContext.${field}`) ?? [])
  const privileged = own('privileged').includes(true)
  const hostNetwork = valueAt(pod, 'hostNetwork') === true
  const fsGroup = valueAt(pod, 'securityContext.fsGroup')
  return {
    apiVersion: 'security.openshift.io/v1',
    kind: 'SecurityContextConstraints',
    metadata: {
      name: naming.name,
      labels: { ...naming.labels, 'app.kubernetes.io/component': 'security', [madeLabel]: 'alloy-rbac' },
    },
    allowHostDirVolumePlugin: hostPaths(pod).length > 0,
    allowHostIPC: valueAt(pod, 'hostIPC') === true,
    allowHostNetwork: hostNetwork,
    allowHostPID: valueAt(pod, 'hostPID') === true,
    // On the network of the host every port of a container is one of the host's.
    allowHostPorts:
      hostNetwork || containers.some(each => listAt(each, 'ports').some(port => valueAt(port, 'hostPort'))),
    allowPrivilegeEscalation: own('allowPrivilegeEscalation').includes(true),
    allowPrivilegedContainer: privileged,
    allowedCapabilities: [...new Set(own('capabilities.add').flat() as readonly string[])].sort(),
    defaultAddCapabilities: [],
    defaultAllowPrivilegeEscalation: false,
    fsGroup: { type: 'MustRunAs', ...(typeof fsGroup === 'number' && { ranges: [{ min: fsGroup, max: fsGroup }] }) },
    groups: [],
    readOnlyRootFilesystem: containers.every(each => valueAt(each, 'securityContext.readOnlyRootFilesystem') === true),
    requiredDropCapabilities: privileged ? [] : ['ALL'],
    runAsUser: runAsUser(pod, containers),
    seLinuxContext: seLinuxContext(pod, privileged),
    seccompProfiles: seccompProfiles(own('seccompProfile'), privileged),
    supplementalGroups: { type: 'RunAsAny' },
    users: [`system:serviceaccount:${naming.namespace}:${naming.account}`],
    volumes: volumeKinds(pod, options),
  }
}

function runAsUser(pod: JsonMap, containers: readonly Json[]): JsonMap {
  const users = containers.map(
    each => valueAt(each, 'securityContext.runAsUser') ?? valueAt(pod, 'securityContext.runAsUser'),
  )
  const known = users.filter(each => typeof each === 'number' && each > 0) as readonly number[]
  if (known.length === 0 || known.length < users.length) return { type: 'RunAsAny' }
  const [min, max] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))]
  return min === max ? { type: 'MustRunAs', uid: min } : { type: 'MustRunAsRange', uidRangeMin: min, uidRangeMax: max }
}

/** What containers may do under the type that they have by default. */
const confined = ['NET_BIND_SERVICE', 'NET_RAW']

/** The SELinux type that the pod needs; null where that of every container is enough. */
export function seLinuxType(pod: JsonMap): 'container_logreader_t' | 'spc_t' | null {
  const paths = hostPaths(pod)
  const added = listAt(pod, 'containers').flatMap(each => listAt(each, 'securityContext.capabilities.add'))
  const reaches =
    valueAt(pod, 'hostPID') === true || added.some(name => !confined.includes(String(name))) || hostWrites(pod)
  if (paths.length === 0 && !reaches) return null
  return !reaches && paths.every(path => relativeTo(path, '/var/log') !== null) ? 'container_logreader_t' : 'spc_t'
}

function seLinuxContext(pod: JsonMap, privileged: boolean): JsonMap {
  // The runtime labels a privileged container itself.
  if (privileged) return { type: 'RunAsAny' }
  const type = seLinuxType(pod)
  return { type: 'MustRunAs', ...(type !== null && { seLinuxOptions: { type } }) }
}

function seccompProfiles(profiles: readonly Json[], privileged: boolean): readonly string[] {
  if (privileged) return ['*']
  const names = profiles.map(profile => {
    const type = valueAt(profile, 'type')
    if (type === 'Localhost') return `localhost/${String(valueAt(profile, 'localhostProfile'))}`
    return type === 'Unconfined' ? 'unconfined' : 'runtime/default'
  })
  return [...new Set(['runtime/default', ...names])]
}

function volumeKinds(pod: JsonMap, { token, claims }: ConstraintOptions): readonly string[] {
  const kinds = listAt(pod, 'volumes').flatMap(volume =>
    isMap(volume) ? Object.keys(volume).filter(key => key !== 'name') : [],
  )
  return [
    ...new Set(['configMap', ...kinds, ...(token ? ['projected'] : []), ...(claims ? ['persistentVolumeClaim'] : [])]),
  ].sort()
}

function hostPaths(pod: JsonMap): readonly string[] {
  return listAt(pod, 'volumes').flatMap(volume => {
    const path = valueAt(volume, 'hostPath.path')
    return typeof path === 'string' ? [path] : []
  })
}

function hostWrites(pod: JsonMap): boolean {
  const names = listAt(pod, 'volumes').flatMap(volume =>
    valueAt(volume, 'hostPath') === undefined ? [] : [valueAt(volume, 'name')],
  )
  return listAt(pod, 'containers').some(each =>
    listAt(each, 'volumeMounts').some(
      mount => names.includes(valueAt(mount, 'name')) && valueAt(mount, 'readOnly') !== true,
    ),
  )
}
