import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { few } from '../../diagnostic/suggest.ts'
import type { Json } from '../json.ts'

/** What Helm's `toYaml` gives up at, escaped or not: it reads its own JSON as YAML. */
const lost = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/

/** Says which texts of the values no chart can render, and what becomes of what is around them. */
export function lostTexts(tree: Json): readonly Diagnostic[] {
  const texts = [...new Set(textsOf(tree))].filter(text => lost.test(text))
  return texts.length === 0 ? [] : [diagnostic('text-lost-by-helm', null, { texts: few(texts, 3) })]
}

/** Every key and string of a tree. */
function textsOf(tree: Json): readonly string[] {
  if (typeof tree === 'string') return [tree]
  if (Array.isArray(tree)) return tree.flatMap(textsOf)
  if (tree === null || typeof tree !== 'object') return []
  return Object.entries(tree).flatMap(([key, value]) => [key, ...textsOf(value)])
}
