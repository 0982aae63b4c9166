import { type Diagnostic, diagnostic } from './diagnostic.ts'
import { nearest } from './suggest.ts'

/** Says that what the user gave with an option changes nothing, and which name may have been meant. */
export function unusedOption(
  option: 'env' | 'arg' | 'module' | 'substitute' | 'remote' | 'attribute',
  name: string,
  why: string,
  candidates: readonly string[],
): Diagnostic {
  return diagnostic('unused-option', null, { option, name, why, close: nearest(name, candidates) })
}
