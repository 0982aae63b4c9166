/** Something that Linux refused to a program. */
export interface LinuxRefusal {
  readonly error: string
  readonly operation: string | null
  readonly path: string | null
  readonly port: number | null
  readonly capabilities: readonly string[]
}

const writing =
  /^(mkdir|mkdirat|create|write|unlink|unlinkat|remove|rename|link|symlink|chmod|chown|lchown|truncate|utimensat)$/

/** What ends a refusal by Linux in a pod, the narrowest way first. */
export function linuxAdvice({ error, operation, path, port, capabilities }: LinuxRefusal): string {
  const folder = path === null ? 'the path that it writes to' : path
  if (error === 'missing capabilities')
    return `add ${capabilities.join(', ')} to alloy.securityContext.capabilities.add, and run as root (runAsUser: 0)`
  if (error === 'read-only file system')
    return `mount a writable volume at ${folder} or above it: an emptyDir, or a persistent volume where its content must outlive the pod; for the storage path, generate prints the volume`
  if (operation === 'listen')
    return `listen on a port from 1024 on, set the safe sysctl net.ipv4.ip_unprivileged_port_start to ${port}, or run as root (runAsUser: 0) with the capability NET_BIND_SERVICE alone`
  if (operation === 'socket')
    return 'set the safe sysctl net.ipv4.ping_group_range to "0 2147483647", or run as root (runAsUser: 0) with the capability NET_RAW alone'
  if (operation === 'connect')
    return "the socket is root's: run as root (runAsUser: 0) with all capabilities dropped, or add its group to the pod's supplementalGroups"
  if (operation !== null && writing.test(operation))
    return `mount a writable volume at ${folder} or above it, whose group the user has (fsGroup: 473 for a volume, root for a path of the host)`
  if (path !== null && /^\/(host\/)?proc\/\d+\//.test(path))
    return 'files of other processes: run as root (runAsUser: 0) with hostPID and the capability SYS_PTRACE, or select fewer processes'
  if (path !== null && error === 'permission denied')
    return "files of the host are root's: run as root (runAsUser: 0) with all capabilities dropped, or let the user 473 read them by a group (supplementalGroups) or an ACL"
  return 'a capability, root, or a profile of seccomp or AppArmor is in the way: generate prints the settings of the pod that the configuration needs'
}
