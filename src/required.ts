/**
 * A value that an invariant of the program says is there, named for the error that tells of a bug. What an input may lack is not
 * asked for here.
 */
export function required<T>(value: T | null | undefined, name: string): T {
  if (value === null || value === undefined) throw new Error(`invariant violated: ${name} is missing`)
  return value
}
