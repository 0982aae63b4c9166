import type { Severity } from '../diagnostic/entry.ts'
import { withBaseline } from '../reports/check/baseline/baseline.ts'
import { readBaseline } from '../reports/check/baseline/read-baseline.ts'
import { type CheckReport, type Status, statusOf } from '../reports/check/report.ts'
import { type CheckedOptions, checkInput } from '../session/check-input.ts'
import type { Source } from '../source.ts'
import { type AnalyzeOptions, readTexts, sessionOptions, type Texts } from './input.ts'

/** What a check is made for. */
export interface CheckOptions extends AnalyzeOptions, Partial<Pick<CheckedOptions, 'platform' | 'scope' | 'assumed'>> {
  /** The lowest severity that makes the status `findings`; absent: `warning`. */
  readonly failOn?: Severity
  /** Findings that were accepted: what `render.baseline` printed. */
  readonly baseline?: Source
  /** The day, `2026-12-31`, that the dates of the baseline are compared with; absent: none has expired. */
  readonly today?: string
}

/** What a check found, and how it ends. */
export interface CheckResult extends CheckReport {
  /** `no-plan`: there is no verdict, because the input has errors. */
  readonly status: Status
  readonly failOn: Severity
}

/**
 * Compares what a deployment grants with what its configuration needs, for every workload of the input. Of Alloy files alone
 * the chart's defaults are what is granted.
 *
 * @example
 * ```ts
 * import { check } from 'alloy-rbac'
 *
 * const values = `
 * alloy:
 *   configMap:
 *     content: discovery.kubernetes "nodes" { role = "node" }
 * rbac:
 *   rules: []
 *   clusterRules: []
 * `
 * const { status, workloads } = check({ 'values.yaml': values })
 * console.log(status)
 * // findings
 * for (const { subject } of workloads.flatMap(({ findings }) => findings)) console.log(subject)
 * ```
 */
export function check(texts: Texts, options: CheckOptions = {}): CheckResult {
  const { baseline, platform, assumed, scope = 'auto', today = '', failOn = 'warning' } = options
  const { read, place } = readTexts(texts, options)
  const report = checkInput(
    read,
    { ...sessionOptions(options), scope, ...(platform && { platform }), ...(assumed && { assumed }) },
    place,
  )
  const accepted = baseline && readBaseline(baseline)
  const held = accepted ? withBaseline(report, accepted, today) : report
  return { ...held, status: statusOf(held, failOn), failOn }
}
