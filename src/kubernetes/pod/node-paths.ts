import { isOccupied } from './occupied.ts'

/** Folders in which a container finds files of its node and nothing else that is worth a look: logs, the journal, sockets, the kernel's. */
const folders = ['/var/log', '/run', '/var/run', '/proc', '/sys', '/dev', '/boot', '/lib/modules']

/** What Kubernetes and container runtimes keep on a node. */
const owners = ['/var/lib/containerd', '/var/lib/containers', '/var/lib/docker', '/var/lib/kubelet', '/etc/kubernetes']

/** What a container has of its own in those folders. */
const own = ['/run/secrets', '/var/run/secrets', '/dev/shm', '/var/log/alloy', '/run/alloy', '/var/run/alloy']

const machine = ['/etc/machine-id', '/etc/os-release', '/etc/hostname']

/** Says whether a path is the node's by its meaning: what lies there in a container is of no interest to a collector. */
export function isNodePath(path: string): boolean {
  const isIn = (all: readonly string[]) => all.some(each => path === each || path.startsWith(`${each}/`))
  return machine.includes(path) || (isIn([...folders, ...owners]) && !isIn(own))
}

/** Folders of a node that hold what many programs keep there, secrets among it. */
const shared: ReadonlySet<string> = new Set([
  ...['/boot', '/home', '/mnt', '/opt', '/root', '/run', '/srv', '/tmp', '/var', '/var/lib', '/var/run'],
  ...['/var/lib/kubelet', '/var/lib/containerd', '/etc/kubernetes'],
])

/** Says whether a folder of the host gives away much more than what a single program keeps. */
export const isSharedFolder = (path: string): boolean => shared.has(path) || isOccupied(path)
