/**
 * The name that a field selector pins by `metadata.name`, as Kubernetes reads it (apimachinery, `fields.ParseSelector`); null where
 * it pins none or is not a selector. The API server copies it into what it authorizes.
 */
export function pinnedName(selector: string): string | null {
  const terms = termsOf(selector)
  if (terms.includes(null)) return null
  return terms.find(term => term?.field === 'metadata.name' && term.operator !== '!=')?.value ?? null
}

/** The fields that a selector demands, with their values; none where it is not a selector. */
export function equalitiesOf(selector: string): readonly (readonly [field: string, value: string])[] {
  const terms = termsOf(selector)
  if (terms.includes(null)) return []
  return terms.flatMap(term => (term && term.operator !== '!=' ? [[term.field, term.value] as const] : []))
}

interface Term {
  readonly field: string
  readonly operator: string
  readonly value: string
}

/** Terms in the order of their texts, in which Kubernetes looks through them; null for what is not a term. */
function termsOf(selector: string): readonly (Term | null)[] {
  const texts = selector.match(/(?:\\[\s\S]|[^,\\])+\\?|\\$/g) ?? []
  return [...texts].sort().map(termOf)
}

/** A field, an operator and a value, in which commas, equal signs and backslashes are escaped. */
function termOf(text: string): Term | null {
  const [, field = '', operator, escaped = ''] = text.match(/^((?:[^=!]|!(?!=))*)(!=|==?)([\s\S]*)$/) ?? []
  if (operator === undefined || !/^(?:\\[,=\\]|[^,=\\])*$/.test(escaped)) return null
  return { field, operator, value: escaped.replaceAll(/\\([\s\S])/g, '$1') }
}
