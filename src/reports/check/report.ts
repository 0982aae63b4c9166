import { hasError } from '../../diagnostic/diagnostic.ts'
import type { Severity } from '../../diagnostic/entry.ts'
import type { Versions } from './change.ts'
import { type Finding, reaches } from './finding.ts'
import type { PipelineReport } from './pipelines.ts'
import type { Report } from './verdict.ts'

/** Everything that a run of `check` found. */
export interface CheckReport {
  readonly analyzer: { readonly name: string; readonly version: string }
  /** Null where no workload led to versions. */
  readonly target: Versions | null
  readonly workloads: readonly Report[]
  /** What remote pipelines meet at the workloads; absent where none were passed. */
  readonly pipelines?: readonly PipelineReport[]
  /** Of no workload: of the input as a whole, of the baseline. */
  readonly findings: readonly Finding[]
  /** What a baseline accepts, and the path of it; absent where none was applied. */
  readonly accepted?: { readonly by: string; readonly findings: readonly AcceptedFinding[] }
}

/** A finding, or a part of one, that a baseline accepts. */
export interface AcceptedFinding {
  readonly workload: string
  readonly finding: Finding
  /** Empty where the baseline gives none. */
  readonly reason: string
}

/** How a check ends. */
export type Status = 'clean' | 'findings' | 'no-plan'

/** Every finding, those of the input first; those of several workloads say of which they are. */
export const allFindings = ({ findings, workloads }: CheckReport): readonly Finding[] => [
  ...findings,
  ...workloads.flatMap(each => (workloads.length === 1 ? each.findings : namedFindings(each))),
]

/** The findings of a workload, each with its name. */
export const namedFindings = ({ name, findings }: Report): readonly Finding[] =>
  findings.map(each => ({ ...each, diagnostic: { of: name, ...each.diagnostic } }))

/** Without a verdict for any workload, or with an error in the input as a whole, there is none for all. */
export function statusOf(report: CheckReport, failOn: Severity): Status {
  const { workloads, findings } = report
  const judged = workloads.length > 0 && workloads.every(({ verdict }) => verdict !== null)
  if (!judged || hasError(findings.map(({ diagnostic }) => diagnostic))) return 'no-plan'
  return allFindings(report).some(({ diagnostic }) => reaches(diagnostic.severity, failOn)) ? 'findings' : 'clean'
}
