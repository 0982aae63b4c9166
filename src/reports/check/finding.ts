import { type Diagnostic, hasError } from '../../diagnostic/diagnostic.ts'
import type { Severity } from '../../diagnostic/entry.ts'
import { type Grant, uniqueGrants } from '../../kubernetes/grant.ts'
import type { PlannedGrant } from '../../plan/reduce.ts'
import type { Span } from '../../source.ts'
import { compareText } from '../../text/compare-text.ts'
import { words } from '../../text/words.ts'
import type { Versions } from './change.ts'
import type { Holds } from './holds.ts'
import type { PipelineReport } from './pipelines.ts'

/** One thing that a check has to say. */
export interface Finding {
  readonly diagnostic: Diagnostic
  /** What it is about, without a place: grant lines, privileges, an object. */
  readonly subject: string
  /** What it is about in stable words, one text for each grant or privilege: a baseline accepts them one by one. Absent: the subject. */
  readonly keys?: readonly string[]
  /** The same finding about some of its keys alone; null where none of them is its own. Absent: it is about one thing. */
  readonly only?: (keys: ReadonlySet<string>) => Finding | null
  /** Whether the values that generate prints for the same input resolve it. */
  readonly byValues?: boolean
}

/** A finding about several things, each of which may be accepted by itself. */
export function findingOf<T>(
  parts: readonly [T, ...T[]],
  keyOf: (part: T) => string,
  tell: (parts: readonly [T, ...T[]]) => Omit<Finding, 'keys' | 'only'>,
): Finding {
  return {
    ...tell(parts),
    keys: [...new Set(parts.map(keyOf))],
    only: keys => {
      const [first, ...more] = parts.filter(part => keys.has(keyOf(part)))
      return first === undefined ? null : findingOf([first, ...more], keyOf, tell)
    },
  }
}

/** A grant that a rule gives, and which rule of which role that is. */
export interface HeldGrant {
  readonly grant: Grant
  /** `ClusterRole/alloy`. */
  readonly role: string
  readonly index: number
  readonly span: Span
}

/** How many grants several rules give: what two of them give is one. */
export const grantCount = (held: readonly HeldGrant[]): number => uniqueGrants(held.map(({ grant }) => grant)).length

/** What one workload is granted, compared with what its configuration needs. */
export interface Report {
  /** Of the workload; empty for Alloy files and for values of the chart itself. */
  readonly name: string
  /** Null: there is no verdict, because the input has errors. */
  readonly verdict: Verdict | null
  readonly findings: readonly Finding[]
}

/** The outcome of a comparison. */
export interface Verdict {
  /** False when an unknown part of the configuration may need more. */
  readonly complete: boolean
  readonly needed: number
  /** How many of them are granted, but for more namespaces, objects or resources than is needed. */
  readonly tooWide: number
  /** How many are granted that only objects which were not passed may ask for. */
  readonly forOthers: number
  readonly missing: readonly PlannedGrant[]
  readonly excess: readonly HeldGrant[]
  readonly phantom: readonly HeldGrant[]
  readonly pod: { readonly missing: readonly string[]; readonly excess: readonly string[] }
  /** What the workload has as it is deployed. */
  readonly holds: Holds
}

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

const ranks: Readonly<Record<Severity, number>> = { error: 2, warning: 1, note: 0 }

/** Says whether a severity is at least as severe as another. */
export const reaches = (severity: Severity, limit: Severity): boolean => ranks[severity] >= ranks[limit]

/** What a finding is about, in stable words. */
export const keysOf = ({ keys, subject }: Finding): readonly string[] => keys ?? [subject]

/** Every finding, those of the input first; those of several workloads say of which they are. */
export const allFindings = ({ findings, workloads }: CheckReport): readonly Finding[] => [
  ...findings,
  ...workloads.flatMap(each => (workloads.length === 1 ? each.findings : namedFindings(each))),
]

/** The findings of a workload, each with its name. */
export const namedFindings = ({ name, findings }: Report): readonly Finding[] =>
  findings.map(each => ({ ...each, diagnostic: { of: name, ...each.diagnostic } }))

/** A finding of a diagnostic that another stage made: its message is what it is about, in words that may change. */
export const asFinding = (diagnostic: Diagnostic): Finding => ({
  diagnostic,
  subject: diagnostic.message,
  keys: [argumentsOf(diagnostic)],
})

/** What a message is made from, in the order of the names. */
function argumentsOf({ args }: Diagnostic): string {
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return Object.entries(args)
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, value]) => words(`${name}=${textOf(value)}`))
    .join(' ')
}

/** Without a verdict for any workload, or with an error in the input as a whole, there is none for all. */
export function statusOf(report: CheckReport, failOn: Severity): Status {
  const { workloads, findings } = report
  const judged = workloads.length > 0 && workloads.every(({ verdict }) => verdict !== null)
  if (!judged || hasError(findings.map(({ diagnostic }) => diagnostic))) return 'no-plan'
  return allFindings(report).some(({ diagnostic }) => reaches(diagnostic.severity, failOn)) ? 'findings' : 'clean'
}

/** Elements in groups of one key, in the order of the first of each. */
export function groupedBy<T>(elements: readonly T[], keyOf: (element: T) => string): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const element of elements) {
    const key = keyOf(element)
    const group = groups.get(key)
    if (group) group.push(element)
    else groups.set(key, [element])
  }
  return [...groups.values()]
}
