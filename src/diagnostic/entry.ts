/** The names that SARIF uses. error: no plan, or Alloy is denied something; warning: the plan is right, but the deployment is not; note: right, possibly wider than needed. */
export const severities = ['error', 'warning', 'note'] as const

/** How much a diagnostic weighs. */
export type Severity = (typeof severities)[number]

/** What the catalog knows about a diagnostic. */
export interface Entry {
  /** What users see and search for: `ARB` and three digits, the first of which is the stage. */
  readonly code: string
  readonly severity: Severity
  // biome-ignore lint/suspicious/noExplicitAny: each entry types its own arguments; `Args` recovers them
  readonly message: (args: any) => string
  /** What to do: one imperative sentence, lower case, without a final period. */
  readonly help?: string
  /** What to do where the arguments tell more than `help`, which stays for null. Only here are helps made: call sites pass arguments. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly helpFor?: (args: any) => Help | null
}

/** A help of one line, or of several: a sentence and a list. */
export type Help = string | readonly string[]
