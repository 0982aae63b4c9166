import type { Diagnostic, Outcome } from '../diagnostic/diagnostic.ts'
import { open, type Session } from '../session/session.ts'
import { type AnalyzeOptions, readTexts, sessionOptions, type Texts } from './input.ts'

/** What one configuration needs, and all that `render` makes documents from. */
export interface Analysis extends Session {
  /** Warnings and notes; an error leaves no analysis. */
  readonly diagnostics: readonly Diagnostic[]
  /** What it was made for. */
  readonly options: AnalyzeOptions
}

/**
 * Finds what a configuration needs. The value is null exactly when the diagnostics hold an error: there is no plan beside one.
 *
 * @example
 * ```ts
 * import { analyze } from 'alloy-rbac'
 *
 * const { value } = analyze({ 'config.alloy': 'discovery.kubernetes "pods" { role = "pod" }' })
 * for (const { grant, reasons } of value?.plan.grants ?? []) console.log(grant.verb, reasons[0]?.rule)
 * // list discovery.kubernetes#pods
 * // watch discovery.kubernetes#pods
 * ```
 */
export function analyze(texts: Texts, options: AnalyzeOptions = {}): Outcome<Analysis | null> {
  const { read, place } = readTexts(texts, options)
  const { session, diagnostics } = open(read, sessionOptions(options), place)
  return { value: session && { ...session, diagnostics, options }, diagnostics }
}
