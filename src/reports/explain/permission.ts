import { isGroup, isVerb } from '../../kubernetes/resources.ts'
import { type Permission, whoNeeds } from '../../rules/map/search.ts'
import { upTo } from '../../text/cut.ts'

/** Says whether a word is a verb, or several, of the API. */
const isVerbs = (word: string | undefined): boolean =>
  word === undefined || word.split(',').every(verb => verb === '*' || isVerb(verb))

/**
 * Reads a permission as a user writes it: `secrets get`, `replicasets.apps list`, `apps/replicasets list`, `apps replicasets list`,
 * `nodes/proxy`, `url /metrics get`. Null for what is none.
 */
export function permissionOf(text: string): Permission | null {
  const words = text.replace(/ assumed$/, '').split(' ')
  if (words[0] === 'url' || words[0]?.startsWith('/')) {
    const [url, verb, more] = words[0] === 'url' ? words.slice(1) : words
    if (url === undefined || more !== undefined || !isVerbs(verb)) return null
    return { kind: 'url', url, verb: verb?.split(',')[0] ?? null }
  }
  const shortened = words.length === 3 ? words.slice(1) : words
  const [what = '', verb] = shortened
  if (words.length > 3 || !isVerbs(verb) || !/^[a-z][\w./-]*(\[[^\]]*\])?$/.test(what)) return null
  const bare = upTo(what, '[')
  const { group, resource } = resourceOf(bare)
  const plain: Permission = { kind: 'resource', group, resource, verb: verb?.split(',')[0] ?? null }
  // Without a verb only a resource that someone asks for is one: anything else is more likely a misspelled component.
  return verb !== undefined || resource.includes('/') || whoNeeds(plain).length > 0 ? plain : null
}

/** `replicasets.apps`, as kubectl prints it, or `apps/replicasets`; what comes before the slash of `nodes/proxy` is not a group. */
function resourceOf(text: string): { readonly group: string | null; readonly resource: string } {
  const [, resource, group] = text.match(/^([a-z]+(?:\/[a-z]+)?)\.([\w.-]+)$/) ?? []
  if (resource !== undefined && group !== undefined) return { group, resource }
  const slash = text.indexOf('/')
  const before = text.slice(0, Math.max(0, slash))
  return isGroup(before) ? { group: before, resource: text.slice(slash + 1) } : { group: null, resource: text }
}
