/** The public API: from texts to what they need, what a deployment grants too much, and what is known of components and grants. */

export { type Analysis, analyze } from './api/analyze.ts'
export { type CheckOptions, type CheckResult, check } from './api/check.ts'
export type { AnalyzeOptions, Texts } from './api/input.ts'
export {
  type CheckRenderOptions,
  type DiffRenderOptions,
  type Rendered,
  type RenderOptions,
  render,
} from './api/render.ts'
export { type Code, catalog } from './diagnostic/catalog.ts'

export type { Diagnostic, Label, Outcome } from './diagnostic/diagnostic.ts'
export type { Entry, Severity } from './diagnostic/entry.ts'
export type { Grant, ResourceGrant, UrlGrant } from './kubernetes/grant.ts'
export type { Plan, PlannedPrivilege } from './plan/plan.ts'
export type { PlannedGrant } from './plan/reduce.ts'
export type { Finding, HeldGrant } from './reports/check/finding.ts'
export type { CheckReport, Status } from './reports/check/report.ts'
export type { Report, Verdict } from './reports/check/verdict.ts'
export { type Explanation, explain } from './reports/explain/explain.ts'
export type { Evidence, RuleExplanation } from './reports/explain/explain-rules.ts'
export type { Certainty, Privilege, Reason } from './rules/requirement.ts'
export { locate, outermost, type Position, type Source, type Span } from './source.ts'
export type { File } from './syntax/ast.ts'
export { parse } from './syntax/parse.ts'
