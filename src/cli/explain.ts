import { explanationText } from '../render/explain.ts'
import { explanationJson } from '../render/json.ts'
import { explain as explanation } from '../rules/explanation.ts'
import type { Io } from './io.ts'
import { exit } from './run.ts'

/** `alloy-rbac explain`: what is known of a component, a grant, a rule or a code. */
export function explain(words: readonly string[], { format }: { readonly format: 'text' | 'json' }, io: Io): number {
  const found = explanation(words.length === 0 ? null : words.join(' '))
  if (found.kind === 'unknown') {
    io.stderr(explanationText(found))
    return exit.usage
  }
  io.stdout(format === 'json' ? explanationJson(found) : explanationText(found))
  return exit.done
}
