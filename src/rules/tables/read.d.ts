/** How far Alloy was read: `rulemap/read.json`. */
export interface ReadTable {
  readonly release: string
  readonly tag: string
  /** By release, without `v`; then by component: the keys of the evidence that has not been read again. */
  readonly unread: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

export const read: ReadTable
