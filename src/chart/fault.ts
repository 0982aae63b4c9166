/** The error that stands for a bug of this program: something that it was about to print does not hold. */
export function fault(because: string): Error {
  return new Error(`what was to be printed does not hold: ${because}`)
}
