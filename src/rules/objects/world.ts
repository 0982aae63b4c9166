import type { ClusterObjects } from '../../input/cluster.ts'
import type { KubernetesObject } from '../../input/deployment.ts'
import { groupOf } from '../../input/manifests/objects.ts'
import type { KnownLabels } from '../../kubernetes/label-selector.ts'
import { labelsIn } from './selector.ts'

/** The objects of a cluster, for the components that read them. */
export interface World extends Pick<ClusterObjects, 'given' | 'complete'> {
  /** The namespace Alloy runs in; null where it is not known. */
  readonly own: string | null
  /** The objects of a kind, each of one identity once or in all the versions that were passed. */
  readonly ofKind: (group: string, kind: string) => readonly KubernetesObject[]
  /** The labels of a namespace; those of one that was not passed are open. */
  readonly labelsOf: (namespace: string) => KnownLabels
  /** The namespaces that were passed; null where none was, so that they are not known. */
  readonly namespaces: readonly string[] | null
}

/** Every namespace has its name as a label. */
export const nameLabel = 'kubernetes.io/metadata.name'

/** The objects of a cluster, for the components that read them. */
export const worldOf = ({ objects, given, complete }: ClusterObjects, own: string | null): World => ({
  ...sorted(objects),
  ...{ given, complete, own },
})

/** Many configurations of one input have one cluster. */
const known = new WeakMap<ClusterObjects['objects'], ReturnType<typeof sortObjects>>()

function sorted(objects: ClusterObjects['objects']): ReturnType<typeof sortObjects> {
  const before = known.get(objects)
  if (before) return before
  const sorted = sortObjects(objects)
  known.set(objects, sorted)
  return sorted
}

function sortObjects(objects: ClusterObjects['objects']): Pick<World, 'ofKind' | 'labelsOf' | 'namespaces'> {
  const byKind = new Map<string, KubernetesObject[]>()
  for (const object of objects) {
    const key = `${groupOf(object)}/${object.kind}`
    const alike = byKind.get(key)
    if (alike) alike.push(object)
    else byKind.set(key, [object])
  }
  const labels = new Map<string, KnownLabels>()
  for (const namespace of byKind.get('/Namespace') ?? []) {
    const known = labelsIn(namespace)
    labels.set(namespace.name, { ...known, labels: new Map([...known.labels, [nameLabel, namespace.name]]) })
  }
  return {
    ofKind: (group, kind) => byKind.get(`${group}/${kind}`) ?? [],
    labelsOf: name => labels.get(name) ?? { labels: new Map([[nameLabel, name]]), open: true },
    namespaces: labels.size === 0 ? null : [...labels.keys()],
  }
}
