import { every, some } from '../../evaluate/value/truth.ts'
import { liesIn, rangeOf } from '../../version.ts'
import type { Target } from './condition.ts'
import { sharedConditions } from './load.ts'
import type { BlockCondition, Condition, ConditionMap } from './schema.ts'

/** Says whether some configuration makes a condition hold, for releases that are known and arguments that are not. */
export const mayHold = (condition: Condition | undefined, target: Target): boolean =>
  condition === undefined || decided(condition, target) !== false

/** What a condition is whatever the configuration says; null where that depends on it. */
function decided(condition: Condition, target: Target): boolean | null {
  if (isList(condition)) return anyOf(condition, target)
  return every(Object.entries(condition).map(([key, value]) => entry(key, value, target)))
}

const isList = (condition: Condition): condition is readonly Condition[] => Array.isArray(condition)

function entry(key: string, value: ConditionMap[string], target: Target): boolean | null {
  switch (key) {
    case '$any':
      return anyOf(value as readonly Condition[], target)
    case '$all':
      return every((value as readonly Condition[]).map(each => decided(each, target)))
    case '$not': {
      const inner = decided(value as Condition, target)
      return inner === null ? null : !inner
    }
    // Whether there is such a block is for the configuration to say.
    case '$block':
      return decided((value as BlockCondition).where, target) === false ? false : null
    case '$alloy':
      return liesIn(target.alloy, rangeOf(value as string))
    case '$kubernetes':
      return liesIn(target.kubernetes, rangeOf(value as string))
    case '$kernel':
      return target.kernel === null ? null : liesIn(target.kernel, rangeOf(value as string))
    case '$use':
      return decided(sharedConditions[value as string] ?? {}, target)
    case '$at':
      return true
    default:
      return null
  }
}

const anyOf = (conditions: readonly Condition[], target: Target): boolean | null =>
  some(conditions.map(each => decided(each, target)))
