import { uncovered } from '../../src/kubernetes/covers.ts'
import type { PolicyRule } from '../../src/kubernetes/rule.ts'

/** One line of rbac-covers.jsonl: whether the owner's rules cover the servant's, and the parts that they do not cover. */
export interface Vector {
  readonly owner: readonly PolicyRule[]
  readonly servant: readonly PolicyRule[]
  readonly covers: boolean
  readonly uncovered: readonly PolicyRule[] | null
}

/** What differs from the recorded decision, or null. */
export function check({ owner, servant, covers, uncovered: recorded }: Vector): string | null {
  const found = uncovered(owner, servant)
  if ((found.length === 0) !== covers) return `expected covers ${covers}`
  const [want, got] = [keys(recorded ?? []), keys(found)]
  const missing = [...want].filter(key => !got.has(key))
  const extra = [...got].filter(key => !want.has(key))
  return missing.length + extra.length === 0 ? null : `missing [${missing.join(' ')}], extra [${extra.join(' ')}]`
}

const keys = (rules: readonly PolicyRule[]): ReadonlySet<string> => new Set(rules.map(key))

function key({ apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs }: PolicyRule): string {
  return JSON.stringify([apiGroups, resources, resourceNames, nonResourceURLs, verbs])
}
