import type { Truth } from './value.ts'

/** Both hold. A known false decides. */
export const and = (left: Truth, right: Truth): Truth =>
  left === false || right === false ? false : left === null || right === null ? null : true

/** One of the two holds. A known true decides. */
export const or = (left: Truth, right: Truth): Truth =>
  left === true || right === true ? true : left === null || right === null ? null : false

/** The opposite; what is not known stays so. */
export const not = (truth: Truth): Truth => (truth === null ? null : !truth)

/** All hold. */
export const every = (truths: Iterable<Truth>): Truth => {
  let all: Truth = true
  for (const truth of truths) all = and(all, truth)
  return all
}

/** What is known when one of several cases is the real one: a truth that all share. */
export const agreed = (truths: readonly Truth[]): Truth =>
  truths.length > 0 && truths.every(truth => truth === truths[0]) ? truths[0]! : null
