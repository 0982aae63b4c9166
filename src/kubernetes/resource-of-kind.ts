import { resourceScope, type Scope } from './resources.ts'

/** The resource that serves objects of a kind. */
export interface KindResource {
  readonly group: string
  readonly resource: string
  /** Null: nothing is known of it, and the name is the one that Kubernetes would guess. */
  readonly scope: Scope | null
}

/**
 * Finds the resource of a kind. What is not listed is called as `meta.UnsafeGuessKindToResource` of k8s.io/apimachinery guesses: `es`
 * after an s, `ies` for a y, else `s`; Endpoints is its one exception.
 */
export function resourceOfKind(apiVersion: string, kind: string): KindResource {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const lower = kind.toLowerCase()
  const guessed = pluralOf(lower)
  const known = [guessed, lower].find(resource => resourceScope(group, resource) !== null)
  return { group, resource: known ?? guessed, scope: known === undefined ? null : resourceScope(group, known) }
}

function pluralOf(word: string): string {
  if (word.endsWith('s')) return `${word}es`
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`
}
