/** One input of the fuzz program: files in memory and the command line over them. */
export interface Trial {
  /** The generator that made it. */
  readonly kind: string
  readonly files: Readonly<Record<string, string | Uint8Array>>
  /** The command line's inputs, names of `files`. */
  readonly inputs: readonly string[]
  /** Options that generate, diff and check share. */
  readonly options: readonly string[]
  /** A name of `files` that `check --baseline` reads. */
  readonly baseline?: string
  /** A log for `denied`. */
  readonly log?: string
  /** Made to be accepted: an error about syntax or arguments is a finding. */
  readonly valid: boolean
}

/** A law that did not hold. */
export interface Violation {
  readonly law: string
  readonly what: string
}

const encoder = new TextEncoder()

/** How many bytes a trial passes in. */
export function sizeOf({ files, log = '' }: Trial): number {
  const texts = [...Object.values(files), log]
  return texts.reduce((sum, text) => sum + (typeof text === 'string' ? encoder.encode(text) : text).length, 0)
}
