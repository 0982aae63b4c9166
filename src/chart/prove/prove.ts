import { rulesFor, serviceAccount } from '../../kubernetes/authorize.ts'
import { type Grant, uniqueGrants } from '../../kubernetes/grant.ts'
import { rbacObjectOf } from '../../kubernetes/read.ts'
import { grantsOf, type RbacObject } from '../../kubernetes/rule.ts'
import type { Plan } from '../../plan/plan.ts'
import { flawLine, type Obligation as Proof, verify } from '../../plan/verify.ts'
import { canonicalJson, isMap, type JsonMap, mergeMaps } from '../json.ts'
import type { Manifests } from '../manifests.ts'
import { type Nesting, unnestValues } from '../nesting.ts'
import type { PodSettings } from '../pod/settings.ts'
import { isMade, objectsIn } from '../rbac/rbac-values.ts'
import type { Install } from '../release/names.ts'
import { readYaml } from '../release/read-yaml.ts'
import type { Release } from '../release/releases.ts'
import { type Rendering, renderChart } from '../release/render.ts'
import { invariantViolated, provePod } from './prove-pod.ts'

/** What printed values have to keep. */
export interface Obligation {
  readonly release: Release
  readonly plan: Plan
  /** What whole blocks grant on purpose. */
  readonly beyond: readonly Grant[]
  /** Whether the values carry the rules: not when they are manifests, or left out. */
  readonly rules: 'values' | 'elsewhere' | 'left alone'
  /** Null when the values leave the pod alone. */
  readonly pod: PodSettings | null
  readonly nesting: Nesting
  /** The namespace that Alloy runs in, when that is known. */
  readonly namespace: string | null
  readonly user: JsonMap | null
}

/**
 * Proves of printed values, by reading them again, rendering them and asking an authorizer, that they hold what the plan demands
 * and not one grant more: alone, and over the user's own values. Throws an Error: a failure is a bug of this program.
 */
export function proveValues(text: string, obligation: Obligation): void {
  const values = unnestValues(readYaml(text)[0] ?? {}, obligation.nesting)
  if (values === null) throw invariantViolated('they are not a map')
  const layers = obligation.user === null ? [values] : [values, mergeMaps(obligation.user, values)]
  for (const layer of layers) {
    for (const install of installs(obligation)) {
      const rendering = renderChart(obligation.release, layer, install)
      if (rendering.kind === 'broken')
        throw invariantViolated(`chart ${obligation.release.version} does not render with them: ${rendering.because}`)
      if (obligation.rules !== 'left alone') proveRules(rendering, layer, obligation)
      if (obligation.pod !== null) provePod(rendering, obligation.pod, obligation.release)
    }
  }
}

/** Proves the same of printed manifests. */
export function proveManifests(
  text: string,
  plan: Plan,
  { objects }: Manifests,
  as: { readonly name: string; readonly namespace: string },
): void {
  const read = readYaml(text).filter(isMap)
  if (read.length !== objects.length)
    throw invariantViolated(`${objects.length} objects were printed, but ${read.length} were read`)
  const needs = plan.grants.map(({ grant }) => placed(grant, as.namespace))
  prove(rbacObjects(read), { user: serviceAccount(as.namespace, as.name), needs })
}

/** Two installations whose names nothing else has: a name that is in the values literally fits one of them at most. */
function installs({ namespace, plan }: Obligation): readonly Install[] {
  const taken = new Set(plan.grants.flatMap(({ grant }) => (grant.kind === 'url' ? [] : [grant.namespace])))
  const free = (name: string): string => (taken.has(name) ? free(`${name}x`) : name)
  return ['proof', 'other-proof'].map(release => ({ release, namespace: namespace ?? free(`${release}-namespace`) }))
}

type Objects = Extract<Rendering, { readonly kind: 'objects' }>

function proveRules(
  { objects, names, namespace }: Objects,
  layer: JsonMap,
  { plan, beyond, rules, release, user }: Obligation,
): void {
  const needs = rules === 'values' ? plan.grants.map(({ grant }) => placed(grant, namespace)) : []
  const granted = ownGrantsOf(layer, names.release, release, user)
  prove(rbacObjects(objects), {
    user: serviceAccount(namespace, names.serviceAccountName),
    needs,
    announced: [...(rules === 'values' ? beyond : []), ...granted],
  })
}

/** What extra objects of the user's own grant, which stay with whatever that is. */
function ownGrantsOf(layer: JsonMap, install: Install, release: Release, user: JsonMap | null): readonly Grant[] {
  const present = new Set(objectsIn(layer).map(canonicalJson))
  const kept = objectsIn(user ?? {}).filter(each => !isMade(each) && present.has(canonicalJson(each)))
  if (kept.length === 0) return []
  const rendering = renderChart(release, { ...layer, rbac: { create: false }, extraObjects: kept }, install)
  if (rendering.kind === 'broken') return []
  return grantsTo(rbacObjects(rendering.objects), rendering.namespace, rendering.names.serviceAccountName)
}

function prove(objects: readonly RbacObject[], obligation: Proof): void {
  const flaws = verify(objects, obligation)
  if (flaws.length > 0) throw invariantViolated(flaws.slice(0, most).map(flawLine).join('; '))
}

/** How many flaws are named; one bug often makes many. */
const most = 5

/** Everything that the roles give to one account. */
export function grantsTo(objects: readonly RbacObject[], namespace: string, account: string): readonly Grant[] {
  const held = rulesFor(objects, serviceAccount(namespace, account))
  return uniqueGrants(held.flatMap(({ rule, namespace: place }) => grantsOf(rule, place)))
}

/** Those of some objects that RBAC reads. */
export function rbacObjects(objects: readonly JsonMap[]): readonly RbacObject[] {
  return objects.flatMap(object => rbacObjectOf(object) ?? [])
}

function placed(grant: Grant, namespace: string): Grant {
  return grant.kind === 'resource' && grant.namespace === '.' ? { ...grant, namespace } : grant
}
