import type { Truth } from './value.ts'

/** Both hold. A known false decides. */
export function and(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false
  return left === null || right === null ? null : true
}

/** One of the two holds. A known true decides. */
export function or(left: Truth, right: Truth): Truth {
  if (left === true || right === true) return true
  return left === null || right === null ? null : false
}

/** The opposite; what is not known stays so. */
export const not = (truth: Truth): Truth => (truth === null ? null : !truth)

/** All hold. */
export const every = (truths: Iterable<Truth>): Truth => {
  let all: Truth = true
  for (const truth of truths) all = and(all, truth)
  return all
}

/** At least one holds. */
export const some = (truths: Iterable<Truth>): Truth => {
  let any: Truth = false
  for (const truth of truths) any = or(any, truth)
  return any
}

/** What is known when one of several cases is the real one: a truth that all share. */
export function agreed([first = null, ...others]: readonly Truth[]): Truth {
  return others.every(truth => truth === first) ? first : null
}
