import { isOccupied } from '../kubernetes/pod/occupied.ts'
import type { Privilege } from '../rules/requirement.ts'
import { compareText } from '../text/compare-text.ts'
import { inert } from '../text/inert.ts'

const kinds = ['capability', 'pod', 'mount', 'writable', 'port'] as const satisfies readonly Privilege['kind'][]

/** One privilege in the notation of all text outputs: `capability SYS_PTRACE`, `pod hostPID`, `mount /var/log ro`. */
export const privilegeLine = (privilege: Privilege): string => inert(spelled(privilege))

function spelled(privilege: Privilege): string {
  switch (privilege.kind) {
    case 'capability':
      return `capability ${privilege.name}`
    case 'pod':
      return `pod ${privilege.field}`
    case 'mount': {
      const { hostPath, mountPath, readOnly } = privilege
      const place = mountPath === undefined ? hostPath : `${hostPath} at ${mountPath}`
      return `mount ${place} ${readOnly ? 'ro' : 'rw'}`
    }
    case 'writable':
      return `writable ${privilege.path}`
    case 'port':
      return `port ${privilege.port}/${privilege.protocol}${privilege.loopback ? ' on loopback' : ''}`
    default:
      return privilege satisfies never
  }
}

/** The shortest way to say the same: a mount names the path in the container only where it is another one. */
export function plainPrivilege(privilege: Privilege): Privilege {
  if (privilege.kind !== 'mount' || privilege.mountPath !== privilege.hostPath) return privilege
  // There the container has its own, and the host's would be mounted elsewhere.
  if (isOccupied(privilege.hostPath)) return privilege
  const { mountPath: _, ...plain } = privilege
  return plain
}

/** Equal for privileges of which one makes the other unneeded: a path that may be written may be read. */
export function privilegeKey(privilege: Privilege): string {
  return privilegeLine(privilege.kind === 'mount' ? { ...privilege, readOnly: true } : privilege)
}

/** The order of every list of privileges: capabilities, settings of the pod, mounts, writable paths, ports; each by its name. */
export function comparePrivileges(a: Privilege, b: Privilege): number {
  if (a.kind === 'port' && b.kind === 'port') return a.port - b.port || compareText(a.protocol, b.protocol)
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareText(privilegeLine(a), privilegeLine(b))
}
