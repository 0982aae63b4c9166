import type { Holdings } from '../../access/holdings.ts'
import type { Release } from '../../chart/release/releases.ts'
import type { Label } from '../../diagnostic/diagnostic.ts'
import type { Configuration } from '../../input/configuration.ts'
import { data, itemsAt } from '../../input/yaml/tree.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import type { Plan } from '../../plan/plan.ts'
import { privilegeLine } from '../../plan/privilege.ts'
import type { Certainty, Reason } from '../../rules/requirement.ts'
import { heldGaps } from '../check/pod/pod.ts'
import { runningPod } from '../check/pod/running.ts'
import { accessOf, doubtSpan, heldRules, type Origin, rendered } from '../check/rights/granted.ts'
import { usableGrants } from '../check/rights/grants.ts'
import type { Aspect } from './comparison.ts'

/** One thing that a side asks for or grants. */
export interface Item {
  readonly aspect: Aspect
  readonly thing: Thing
  readonly certainty: Certainty
  readonly places: readonly Label[]
}

/** A right, a privilege, or what is granted and cannot be seen: a role that is not in the input. */
export type Thing =
  | { readonly kind: 'access'; readonly grant: Grant }
  | { readonly kind: 'privilege'; readonly line: string }
  | { readonly kind: 'unseen'; readonly line: string; readonly key: string }

/** One configuration with its plan, and what it was made for. */
export interface Examined {
  readonly configuration: Configuration
  readonly plan: Plan
  readonly release: Release
  readonly kubernetes: string
}

/** Everything that a configuration asks for and its deployment grants. Alloy files alone deploy nothing: what they get is not theirs. */
export function itemsOf(examined: Examined): readonly Item[] {
  const { configuration } = examined
  const isDeployed = configuration.deployment !== null || configuration.values !== null
  return [...neededItems(examined.plan), ...(isDeployed ? grantedItems(examined) : [])]
}

function neededItems({ grants, privileges }: Plan): readonly Item[] {
  return [
    ...grants.map(
      ({ grant, certainty, reasons }): Item => ({
        aspect: 'needed',
        thing: { kind: 'access', grant },
        certainty,
        places: placesOf(reasons),
      }),
    ),
    ...privileges.map(
      ({ privilege, certainty, reasons }): Item => ({
        aspect: 'needed',
        thing: { kind: 'privilege', line: privilegeLine(privilege) },
        certainty,
        places: placesOf(reasons),
      }),
    ),
  ]
}

const placesOf = (reasons: readonly Reason[]): readonly Label[] =>
  reasons.map(({ component, span }) => ({ span, text: component }))

function grantedItems({ configuration, release, kubernetes }: Examined): readonly Item[] {
  const rendering = configuration.deployment === null ? rendered(configuration, release) : null
  const access = accessOf(configuration, rendering, kubernetes)
  const running = runningPod(configuration, rendering, { release, kubernetes })
  const opaque = rendering?.kind === 'objects' ? rendering.opaque : []
  return [
    ...heldRules(access, configuration, release)
      .filter(({ builtIn }) => !builtIn)
      .flatMap(({ rule, namespace, title, span }) =>
        usableGrants({ rule, namespace }).map(
          (grant): Item => granted({ kind: 'access', grant }, { span, text: title }),
        ),
      ),
    ...unseenItems(access, configuration),
    ...unrenderedItems(configuration, opaque),
    ...(running === null
      ? []
      : [
          ...heldGaps(running).map(({ line, field, container }) =>
            granted(
              { kind: 'privilege', line },
              {
                span: running.placeOf(field, container),
                text: container === undefined ? 'the pod' : `the container ${container}`,
              },
            ),
          ),
          ...(running.token.mounted
            ? [granted({ kind: 'privilege', line: 'pod token' }, { span: running.token.span, text: 'the pod' })]
            : []),
        ]),
  ]
}

const granted = (thing: Thing, place: Label): Item => ({
  aspect: 'granted',
  thing,
  certainty: 'certain',
  places: [place],
})

/** What bindings give without saying what it is. */
function unseenItems(access: Holdings<Origin>, configuration: Configuration): readonly Item[] {
  return access.doubts.map(doubt => {
    const { binding, namespace } = doubt
    const { kind, name } = binding.roleRef
    const words = {
      absent: `everything that the ${kind} ${name} allows, which is not in the input`,
      gathers: `everything that the ${kind} ${name} gathers from other roles of the cluster`,
      large: `everything that the ${kind} ${name} allows, which is too much to list`,
      namespace: `what ${binding.kind} ${binding.name} gives to the account, if Alloy runs in ${namespace ?? ''}`,
    }
    const line = words[doubt.kind]
    const span = doubtSpan(doubt, configuration)
    return granted({ kind: 'unseen', line, key: line }, { span, text: `${binding.kind}/${binding.name}` })
  })
}

/** Objects of the values whose text is a template: the same text is the same object. */
function unrenderedItems({ values, span }: Configuration, opaque: readonly number[]): readonly Item[] {
  const extra = itemsAt(values?.chart ?? null, 'extraObjects')
  return opaque.map(at => {
    const line = `whatever extraObjects[${at}] allows, which only Helm can render`
    const object = extra[at]
    const key = object === undefined ? line : JSON.stringify(data(object))
    return granted({ kind: 'unseen', line, key }, { span: object?.span ?? span, text: `extraObjects[${at}]` })
  })
}
