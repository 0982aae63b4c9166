/** What the baseline Pod Security Standard lets a container add. */
export const baselineCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
])

/** What Docker and containerd give a container that drops nothing. */
export const runtimeCapabilities: ReadonlySet<string> = new Set([...baselineCapabilities, 'NET_RAW'])
