/**
 * Folders that hold what a container runs with: its programs and settings, what the runtime puts there. A volume would hide it.
 */
const occupied: ReadonlySet<string> = new Set([
  '/',
  '/bin',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/proc',
  '/sbin',
  '/sys',
  '/usr',
])

/** Where the chart mounts the configuration, which no other volume may hide and no one can write to. */
export const configurationFolder = '/etc/alloy'

/** Says whether no volume can be mounted at an absolute path without repeated or final slashes. */
export function isOccupied(path: string): boolean {
  return occupied.has(path)
}

/** Where the container sees a folder of the host that cannot be mounted at its own path. */
export function placeOfHost(path: string): string {
  return path === '/' ? '/host/root' : `/host${path}`
}
