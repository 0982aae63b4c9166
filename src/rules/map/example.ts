/** Run with only that component's rules loaded. */
export interface Example {
  readonly title: string
  readonly config: string
  readonly alloy?: string
  readonly kubernetes?: string
  readonly kernel?: string
  readonly env?: Readonly<Record<string, string>>
  /** Arguments of `alloy run`. */
  readonly args?: readonly string[]
  readonly optional?: boolean
  /** Custom resources of the cluster, as YAML documents: those are all there are. Absent: they are not known. */
  readonly objects?: string
  /** Grant lines, one a line; empty: nothing. */
  readonly expect: string
  /** Privilege lines: `capability SYS_PTRACE`, `pod hostPID`, `mount /var/log ro`, `writable /tmp/x`, `port 514 UDP`. Absent: not compared. */
  readonly privileges?: string
}
