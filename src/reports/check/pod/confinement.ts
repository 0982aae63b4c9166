import { isMap, type Json, type JsonMap, listAt, mapAt, valueAt } from '../../../chart/json.ts'
import type { PodSettings } from '../../../chart/pod/settings.ts'
import { type Container, isConfined, isSafeSysctl, namesHost, setsSeLinux } from '../../../kubernetes/pod/security.ts'
import { type Discrepancy, securityOf } from './privileges.ts'

/** How an excess is told: its line, the field that decides it, and the edit. */
const excess = (line: string, field: string, edit: string): Discrepancy => ({
  kind: 'excess',
  line,
  field,
  edit,
  reasons: [],
})

/** What annotations of a pod say of a container's AppArmor profile. */
const annotated = 'container.apparmor.security.beta.kubernetes.io/'

/** What a container has beyond what keeps it apart from its node: profiles, labels, the masks of /proc, ports, processes of Windows. */
function confinementGaps(pod: JsonMap, container: JsonMap, annotations: JsonMap): readonly Discrepancy[] {
  const own = securityOf(pod, container)
  const name = String(container['name'] ?? '')
  const seLinux = own('seLinuxOptions') ?? null
  const appArmor = own('appArmorProfile') ?? null
  const annotation = annotations[`${annotated}${name}`]
  const procMount = own('procMount') ?? 'Default'
  const ports = listAt(container, 'ports')
    .map(port => ({ host: valueAt(port, 'hostPort'), own: valueAt(port, 'containerPort') }))
    // On the network of the node every port is one of the node's.
    .filter(({ host, own: inside }) => !!host && !(pod['hostNetwork'] === true && host === inside))
  return [
    ...(setsSeLinux({ seLinuxOptions: isMap(seLinux) ? seLinux : null })
      ? [excess(`pod seLinuxOptions ${seLinuxText(seLinux)}`, 'seLinuxOptions', 'remove seLinuxOptions')]
      : []),
    ...(isMap(appArmor) && !isConfined(appArmor) ? [appArmorExcess('appArmorProfile')] : []),
    ...(typeof annotation === 'string' && !/^(?:|runtime\/default|localhost\/.*)$/s.test(annotation)
      ? [appArmorExcess('annotations')]
      : []),
    ...(procMount === 'Default' ? [] : [excess(`pod procMount ${text(procMount)}`, 'procMount', 'remove procMount')]),
    ...ports.map(({ host }) => excess(`pod hostPort ${text(host)}`, 'ports', `remove hostPort: ${text(host)}`)),
    ...(namesHost(container as Container)
      ? [excess('pod probeHost', 'livenessProbe', 'remove host from the probes and lifecycle hooks')]
      : []),
    ...(valueAt(mapAt(container, 'securityContext'), 'windowsOptions.hostProcess') === true
      ? [excess('pod hostProcess', 'windowsOptions', 'remove hostProcess')]
      : []),
    ...listAt(container, 'volumeDevices').map(each => {
      const path = text(valueAt(each, 'devicePath'))
      return excess(`device ${path}`, 'volumeDevices', `remove the device ${path} from volumeDevices`)
    }),
    ...listAt(container, 'volumeMounts').flatMap((each, at) =>
      valueAt(each, 'mountPropagation') === 'Bidirectional'
        ? [excess('pod mountPropagation Bidirectional', `volumeMounts.${at}`, 'remove mountPropagation')]
        : [],
    ),
  ]
}

const appArmorExcess = (field: string): Discrepancy =>
  excess('pod appArmorUnconfined', field, 'set appArmorProfile.type: RuntimeDefault, or remove the profile')

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null))

const seLinuxText = (options: Json): string =>
  ['user', 'role', 'type']
    .map(key => valueAt(options, key))
    .filter(value => !!value)
    .map(text)
    .join(':')

/** What a pod has as a whole beyond what keeps it apart, and what is worth a word. */
export function podGaps(
  wanted: PodSettings,
  { pod, kubernetes }: { readonly pod: JsonMap; readonly kubernetes: string },
): readonly Discrepancy[] {
  const sysctls = listAt(pod, 'securityContext.sysctls').map(each => text(valueAt(each, 'name')))
  const groups = [
    ...(valueAt(pod, 'securityContext.fsGroup') === 0 ? ['fsGroup'] : []),
    ...(listAt(pod, 'securityContext.supplementalGroups').includes(0) ? ['supplementalGroups'] : []),
  ]
  const drivers = listAt(pod, 'volumes').flatMap(each => valueAt(each, 'csi.driver') ?? [])
  const devices = devicesOf(pod)
  const aliases = listAt(pod, 'hostAliases').flatMap(each => listAt(each, 'hostnames').map(text))
  return [
    ...sysctls
      .filter(name => !isSafeSysctl(name, kubernetes))
      .map(name => excess(`pod sysctl ${name}`, 'sysctls', `remove the sysctl ${name}`)),
    ...(valueAt(pod, 'securityContext.windowsOptions.hostProcess') === true
      ? [excess('pod hostProcess', 'windowsOptions', 'remove hostProcess')]
      : []),
    ...(wanted.runAsUser === 0 ? [] : groups).map(field =>
      excess(`pod ${field} 0`, field, `remove the group 0 from ${field}`),
    ),
    ...(pod['shareProcessNamespace'] === true
      ? [noted('shareProcessNamespace', 'every container of the pod sees the processes of Alloy and their environment')]
      : []),
    ...(drivers.length > 0
      ? [noted('csi volumes', `the driver ${drivers.map(text).join(', ')} decides what of the node the pod sees`)]
      : []),
    ...(devices.length > 0
      ? [noted('resources', `the driver behind ${devices.join(', ')} decides which devices of the node the pod has`)]
      : []),
    ...(aliases.length > 0 ? [noted('hostAliases', `the pod says itself what ${aliases.join(', ')} resolve to`)] : []),
  ]
}

/** What a pod claims of the devices of its node: by a plugin's resource, or as a resource claim. */
function devicesOf(pod: JsonMap): readonly string[] {
  const containers = ['initContainers', 'containers'].flatMap(key => listAt(pod, key))
  const resources = containers.flatMap(each =>
    ['limits', 'requests'].flatMap(key => Object.keys(mapAt(mapAt(isMap(each) ? each : {}, 'resources'), key))),
  )
  const plugged = resources.filter(name => name.includes('/') && !/(?:^|\.)kubernetes\.io\//.test(name))
  const claims = listAt(pod, 'resourceClaims').map(each => `the claim ${text(valueAt(each, 'name'))}`)
  return [...new Set([...plugged, ...claims])]
}

const noted = (field: string, meaning: string): Discrepancy => ({
  ...excess(`pod ${field}`, field, `remove ${field}`),
  meaning,
})

/** What a container beside Alloy has that no other container needs: `least` also asks for what generate would set. */
export function besideGaps(
  pod: JsonMap,
  container: JsonMap,
  { annotations, least }: { readonly annotations: JsonMap; readonly least: boolean },
): readonly Discrepancy[] {
  const own = securityOf(pod, container)
  const privileged = own('privileged') === true
  const added = listAt(container, 'securityContext.capabilities.add').map(text)
  const dropped = listAt(container, 'securityContext.capabilities.drop')
  const extra = added.map(name => name.replace(/^CAP_/, '')).filter(name => name !== 'NET_BIND_SERVICE')
  const profile = own('seccompProfile') ?? null
  const gaps = [
    ...(privileged ? [excess('pod privileged', 'privileged', 'set privileged: false')] : []),
    ...(own('runAsUser') === 0 || own('runAsNonRoot') !== true
      ? [excess('pod root', 'runAsUser', 'set runAsUser: 65534 and runAsNonRoot: true')]
      : []),
    ...(own('allowPrivilegeEscalation') === false
      ? []
      : [excess('pod privilegeEscalation', 'allowPrivilegeEscalation', 'set allowPrivilegeEscalation: false')]),
    ...extra.map(name => excess(`capability ${name}`, 'capabilities', `remove ${name} from capabilities.add`)),
    ...(dropped.includes('ALL')
      ? []
      : [excess('the default capabilities of the container runtime', 'capabilities', 'set capabilities.drop: [ALL]')]),
    ...(isMap(profile) && isConfined(profile)
      ? []
      : [excess('pod seccompUnconfined', 'seccompProfile', 'set seccompProfile.type: RuntimeDefault')]),
    ...(least && own('readOnlyRootFilesystem') !== true
      ? [excess('pod writableRootFilesystem', 'readOnlyRootFilesystem', 'set readOnlyRootFilesystem: true')]
      : []),
    ...(own('runAsGroup') === 0 ? [excess('pod runAsGroup 0', 'runAsGroup', 'remove runAsGroup: 0')] : []),
    ...hostMounts(pod, container),
    ...confinementGaps(pod, container, annotations),
  ]
  const name = text(container['name'])
  return gaps.map(gap => ({ ...gap, line: `container ${name}: ${gap.line.replace(/^pod /, '')}`, container: name }))
}

/** The paths of the host that a container sees. */
function hostMounts(pod: JsonMap, container: JsonMap): readonly Discrepancy[] {
  const volumes = listAt(pod, 'volumes')
  return listAt(container, 'volumeMounts').flatMap((mount, at): readonly Discrepancy[] => {
    const volume = volumes.find(each => valueAt(each, 'name') === valueAt(mount, 'name'))
    const path = valueAt(volume ?? null, 'hostPath.path')
    if (typeof path !== 'string') return []
    const line = `mount ${path} ${valueAt(mount, 'readOnly') === true ? 'ro' : 'rw'}`
    return [excess(line, `volumeMounts.${at}`, `remove the mount of ${path}`)]
  })
}

/** The gaps of the container of Alloy that its own privileges do not explain. */
export function alloyConfinement(
  wanted: PodSettings,
  {
    pod,
    container,
    annotations,
  }: { readonly pod: JsonMap; readonly container: JsonMap; readonly annotations: JsonMap },
): readonly Discrepancy[] {
  const own = securityOf(pod, container)
  const open = wanted.privileged || own('privileged') === true
  const kept = ['ports', 'livenessProbe', 'windowsOptions']
  return [
    ...confinementGaps(pod, container, annotations).filter(
      ({ line, field }) =>
        // A privileged container has no profile, label or mask to keep.
        (!open || kept.includes(field)) && !(wanted.appArmorUnconfined && line === 'pod appArmorUnconfined'),
    ),
    ...(own('runAsGroup') === 0 && wanted.runAsUser !== 0
      ? [excess('pod runAsGroup 0', 'runAsGroup', `set runAsGroup: ${wanted.runAsUser}`)]
      : []),
    ...(wanted.runAsUser !== 0 && own('runAsNonRoot') !== true && own('runAsUser')
      ? [excess('pod runAsNonRoot unset', 'runAsNonRoot', 'set runAsNonRoot: true')]
      : []),
  ]
}
