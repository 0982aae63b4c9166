import { asFinding, type Finding } from '../../reports/check/finding.ts'
import { type Comparison, isOpen } from '../../reports/compare/comparison.ts'
import { sarifLog, sarifResult } from '../check/sarif.ts'

/** How SARIF says what became of a result. */
type BaselineState = 'new' | 'absent' | 'updated' | 'unchanged'

const states = { new: 'new', lost: 'absent', changed: 'updated' } as const

/** The changes as a SARIF 2.1.0 log with one run, each with the state that it has against the old side. */
export function compareSarif(comparison: Comparison): string {
  const { analyzer, old, new: now, collectors } = comparison
  const resultOf = (found: Finding, name: string, baselineState: BaselineState): object => ({
    ...sarifResult(found, name),
    baselineState,
  })
  const errors = [...old.diagnostics, ...now.diagnostics].filter(({ severity }) => severity === 'error')
  return sarifLog(analyzer, {
    invocations: [{ executionSuccessful: !isOpen(comparison) }],
    results: [
      ...errors.map(each => resultOf(asFinding(each), '', 'new')),
      ...collectors.flatMap(({ name, diagnostics, changes }) => [
        ...diagnostics.map(each =>
          resultOf(asFinding(each), name, each.name === 'compared-collector-removed' ? 'absent' : 'new'),
        ),
        ...changes.map(({ change, aspect, lines, diagnostic }) => {
          const subject = [change, aspect, ...lines].join(' · ')
          return resultOf({ diagnostic, subject }, name, states[change])
        }),
      ]),
    ],
  })
}
