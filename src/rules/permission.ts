import { verbs } from '../kubernetes/grant.ts'
import { type Permission, whoNeeds } from './search.ts'

/** Says whether a word is a verb, or several, of the API. */
const isVerbs = (word: string | undefined): boolean =>
  word === undefined || word.split(',').every(verb => verb === '*' || (verbs as readonly string[]).includes(verb))

/**
 * Reads a permission as a user writes it: `secrets get`, `replicasets.apps list`, `apps replicasets list`, `nodes/proxy`,
 * `url /metrics get`. Null for what is none.
 */
export function permissionOf(text: string): Permission | null {
  const words = text.split(' ')
  if (words[0] === 'url' || words[0]?.startsWith('/')) {
    const [url, verb] = words[0] === 'url' ? words.slice(1) : words
    return url === undefined ? null : { kind: 'url', url, verb: verb ?? null }
  }
  const shortened = words.length === 3 ? words.slice(1) : words
  const [what = '', verb] = shortened
  if (words.length > 3 || !isVerbs(verb) || !/^[a-z][\w./-]*(\[[^\]]*\])?$/.test(what)) return null
  const bare = what.replace(/\[.*\]$/, '')
  const [, resource = bare, group] = bare.match(/^([a-z]+(?:\/[a-z]+)?)\.([\w.-]+)$/) ?? []
  const plain: Permission = { kind: 'resource', group: group ?? null, resource, verb: verb?.split(',')[0] ?? null }
  // Without a verb only a resource that somebody asks for is one: anything else is more likely a misspelt component.
  return verb !== undefined || resource.includes('/') || whoNeeds(plain).length > 0 ? plain : null
}
