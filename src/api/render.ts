import type { Diagnostic, Outcome } from '../diagnostic/diagnostic.ts'
import { explanationText } from '../render/explain.ts'
import { frame } from '../render/frame.ts'
import { diagnosticsJson, explanationJson, printJson } from '../render/json.ts'
import { baselineOf } from '../reports/check/baseline/baseline.ts'
import type { Explanation } from '../reports/explain/explain.ts'
import { type CheckFormat, checkDocument } from '../session/check-input.ts'
import { type DiffOptions, diffOf } from '../session/diff.ts'
import { documentOf, type MadeDocument, type PrintedOptions } from '../session/generate.ts'
import type { DocumentOptions } from '../session/options.ts'
import type { Analysis } from './analyze.ts'
import type { CheckResult } from './check.ts'

/** What a document of an analysis is like; what stands for the namespace and the unknown is the analysis's. */
export type RenderOptions = Partial<Omit<DocumentOptions, 'namespace' | 'onUnknown'>>

/** Text, or null beside an error that forbids it; and all diagnostics, those of the analysis included. */
export type Rendered = Outcome<string | null>

/**
 * The documents of the command line as texts. Each ends in one line feed; the same input gives the same bytes.
 *
 * @example
 * ```ts
 * import { analyze, render } from 'alloy-rbac'
 *
 * const { value, diagnostics } = analyze({ 'config.alloy': 'discovery.kubernetes "pods" { role = "pod" }' })
 * for (const each of diagnostics) console.error(render.diagnostic(each))
 * if (value) console.log(render.values(value, { only: 'rbac' }).value)
 * ```
 */
export const render = {
  /** The minimal Helm values. */
  values: (analysis: Analysis, options: RenderOptions = {}): Rendered => generated(analysis, 'values', options),
  /** ServiceAccount, roles and bindings; the analysis has to know the namespace. */
  manifests: (analysis: Analysis, options: RenderOptions = {}): Rendered => generated(analysis, 'manifests', options),
  /** The plan with its reasons: `schemas/generate.schema.json`. */
  json: (analysis: Analysis, options: RenderOptions = {}): Rendered => generated(analysis, 'json', options),
  /** A shell script that asks a cluster for every grant by `kubectl auth can-i`. */
  canI: (analysis: Analysis, options: RenderOptions = {}): Rendered => generated(analysis, 'can-i', options),
  /** A page to look at, which needs no scripts and loads nothing. */
  html: (analysis: Analysis, options: RenderOptions = {}): Rendered => generated(analysis, 'html', options),
  /** The chart's defaults compared with what is needed. */
  diff: (analysis: Analysis, { format = 'text', color = false, ...options }: DiffRenderOptions = {}): Rendered =>
    rendered(diffOf(analysis, { ...documentOptions(analysis, options), format, color }, analysis.diagnostics)),
  /** A check in one of the formats of `check --format`. */
  check: (result: CheckResult, { format = 'text', color = false, notes = true }: CheckRenderOptions = {}): string =>
    checkDocument(result, { format, color, notes, failOn: result.failOn }),
  /** A baseline that accepts what was found. */
  baseline: (result: CheckResult): string => printJson(baselineOf(result, result.failOn, [])),
  explanation: (explanation: Explanation, { format = 'text' }: { readonly format?: 'text' | 'json' } = {}): string =>
    format === 'json' ? explanationJson(explanation) : explanationText(explanation),
  /** One diagnostic with the line it is about, for a terminal. */
  diagnostic: (diagnostic: Diagnostic, { color = false }: { readonly color?: boolean } = {}): string =>
    frame(diagnostic, { color }),
  /** Diagnostics as JSON, with lines and columns of the file that the user can open. */
  diagnostics: (diagnostics: readonly Diagnostic[]): string => diagnosticsJson(diagnostics),
} as const

/** How a difference is shown. */
export interface DiffRenderOptions extends RenderOptions, Partial<Pick<DiffOptions, 'format' | 'color'>> {}

/** How a check is shown; without `notes` its text names warnings and errors only. */
export type CheckRenderOptions = Partial<Omit<CheckFormat, 'failOn'>>

const generated = (analysis: Analysis, format: PrintedOptions['format'], options: RenderOptions): Rendered =>
  rendered(documentOf(analysis, { ...documentOptions(analysis, options), format }, analysis.diagnostics))

const rendered = ({ text, diagnostics }: Pick<MadeDocument, 'text' | 'diagnostics'>): Rendered => ({
  value: text,
  diagnostics,
})

function documentOptions({ options: { namespace, onUnknown = 'error' } }: Analysis, options: RenderOptions) {
  const made: DocumentOptions = { ...options, scope: options.scope ?? 'auto', onUnknown }
  return namespace === undefined ? made : { ...made, namespace }
}
