import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { unusedOption } from '../../diagnostic/unused-option.ts'
import type { KubernetesObject } from '../deployment.ts'
import { groupOf, ofKind, qualified, type Stream } from '../manifests/objects.ts'
import { podTemplateOf } from '../manifests/pods.ts'
import { itemsAt, mapAt, type Scalar, type Tree, textAt } from '../yaml/tree.ts'
import { agreed, reachingOf, substitutionsOf } from './kustomizations.ts'
import { hasEscape, type Lookup, substituteText } from './references.ts'
import { substituteObject } from './substitute.ts'

/**
 * Replaces `${NAME}` in the objects that Flux would: all of them where the input holds a Kustomization that substitutes, or the user gives
 * values; else HelmReleases and their values, for the Kustomization that applies them may be elsewhere. What is not known stays, and is
 * marked as such.
 */
export function substituted(stream: Stream, given: ReadonlyMap<string, string>): Outcome<Stream> {
  const substitutions = substitutionsOf(stream)
  const values = new Set(ofKind(stream, 'HelmRelease').flatMap(valuesOf))
  const asked = new Set<string>()
  const diagnostics: Diagnostic[] = []
  const value = stream.map(object => {
    const reaching = reachingOf(object, substitutions)
    const isCertain = reaching.length > 0 || given.size > 0
    const mayBe = isHelmRelease(object) || values.has(object.name) || substitutions.length > 0
    if (isExempt(object) || !(isCertain || mayBe)) return object
    const known = agreed(reaching)
    const lookup: Lookup = name => {
      // No variable of Flux is called so.
      if (/^\d/.test(name)) return isCertain ? null : undefined
      asked.add(name)
      return given.get(name) ?? known(name)
    }
    const unescapes = isCertain || textsIn(object.tree).some(each => hasEscape(String(each.value)))
    const made = substituteObject(object, text => substituteText(text, lookup, unescapes))
    const left = isNoted(made) ? settingsLeft(made.tree) : []
    if (left.length > 0) {
      const args = { object: qualified(made.kind, made.namespace, made.name), names: left }
      diagnostics.push(diagnostic('variables-unknown', object.span, args))
    }
    return made
  })
  for (const name of given.keys()) {
    if (asked.has(name)) continue
    diagnostics.push(unusedOption('substitute', name, `nothing refers to \${${name}}`, [...asked]))
  }
  return { value, diagnostics }
}

const isHelmRelease = (object: KubernetesObject): boolean =>
  object.kind === 'HelmRelease' && groupOf(object) === 'helm.toolkit.fluxcd.io'

/** The names of objects that hold values of a release. */
const valuesOf = ({ tree }: KubernetesObject): readonly string[] =>
  itemsAt(tree, 'spec', 'valuesFrom').flatMap(each => textAt(each, 'name') ?? [])

/** Objects may say that they are to stay as they are. */
const isExempt = ({ tree }: KubernetesObject): boolean =>
  ['labels', 'annotations'].some(
    key => textAt(mapAt(tree, 'metadata', key), 'kustomize.toolkit.fluxcd.io/substitute') === 'disabled',
  )

/** Objects whose settings decide what Alloy may do. */
const isNoted = (object: KubernetesObject): boolean =>
  isHelmRelease(object) || /^(?:Cluster)?Role(?:Binding)?$/.test(object.kind) || podTemplateOf(object) !== null

/** The variables that are left in settings. Those in a configuration are named where they matter. */
const settingsLeft = (tree: Tree): readonly string[] => [
  ...new Set(
    textsIn(tree)
      .filter(({ value }) => !String(value).includes('\n'))
      .flatMap(({ variables = [] }) => variables.map(({ name }) => name)),
  ),
]

function textsIn(tree: Tree): readonly Scalar[] {
  if (tree.kind === 'scalar') return typeof tree.value === 'string' ? [tree] : []
  if (tree.kind === 'list') return tree.items.flatMap(textsIn)
  return [...tree.entries.values()].flatMap(({ value }) => textsIn(value))
}
