import { withoutCredentials } from './credentials.ts'
import { inert } from './inert.ts'

/** A line of words that holds text of the input, as it may be shown anywhere. */
export const words = (text: string): string => inert(withoutCredentials(text))
