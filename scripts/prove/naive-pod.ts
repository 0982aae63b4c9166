import type { Fields } from './world.ts'

// What a pod may do to its node, from the documentation of Pod Security Standards and of Kubernetes' pods, field by field.

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const safeSysctls = ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies']
const isConfined = (profile: unknown): boolean =>
  ['RuntimeDefault', 'Localhost'].includes(String(fields(profile)['type']))

/** The kinds of volumes that the restricted standard admits. */
const restrictedKinds = 'configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret'.split(' ')

const isForeign = ({ user, role, type }: Fields): boolean =>
  !!user || !!role || (!!type && !/^container_(?:t|init_t|kvm_t)$/.test(String(type)))

/** The freedoms of a pod, each a line: the more there are, the less holds it. */
export function freedomsOf(template: Fields): ReadonlySet<string> {
  const pod = fields(template['spec'])
  const context = fields(pod['securityContext'])
  const annotations = fields(fields(template['metadata'])['annotations'])
  const found = new Set<string>()
  for (const key of ['hostPID', 'hostIPC', 'hostNetwork', 'shareProcessNamespace'])
    if (pod[key] === true) found.add(key)
  if (list(pod['hostAliases']).length > 0) found.add('hostAliases')
  // The standards look at the pod's own words even where every container has others.
  if (context['runAsNonRoot'] === false) found.add('may be root')
  if (isForeign(fields(context['seLinuxOptions']))) found.add('SELinux')
  if (context['appArmorProfile'] && !isConfined(context['appArmorProfile'])) found.add('no AppArmor')
  if (fields(context['windowsOptions'])['hostProcess'] === true) found.add('HostProcess')
  if (context['fsGroup'] === 0) found.add('fsGroup 0')
  if (list(context['supplementalGroups']).includes(0)) found.add('supplementalGroups 0')
  for (const each of list(context['sysctls']).map(fields))
    if (!safeSysctls.includes(String(each['name']))) found.add(`sysctl ${each['name']}`)
  for (const volume of list(pod['volumes']).map(fields)) {
    if (volume['hostPath']) found.add(`host ${fields(volume['hostPath'])['path']}`)
    for (const kind of Object.keys(volume))
      if (!['name', 'hostPath', ...restrictedKinds].includes(kind)) found.add(`volume ${kind}`)
  }
  for (const kind of ['initContainers', 'containers', 'ephemeralContainers'])
    for (const container of list(pod[kind]).map(fields))
      for (const each of [...containerFreedoms(container, context, annotations), ...foreignTokens(container, pod)])
        found.add(`${container['name']}: ${each}`)
  return found
}

function containerFreedoms(container: Fields, pod: Fields, annotations: Fields): readonly string[] {
  const own = fields(container['securityContext'])
  const either = (key: string): unknown => own[key] ?? pod[key]
  const found: string[] = []
  if (own['privileged'] === true) found.push('privileged')
  if (own['allowPrivilegeEscalation'] !== false) found.push('escalation')
  if (own['readOnlyRootFilesystem'] !== true && ['alloy', 'config-reloader'].includes(String(container['name'])))
    found.push('root file system')
  if (either('runAsNonRoot') !== true) found.push('may be root')
  if (either('runAsUser') === 0) found.push('root')
  if (either('runAsGroup') === 0) found.push('group of root')
  const { add, drop } = fields(own['capabilities'])
  if (!list(drop).includes('ALL')) found.push('default capabilities')
  for (const name of list(add)) found.push(`capability ${name}`)
  if (!isConfined(either('seccompProfile'))) found.push('no seccomp')
  const appArmor = either('appArmorProfile')
  if (appArmor && !isConfined(appArmor)) found.push('no AppArmor')
  if (annotations[`container.apparmor.security.beta.kubernetes.io/${container['name']}`] === 'unconfined')
    found.push('no AppArmor')
  if (isForeign(fields(either('seLinuxOptions')))) found.push('SELinux')
  if (own['procMount'] && own['procMount'] !== 'Default') found.push('procMount')
  if (fields(either('windowsOptions'))['hostProcess'] === true) found.push('HostProcess')
  for (const port of list(container['ports']).map(fields))
    if (port['hostPort']) found.push(`hostPort ${port['hostPort']}`)
  for (const key of ['livenessProbe', 'readinessProbe'])
    if (fields(fields(container[key])['httpGet'])['host']) found.push('probe of a host')
  return found
}

/** Secrets that are mounted where the token of the account would be. */
function foreignTokens(container: Fields, pod: Fields): readonly string[] {
  const secrets = list(pod['volumes'])
    .map(fields)
    .filter(volume => volume['secret'])
  return list(container['volumeMounts'])
    .map(fields)
    .filter(mount => /serviceaccount/.test(String(mount['mountPath'])))
    .filter(mount => secrets.some(({ name }) => name === mount['name']))
    .map(mount => `mount ${mount['name']}`)
}
