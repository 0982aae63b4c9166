/** SARIF's names. error: no plan, or Alloy is denied something; warning: the plan is right, the deployment is not; note: right, possibly wider than needed. */
export type Severity = 'error' | 'warning' | 'note'

/** What the catalog knows of a code. */
export interface Entry {
  readonly severity: Severity
  /** Kebab-case name, for SARIF and documentation. */
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: each entry types its own arguments; `Args` recovers them
  readonly message: (args: any) => string
  /** One imperative sentence, without a final stop's worth of padding. */
  readonly help?: string
}

/**
 * Every diagnostic the program can report. The first digit is the stage: 0 syntax, 1 modules and references, 2 evaluation,
 * 3 rule map and versions, 4 check, 5 chart and values. Codes are never reused.
 */
export const catalog = {
  ARB001: {
    severity: 'error',
    name: 'unexpected-token',
    message: ({ found, expected }: { found: string; expected: string }) => `expected ${expected}, found ${found}`,
  },
} as const satisfies Record<string, Entry>

/** A code of the catalog. */
export type Code = keyof typeof catalog
/** What the message of a code is made from. */
export type Args<C extends Code> = Parameters<(typeof catalog)[C]['message']>[0]
