/** The public API: what a configuration needs, how its text parses, and what is known of components, grants and diagnostics. */
export { type Analysis, type AnalyzeOptions, analyze } from './analyze.ts'
export { catalog } from './diagnostic/catalog.ts'
export type { Diagnostic, Outcome } from './diagnostic/diagnostic.ts'
export type { Plan, PlannedGrant, PlannedPrivilege } from './plan/plan.ts'
export { type Explanation, explain } from './rules/explanation.ts'
export { locate, type Source, type Span } from './source.ts'
export { parse } from './syntax/parse.ts'
