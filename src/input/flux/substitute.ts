import type { Source } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'
import { objectOf } from '../manifests/objects.ts'
import { readYaml } from '../yaml/parse-yaml.ts'
import type { Scalar, Tree } from '../yaml/tree.ts'
import type { Substituted } from './references.ts'

/** Replaces what it knows in one text; null where there is nothing to replace. */
export type Replace = (text: string) => Substituted | null

/** Replaces the variables of an object as Flux does before it applies it; the same object where it has none. */
export function substituteObject(object: KubernetesObject, replace: Replace): KubernetesObject {
  const tree = substituteTree(object.tree, replace)
  const files = object.files && new Map([...object.files].map(([path, file]) => [path, substituteFile(file, replace)]))
  if (tree.kind !== 'map' || (tree === object.tree && files === undefined)) return object
  const made = objectOf(tree, object.apiVersion, object.kind)
  // What kustomize generates has its name and namespace from elsewhere than its text.
  return files ? { ...object, files } : { ...made, name: made.name === '' ? object.name : made.name }
}

function substituteFile(source: Source, replace: Replace): Source {
  const made = replace(source.text)
  if (made === null) return source
  const { text, variables, offset } = made
  return { path: source.path, text, outer: { source, offset }, variables, written: source }
}

/** The same of one value. */
export function substituteTree(tree: Tree, replace: Replace): Tree {
  switch (tree.kind) {
    case 'scalar':
      return substituteScalar(tree, replace)
    case 'list': {
      const items = tree.items.map(item => substituteTree(item, replace))
      return items.every((item, at) => item === tree.items[at]) ? tree : { ...tree, items }
    }
    default: {
      const entries = [...tree.entries].map(([key, entry]) => {
        const value = substituteTree(entry.value, replace)
        return [key, value === entry.value ? entry : { ...entry, value }] as const
      })
      return entries.every(([key, entry]) => entry === tree.entries.get(key))
        ? tree
        : { ...tree, entries: new Map(entries) }
    }
  }
}

function substituteScalar(scalar: Scalar, replace: Replace): Scalar {
  const made = typeof scalar.value === 'string' ? replace(scalar.value) : null
  if (made === null) return scalar
  const { text, variables, offset } = made
  const written = { value: scalar.value, offset }
  return { ...scalar, value: variables.length > 0 ? text : typed(text), written, variables }
}

/** Flux writes the value without quotes, and reads the document again: a number or a boolean becomes one. */
function typed(text: string): Scalar['value'] {
  if (text.includes('\n')) return text
  const [read] = readYaml({ path: '', text }).value
  return read?.kind === 'scalar' ? read.value : text
}
