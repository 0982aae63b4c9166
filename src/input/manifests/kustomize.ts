import { baseName } from '../../text/cut.ts'
import type { KubernetesObject } from '../deployment.ts'
import { textOf } from '../detect.ts'
import { isWithin, join, parent } from '../path.ts'
import type { Folder } from '../read-files.ts'
import { itemsAt, type Mapping, type Tree, textAt, textsAt } from '../yaml/tree.ts'

/**
 * The ConfigMaps and Secrets that a `kustomization.yaml` generates out of files beside it. Their names carry no hash yet, as those who
 * name them do not either. Files outside of its folder stay unread, as kustomize itself refuses them.
 */
export function generatedObjects(tree: Tree, folder: Folder): readonly KubernetesObject[] {
  if (tree.kind !== 'map') return []
  return (['ConfigMap', 'Secret'] as const).flatMap(kind =>
    itemsAt(tree, kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator').flatMap(generator => {
      const name = textAt(generator, 'name')
      if (generator.kind !== 'map' || name === null) return []
      return [{ ...generatedObject(tree, generator, folder), kind, name }]
    }),
  )
}

function generatedObject(tree: Mapping, generator: Mapping, folder: Folder): Omit<KubernetesObject, 'kind' | 'name'> {
  const here = parent(tree.span.source.path)
  const files = textsAt(generator, 'files').flatMap(entry => {
    const [, key, file = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(entry) ?? []
    const path = join(here, file)
    const inside = isWithin(folder.real(path), folder.real(here))
    const content = inside ? folder.read(path) : null
    const source = content === null ? null : textOf(path, content).value
    return source ? [[key ?? baseName(path), source] as const] : []
  })
  const namespace = textAt(generator, 'namespace') ?? textAt(tree, 'namespace')
  const span = { ...generator.span, end: generator.span.start + 1 }
  return { apiVersion: 'v1', namespace, tree: generator, span, files: new Map(files) }
}
