import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Use } from '../resolve/use.ts'
import { rangeOf } from '../version.ts'
import { type Facts, judge } from './map/condition.ts'
import type { Condition, ConditionMap, PrivilegeRule } from './map/schema.ts'

/** Says what a rule that does not hold asks for on kernels older than the one taken, where none is stated. */
export function noteOlderKernels(
  { when, capabilities = [], pod = [], optional }: PrivilegeRule,
  facts: Facts,
  use: Use,
  report: (found: Diagnostic) => void,
): void {
  if (when === undefined || facts.target.kernel !== null || optional !== undefined) return
  const range = rangesIn(when).find(each => {
    const kernel = rangeOf(each).since ?? '0.0'
    return judge(when, { ...facts, target: { ...facts.target, kernel } }).truth !== false
  })
  if (range === undefined) return
  report(
    diagnostic('newer-kernel-assumed', use.block.header, {
      component: use.id,
      range,
      privileges: linesOf({ capabilities, pod }),
    }),
  )
}

/** The capabilities and pod settings of a rule in words. */
export const linesOf = ({
  capabilities = [],
  pod = [],
}: Pick<PrivilegeRule, 'capabilities' | 'pod'>): readonly string[] => [
  ...capabilities.map(name => `capability ${name}`),
  ...pod.map(field => `pod ${field}`),
]

/** The ranges of kernels that a condition names, in order. */
function rangesIn(condition: Condition): readonly string[] {
  if (Array.isArray(condition)) return condition.flatMap(rangesIn)
  return Object.entries(condition as ConditionMap).flatMap(([key, value]) => {
    if (key === '$kernel') return [value as string]
    return key === '$any' || key === '$all' || key === '$not' ? rangesIn(value as Condition) : []
  })
}
