/** A step of work that may ask for another one to be done first, and gets its result. */
export type Work<T> = Generator<Work<unknown>, T, unknown>

/** Runs work with a stack of its own: a chain of a thousand modules must not overflow the one of JavaScript. */
export function run<T>(work: Work<T>): T {
  const stack: Work<unknown>[] = [work as Work<unknown>]
  let result: unknown
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const step: IteratorResult<Work<unknown>, unknown> = top.next(result)
    if (step.done) {
      stack.pop()
      result = step.value
    } else {
      stack.push(step.value)
      result = undefined
    }
  }
  return result as T
}
