import type { Disk as ReadableDisk } from '../session/disk.ts'

/** Everything outside that a command touches; tests pass in their own. */
export interface Outside {
  /** The folder that relative paths of the command line start in. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Standard input to its end, piece by piece. */
  readonly stdin: () => Iterable<Uint8Array>
  /** What cannot be written ends the run; a reader that is gone does not. */
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Whether standard error is a terminal: decides color when nothing else does. */
  readonly terminal: () => boolean
  /** Standard output where it is a terminal: decides how help looks. */
  readonly screen: () => { readonly columns: number } | null
  /** The day, `2026-12-31`: decides which entries of a baseline have expired, and nothing else. */
  readonly today: () => string
  readonly disk: Disk
}

/** The same, with a memory of what was read: no output may replace it. */
export interface Io extends Outside {
  /** Absolute paths of the files that were read. */
  readonly read: readonly string[]
}

/** The part of a file system that is used. Paths are absolute; what cannot be read or written throws with the system's error code. */
export interface Disk extends ReadableDisk {
  readonly readFile: (path: string) => Uint8Array
  /** A file of any length, piece by piece. */
  readonly pieces: (path: string) => Iterable<Uint8Array>
  readonly writeFile: (path: string, text: string) => void
  /** Makes a folder and those above it; one that is there stays. */
  readonly makeFolder: (path: string) => void
  /** One text for each file that a write may replace, whatever path or link leads there; null for a device, a pipe, a folder. */
  readonly identity: (path: string) => string | null
}
