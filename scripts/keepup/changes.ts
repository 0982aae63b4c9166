import type { Citation } from '../citations.ts'
import { passagesOf } from '../citations.ts'
import type { Unread } from '../readings.ts'
import type { Clone } from './clone.ts'

/** A file that is to be read again, and how it differs. */
export interface ChangedFile {
  readonly path: string
  readonly diff: string
}

/** The names that a folder of Alloy takes in its blocks, and that came or went. */
export interface ChangedArguments {
  readonly folder: string
  readonly gained: readonly string[]
  readonly lost: readonly string[]
}

const components = 'internal/component'

/** Arguments and blocks that came and went between two tags, by folder: what the tags of argument structs say. */
export function changedArguments(alloy: Clone, from: string, to: string): readonly ChangedArguments[] {
  const [before, after] = [from, to].map(tag => argumentsAt(alloy, tag))
  const folders = [...new Set([...before!.keys(), ...after!.keys()])].sort()
  return folders.flatMap(folder => {
    const [had, has] = [before!, after!].map(each => each.get(folder) ?? new Set<string>())
    const gained = [...has!].filter(name => !had!.has(name)).sort()
    const lost = [...had!].filter(name => !has!.has(name)).sort()
    return gained.length + lost.length === 0 ? [] : [{ folder, gained, lost }]
  })
}

function argumentsAt(alloy: Clone, tag: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const line of alloy.grep('alloy:"', tag, components)) {
    const [, path, name, kind] = line.match(/^([^:]+):.*`alloy:"([\w.]+),(attr|block|enum)/) ?? []
    if (path === undefined || name === undefined || path.endsWith('_test.go')) continue
    const folder = path.slice(components.length + 1, path.lastIndexOf('/'))
    const names = found.get(folder) ?? new Set()
    names.add(kind === 'attr' ? name : `${name} { }`)
    found.set(folder, names)
  }
  return found
}

/** Templates and defaults of the chart that differ between two tags of it. */
export function changedChart(alloy: Clone, from: string, to: string): readonly ChangedFile[] {
  const folder = 'operations/helm/charts/alloy'
  return alloy
    .changed(from, to, folder)
    .filter(path => /\/(templates\/.*|values\.yaml|Chart\.yaml|config\/.*)$/.test(path) && !/\/(ci|tests)\//.test(path))
    .map(path => ({ path, diff: alloy.diff(from, to, path) }))
}

/** The difference of the file that a fact was read in; empty where no clone has both versions. */
export function diffOf({ component, key }: Unread, citations: readonly Citation[], at: Comparison): string {
  const citation = citations.find(each => each.component === component && each.key === key)!
  const { tag, path } = passagesOf(citation).at(-1)!
  const other = at.clones.get(citation.repository)
  const target = at.targets.get(citation.repository)
  if (!other || !target || !other.has(tag) || !other.has(target)) return ''
  return other.diff(tag, target, path)
}

/** What is compared, by repository. */
export interface Comparison {
  readonly clones: ReadonlyMap<string, Clone>
  /** The tags that are read now. */
  readonly targets: ReadonlyMap<string, string>
}

/** Resources of a discovery document that the table lacks: `group/resource`, the core group without a name. */
export function newResources(discovery: unknown, known: ReadonlySet<string>): readonly string[] {
  return [...new Set(listsIn(discovery).flatMap(namesIn))].filter(name => !known.has(name)).sort()
}

/** What `kubectl get --raw /api/v1` and `/apis/GROUP/VERSION` print, one such document or an array of them. */
interface ResourceList {
  readonly groupVersion: string
  readonly resources: readonly { readonly name: string; readonly group?: string }[]
}

function listsIn(part: unknown): readonly ResourceList[] {
  if (part === null || typeof part !== 'object') return []
  if (Array.isArray(part)) return part.flatMap(listsIn)
  const { groupVersion, resources } = part as Partial<ResourceList>
  if (typeof groupVersion === 'string' && Array.isArray(resources)) return [part as ResourceList]
  return Object.values(part).flatMap(listsIn)
}

function namesIn({ groupVersion, resources }: ResourceList): readonly string[] {
  const group = groupVersion.includes('/') ? groupVersion.slice(0, groupVersion.indexOf('/')) : ''
  return resources.map(({ name }) => (group === '' ? name : `${group}/${name}`))
}
