import { type Grant, grantKey } from '../../kubernetes/grant.ts'
import { grantsOf } from '../../kubernetes/rule.ts'
import { implying } from '../../plan/implying.ts'
import { reduceGrants } from '../../plan/reduce.ts'
import { type Installed, titleOf } from './installed.ts'
import { followedBy, storageOf, type Tool, verbsOn } from './tools.ts'

/** A right that an installer needs, and what for. */
export interface Requirement {
  readonly grant: Grant
  /** `install`: to handle an object. `hand-out`: to give it to someone else. `own`: for the tool itself. */
  readonly purpose: 'install' | 'hand-out' | 'own'
  /** The object, or what of the tool. */
  readonly subject: string
}

/** A right of the printed role with all that it is for. */
export interface HeldRight {
  readonly grant: Grant
  readonly requirements: readonly Requirement[]
}

/** Everything that the account of a tool needs to install objects. */
export function requirementsOf(objects: readonly Installed[], tool: Tool, home: string): readonly Requirement[] {
  return [
    ...objects.flatMap(object => [...handling(object, tool), ...handingOut(object)]),
    ...storageOf(tool).flatMap(({ namespace, group, resources, verbs, purpose }) =>
      resources.flatMap(resource =>
        verbs.map((verb): Requirement => {
          const place = namespace === '.' ? home : namespace
          return {
            grant: { kind: 'resource', namespace: place, group, resource, name: null, verb },
            purpose: 'own',
            subject: purpose,
          }
        }),
      ),
    ),
  ]
}

function handling(object: Installed, tool: Tool): readonly Requirement[] {
  const { resource, namespace, name } = object
  const subject = titleOf(object)
  const { named, unnamed } = verbsOn(tool, object)
  const needs = (group: string, plural: string, verb: string, which: string | null): Requirement => ({
    grant: { kind: 'resource', namespace, group, resource: plural, name: which, verb },
    purpose: 'install',
    subject,
  })
  return [
    ...named.map(verb => needs(resource.group, resource.resource, verb, name)),
    ...unnamed.map(verb => needs(resource.group, resource.resource, verb, null)),
    ...followedBy(tool, object).flatMap(each =>
      ['get', 'list', 'watch'].map(verb => needs(each.group, each.resource, verb, null)),
    ),
  ]
}

/** Who makes a role has to hold what it allows, and who makes a binding what the role allows that it names. */
function handingOut(object: Installed): readonly Requirement[] {
  const subject = titleOf(object)
  return object.handed.flatMap(({ rule, namespace }) =>
    grantsOf(rule, namespace).map((grant): Requirement => ({ grant, purpose: 'hand-out', subject })),
  )
}

/** The fewest rights that meet requirements, each with all that it is for: without any one of them something is not met. */
export function heldFor(requirements: readonly Requirement[]): readonly HeldRight[] {
  const kept = reduceGrants(requirements.map(({ grant }) => grant))
  const wider = implying(kept)
  const reasons = new Map(kept.map(grant => [grantKey(grant), [] as Requirement[]]))
  for (const requirement of requirements)
    for (const grant of wider(requirement.grant)) reasons.get(grantKey(grant))?.push(requirement)
  return kept.map(grant => ({ grant, requirements: reasons.get(grantKey(grant)) ?? [] }))
}
