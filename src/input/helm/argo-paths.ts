import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import type { KubernetesObject } from '../deployment.ts'
import { groupOf, qualified, type Stream } from '../manifests/objects.ts'
import { normalize, parent } from '../path.ts'
import { itemsAt, mapAt, type Tree, textAt } from '../yaml/tree.ts'

/**
 * Names the Applications that deploy what the input does not hold: manifests of a path, or what a plugin makes. `paths`: the files of the
 * input; a path that they lie below is read as a part of it, unless Argo CD changes what is there.
 */
export function manifestsElsewhere(stream: Stream, paths: readonly string[]): readonly Diagnostic[] {
  const folders = foldersIn(paths)
  const found = stream.flatMap(object => {
    const unread = sourcesOf(object).filter(source => !isRead(source, folders))
    return unread.length === 0 ? [] : [{ object, label: qualified(object.kind, object.namespace, object.name), unread }]
  })
  const isAlloy = ({ label, unread }: (typeof found)[number]): boolean =>
    [label, ...unread.map(source => textAt(source, 'path') ?? '')].some(text => /alloy|k8s-monitoring/i.test(text))
  return (['warning', 'note'] as const).flatMap(severity => {
    const named = found.filter(each => isAlloy(each) === (severity === 'warning'))
    const [first] = named
    if (first === undefined) return []
    const plugins = named.every(({ unread }) => unread.every(isPlugin))
    const args = {
      objects: named.map(({ label }) => label),
      what: plugins ? 'the output of a plugin' : 'a path of a repository',
    }
    return [diagnostic('manifests-elsewhere', first.object.span, args, { severity })]
  })
}

/** The sources of an Application that are not charts. */
function sourcesOf(object: KubernetesObject): readonly Tree[] {
  if (groupOf(object) !== 'argoproj.io' || !/^Application(?:Set)?$/.test(object.kind)) return []
  const spec = mapAt(object.tree, ...(object.kind === 'Application' ? [] : ['spec', 'template']), 'spec')
  const single = mapAt(spec, 'source')
  return [...(single ? [single] : []), ...itemsAt(spec, 'sources')].filter(
    source => textAt(source, 'chart') === null && (textAt(source, 'path') !== null || isPlugin(source)),
  )
}

const isPlugin = (source: Tree): boolean => mapAt(source, 'plugin') !== null

/** The folders of some files as a path may name them: each run of steps on the way to one. */
function foldersIn(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>()
  for (const folder of new Set(paths.map(path => normalize(parent(path))))) {
    const steps = folder.split('/')
    for (const from of steps.keys())
      for (const to of steps.keys()) if (from <= to) folders.add(steps.slice(from, to + 1).join('/'))
  }
  return folders
}

function isRead(source: Tree, folders: ReadonlySet<string>): boolean {
  if (['plugin', 'kustomize', 'directory'].some(key => mapAt(source, key) !== null)) return false
  const path = normalize(textAt(source, 'path') ?? '.')
  return path === '.' || folders.has(path)
}
