import { itemsAt, scalarAt, type Tree, textAt } from '../../input/yaml/tree.ts'
import { type Grant, implies } from '../../kubernetes/grant.ts'
import { kubeletGrants } from '../../kubernetes/kubelet.ts'
import { isTokenFile } from '../../kubernetes/pod/token.ts'
import { unknownPart } from '../../kubernetes/request-attributes.ts'
import type { Facts } from '../map/condition.ts'
import { lookUp } from '../map/lookup.ts'
import type { ObjectsRule, TokenSource } from '../map/objects-schema.ts'
import { counts, placesIn } from './narrow.ts'
import type { Selected, Selection } from './selection.ts'
import { atPath } from './tree-path.ts'

/** A request of an object that may carry the token. */
export interface SentToken extends Selected {
  /** `unknownPart` where any may be asked. */
  readonly path: string
}

/** The requests by which objects send the mounted token over TLS. Who answers them, the cluster knows. */
export function sentTokens(rule: ObjectsRule, { selected }: Selection, facts: Facts): readonly SentToken[] {
  const { token } = rule
  if (token === undefined) return []
  const isOpen = lookUp(facts.body, token.rules).blocks.length > 0
  return selected.flatMap(each =>
    counts(rule, each.object)
      ? placesIn(rule, each.object).flatMap(place => {
          const path = pathOf(place, token, isOpen)
          return path === null ? [] : [{ ...each, path }]
        })
      : [],
  )
}

/** The path that is asked with the token; null where it is not sent, or not over TLS. */
function pathOf(place: Tree, { file, scheme, path, relabelings }: TokenSource, isOpen: boolean): string | null {
  const named = atPath(place, file)
  if (!named.some(each => each.kind === 'scalar' && mayBeToken(String(each.value)))) return null
  const isFree = isOpen || itemsAt(place, relabelings).some(mayLeadElsewhere)
  if (isFree) return unknownPart
  const over = scalarAt(place, scheme)?.value ?? 'http'
  if (typeof over === 'string' && /^(?:http|)$/i.test(over)) return null
  const asked = scalarAt(place, path)?.value
  if (asked === undefined || asked === null || asked === '') return '/metrics'
  return typeof asked === 'string' && !isUnknown(asked) ? asked : unknownPart
}

const mayBeToken = (file: string): boolean => isTokenFile(file) || isUnknown(file)

/** A variable or a template action. */
const isUnknown = (text: string): boolean => text.includes('${') || text.includes('{{')

/** Says whether a rule of relabeling may write a label that decides the request. */
function mayLeadElsewhere(rule: Tree): boolean {
  const target = textAt(rule, 'targetLabel')
  return target === null ? textAt(rule, 'action')?.toLowerCase() !== 'keep' : /^__(?!tmp_)|\$/.test(target)
}

/** Says whether a request may need a grant, no matter who answers it. */
export function mayNeed({ path }: SentToken, grant: Grant, kubernetes: string): boolean {
  if (grant.kind === 'url') return path === unknownPart || path === grant.url
  return kubeletGrants({ path, method: 'GET' }, kubernetes).some(each => implies(grant, each))
}
