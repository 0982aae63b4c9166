import type { Diagnostic } from './diagnostic.ts'

/** A finding in a release newer than all that are known, which may accept what they refuse. */
export const inNewerRelease = (found: Diagnostic, letThrough: boolean): Diagnostic => ({
  ...found,
  severity: letThrough ? 'warning' : found.severity,
  help: found.help ?? 'fix it, or, if your release of Alloy accepts it, continue with --on-unknown warn',
})
