/** A command line that is run so that what it needs is compiled, and the exit code that shows that it ran. */
export interface Trial {
  readonly argv: readonly string[]
  readonly stdin: string
  readonly code: number
}
