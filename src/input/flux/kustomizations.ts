import { outermost } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'
import { find, groupOf, ofKind, type Stream } from '../manifests/objects.ts'
import { parent } from '../path.ts'
import { itemsAt, mapAt, scalarAt, type Tree, textAt } from '../yaml/tree.ts'
import type { Lookup } from './references.ts'

/** What Flux has replaced in the manifests below a path. */
export interface Substitution {
  /** The steps of the path, as seen from the root of the repository. */
  readonly path: readonly string[]
  readonly lookup: Lookup
}

/** The substitutions that the Flux Kustomizations of a stream ask for. */
export function substitutionsOf(stream: Stream): readonly Substitution[] {
  return ofKind(stream, 'Kustomization')
    .filter(object => groupOf(object) === 'kustomize.toolkit.fluxcd.io' && mapAt(object.tree, 'spec', 'postBuild'))
    .map(object => ({ path: steps(textAt(object.tree, 'spec', 'path') ?? '.'), lookup: lookupOf(object, stream) }))
}

/**
 * The substitutions that could reach an object. What the input holds may be a part of the repository: a path counts as far as the two
 * overlap.
 */
export function reachingOf(object: KubernetesObject, all: readonly Substitution[]): readonly Substitution[] {
  const folder = steps(parent(outermost(object.tree.span).source.path))
  return all.filter(({ path }) => overlap(path, folder))
}

/** What some substitutions make of a variable: known where all of them agree. */
export function agreed(substitutions: readonly Substitution[]): Lookup {
  return name => {
    const [first, ...others] = substitutions.map(({ lookup }) => lookup(name))
    return others.every(other => other === first) ? first : undefined
  }
}

const steps = (path: string): readonly string[] => path.split('/').filter(step => step !== '' && step !== '.')

/** Whether a folder may lie at a path or below: it holds all of the path, or begins with the end of it. */
function overlap(path: readonly string[], folder: readonly string[]): boolean {
  if (path.length === 0 || folder.some((_, at) => path.every((step, i) => folder[at + i] === step))) return true
  const from = Math.max(0, path.length - folder.length)
  return path.slice(from).some((_, at, ends) => ends.slice(at).every((step, i) => folder[i] === step))
}

/** Values written in the Kustomization go before those of the ConfigMaps that it names, of which a later one goes before an earlier one. */
function lookupOf({ tree, namespace }: KubernetesObject, stream: Stream): Lookup {
  const build = mapAt(tree, 'spec', 'postBuild')
  const inline = valuesIn(mapAt(build, 'substitute'))
  const sources = itemsAt(build, 'substituteFrom').map(source => {
    if (textAt(source, 'kind') !== 'ConfigMap') return null
    const object = find(stream, 'ConfigMap', namespace, textAt(source, 'name'))
    return object && valuesIn(mapAt(object.tree, 'data'))
  })
  return name => {
    for (const values of [inline, ...sources.reverse()]) {
      // What is not in the input may hold any variable.
      if (values === null) return undefined
      const value = values.get(name)
      // A variable of the value is one that a Kustomization above replaces.
      if (value !== undefined) return value.includes('${') ? undefined : value
    }
    return null
  }
}

function valuesIn(map: Tree | null): ReadonlyMap<string, string> {
  const entries = map?.kind === 'map' ? [...map.entries.keys()] : []
  return new Map(
    entries.flatMap(name => {
      const found = scalarAt(map, name)
      return found === null ? [] : [[name, String(found.value ?? '')] as const]
    }),
  )
}
