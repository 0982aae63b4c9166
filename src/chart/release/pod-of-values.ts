import { isEmpty, isMap, type Json, type JsonMap, listAt, valueAt } from '../json.ts'
import type { Names } from './names.ts'

/** The pod that the chart's workload runs: containers with their security settings, volumes, host namespaces, account. */
export function podOf(values: JsonMap, names: Names): JsonMap {
  const when = (key: string, path: string): JsonMap => nonEmpty(key, valueAt(values, path))
  return {
    ...when('securityContext', 'global.podSecurityContext'),
    serviceAccountName: names.serviceAccountName,
    ...when('initContainers', 'controller.initContainers'),
    containers: [alloy(values), ...reloader(values), ...listAt(values, 'controller.extraContainers')],
    ...when('hostNetwork', 'controller.hostNetwork'),
    ...when('hostPID', 'controller.hostPID'),
    ...when('dnsPolicy', 'controller.dnsPolicy'),
    ...when('nodeSelector', 'controller.nodeSelector'),
    ...when('affinity', 'controller.affinity'),
    volumes: [
      { name: 'config', configMap: { name: valueAt(values, 'alloy.configMap.name') ?? names.fullname } },
      ...hostMounts(values).map(({ name, path }) => ({ name, hostPath: { path } })),
      ...listAt(values, 'controller.volumes.extra'),
    ],
  }
}

/** A key with its value; nothing where a template takes the value for false. */
const nonEmpty = (key: string, value: Json | undefined): JsonMap =>
  value === undefined || isEmpty(value) ? {} : { [key]: value }

/** The host folders that a switch of the values mounts, each at its own path and read-only. */
export const switchedMounts = [
  { key: 'alloy.mounts.varlog', name: 'varlog', path: '/var/log' },
  { key: 'alloy.mounts.dockercontainers', name: 'dockercontainers', path: '/var/lib/docker/containers' },
] as const

const hostMounts = (values: JsonMap) => switchedMounts.filter(({ key }) => !isEmpty(valueAt(values, key)))

function alloy(values: JsonMap): JsonMap {
  const security = valueAt(values, 'alloy.securityContext')
  const ports = listAt(values, 'alloy.extraPorts').filter(isMap)
  const mounts: readonly Json[] = [
    { name: 'config', mountPath: '/etc/alloy' },
    ...hostMounts(values).map(({ name, path }) => ({ name, mountPath: path, readOnly: true })),
    ...listAt(values, 'alloy.mounts.extra'),
  ]
  return {
    name: 'alloy',
    args: ['run', `--storage.path=${String(valueAt(values, 'alloy.storagePath') ?? '')}`],
    ports: ports.map(({ targetPort = null, hostPort }) => ({
      containerPort: targetPort,
      ...nonEmpty('hostPort', hostPort),
    })),
    ...nonEmpty('securityContext', security),
    ...Object.fromEntries(passedOn.flatMap(([key, path]) => Object.entries(nonEmpty(key, valueAt(values, path))))),
    volumeMounts: mounts,
  }
}

/** Fields of the container that are what the values say. */
const passedOn = [
  ['env', 'alloy.extraEnv'],
  ['envFrom', 'alloy.envFrom'],
  ['livenessProbe', 'alloy.livenessProbe'],
  ['lifecycle', 'alloy.lifecycle'],
  ['resources', 'alloy.resources'],
] as const

function reloader(values: JsonMap): readonly JsonMap[] {
  if (isEmpty(valueAt(values, 'configReloader.enabled'))) return []
  const security = valueAt(values, 'configReloader.securityContext')
  return [
    {
      name: 'config-reloader',
      ...nonEmpty('securityContext', security),
      volumeMounts: [{ name: 'config', mountPath: '/etc/alloy' }],
    },
  ]
}
