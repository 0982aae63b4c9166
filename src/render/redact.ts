import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Source } from '../source.ts'
import { secretTexts, withoutCredentials, withoutSecrets } from './mask.ts'

/**
 * The same diagnostics, their words without secrets: what the texts assign to the name of a secret, the passwords of URLs, and
 * values that the surroundings give, unless a text writes them openly too.
 */
export function redacted(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  given: readonly string[],
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics
  const open = sources.map(withoutSecrets)
  const isOpen = (text: string): boolean => open.some(each => each.includes(text))
  const secrets = [...new Set([...sources.flatMap(source => secretTexts(source)), ...given])]
    .filter(text => text !== '' && !isOpen(text))
    // The longest first: one may be a part of another.
    .sort((a, b) => b.length - a.length)
    .map(finder)
  const clean = (text: string): string =>
    withoutCredentials(secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text))
  return diagnostics.map(each => ({
    ...each,
    message: clean(each.message),
    help: each.help === null ? null : clean(each.help),
    related: each.related.map(label => ({ ...label, text: clean(label.text) })),
  }))
}

/** Short texts count as whole words only, since they are part of many. */
function finder(text: string): RegExp {
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.length >= 6 ? new RegExp(literal, 'gi') : new RegExp(`(?<!\\w)${literal}(?!\\w)`, 'g')
}
