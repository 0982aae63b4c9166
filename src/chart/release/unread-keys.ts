import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { nearest } from '../../diagnostic/suggest.ts'
import type { Mapping, Tree } from '../../input/yaml/tree.ts'
import { keysOf, type Release, readsKey, sinceOf } from './releases.ts'

/**
 * Keys of a user's values that the templates of a release do not read: Helm passes over them in silence, and what they were meant to set
 * stays as it was.
 */
export function unreadKeys(values: Mapping, release: Release): readonly Diagnostic[] {
  const keys = keysOf(release.version)
  const found: Diagnostic[] = []
  const search = (map: Mapping, at: readonly string[]): void => {
    for (const [key, { key: span, value }] of map.entries) {
      const path = [...at, key].join('.')
      const isNothing = value.kind === 'scalar' && value.value === null
      if (isNothing || isOfOthers(path, at.length) || readsKey(release, path)) continue
      const isSection = keys.some(each => each.startsWith(`${path}.`))
      if (isSection && value.kind === 'map') search(value, [...at, key])
      if (isSection) continue
      const since = sinceOf(path)
      const meant = since === null ? suggestion(at, key, value, keys) : null
      found.push(diagnostic('unread-key', span, { path, version: release.version, since, meant }))
    }
  }
  search(values, [])
  return found
}

/** Values of parent charts, conditions of dependencies, and what only holds anchors, are for others to read. */
const isOfOthers = (path: string, depth: number): boolean =>
  /^global(?:\.|$)/.test(path) || (depth === 0 && /^(?:enabled$|tags$|x-|[_.])/.test(path))

/** The key that may have been meant: one that is spelled alike beside it, of that name elsewhere, or of the same words. */
function suggestion(at: readonly string[], key: string, value: Tree, keys: readonly string[]): string | null {
  const parent = at.length === 0 ? '' : `${at.join('.')}.`
  const beside = [...new Set(keys.filter(each => each.startsWith(parent)).map(each => stepAfter(each, parent)))]
  const near = nearest(key, beside)
  const isText = value.kind === 'scalar' && String(value.value).includes('\n')
  const elsewhere = keys.filter(each => lastStep(each) === key.toLowerCase())
  return (
    (isText && /conf|content|river/i.test(key) ? 'alloy.configMap.content' : null) ??
    (near === null ? null : `${parent}${near}`) ??
    elsewhere.find(each => /^(?:alloy|controller)\./.test(each)) ??
    elsewhere[0] ??
    ofWords(key, parent, beside)
  )
}

const stepAfter = (key: string, parent: string): string => key.slice(parent.length).split('.')[0] ?? ''

const lastStep = (key: string): string => key.slice(key.lastIndexOf('.') + 1).toLowerCase()

/** The key beside it with the most words of the name, all of which are in the name. */
function ofWords(name: string, parent: string, beside: readonly string[]): string | null {
  const words = new Set(wordsOf(name))
  const alike = beside.filter(each => wordsOf(each).every(word => words.has(word)))
  const [best] = alike.sort((a, b) => wordsOf(b).length - wordsOf(a).length)
  return best === undefined ? null : `${parent}${best}`
}

const wordsOf = (name: string): readonly string[] => name.split(/(?=[A-Z][a-z])|[-_]/).map(word => word.toLowerCase())
