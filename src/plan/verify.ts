import { type HeldRule, requestFor, ruleAllows, rulesFor, type User } from '../kubernetes/authorize.ts'
import { anyOf, compareGrants, type Grant, grantKey, grantLine } from '../kubernetes/grant.ts'
import { grantsOf, type RbacObject } from '../kubernetes/rule.ts'
import { implying } from './implying.ts'

/** What printed objects have to keep. */
export interface Obligation {
  readonly user: User
  /** Each of them must be allowed, and nothing but what allows them granted. */
  readonly needs: readonly Grant[]
  /** What is granted on purpose though nothing needs it: exactly this. */
  readonly announced?: readonly Grant[]
}

/** What is wrong with printed objects: each a bug of this program. */
export type Flaw =
  /** Needed, and the authorizer denies it. */
  | { readonly kind: 'denied'; readonly grant: Grant }
  /** Granted, not announced, and no need would be denied without it. */
  | { readonly kind: 'needless'; readonly grant: Grant }
  /** Granted, not announced, and necessary, but it gives more than any need. */
  | { readonly kind: 'wide'; readonly grant: Grant }
  /** Announced, and not granted. */
  | { readonly kind: 'absent'; readonly grant: Grant }

/**
 * Proves that printed objects allow every need, by asking the authorizer about the rules that name its resource; that taking any one
 * grant away denies a need, for it is the only one that implies it, and that none gives more than a need; and that they grant what
 * was announced.
 */
export function verify(objects: readonly RbacObject[], { user, needs, announced = [] }: Obligation): readonly Flaw[] {
  const held = rulesFor(objects, user)
  const granted = new Map<string, Grant>()
  for (const { rule, namespace } of held)
    for (const grant of grantsOf(rule, namespace)) granted.set(grantKey(grant), grant)
  const promised = new Map(announced.map(grant => [grantKey(grant), grant]))

  const flaws: Flaw[] = []
  const necessary = new Set<string>()
  const candidates = byResource(held)
  const ways = implying(granted.values())
  for (const need of needs) {
    const request = requestFor(need)
    if (!candidates(need).some(({ rule }) => ruleAllows(rule, request))) flaws.push({ kind: 'denied', grant: need })
    const own = ways(need)
      .map(grantKey)
      .filter(key => !promised.has(key))
    const [only, ...others] = own
    if (only !== undefined && others.length === 0) necessary.add(only)
  }
  const wanted = implying(needs)
  for (const [key, grant] of granted) {
    if (promised.has(key)) continue
    if (!necessary.has(key)) flaws.push({ kind: 'needless', grant })
    else if (wanted(grant).length === 0) flaws.push({ kind: 'wide', grant })
  }
  for (const [key, grant] of promised) if (!granted.has(key)) flaws.push({ kind: 'absent', grant })
  return flaws.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareGrants(a.grant, b.grant))
}

const kinds: readonly Flaw['kind'][] = ['denied', 'needless', 'wide', 'absent']

/** A flaw as one line. */
export function flawLine({ kind, grant }: Flaw): string {
  const words = {
    denied: 'needed but denied',
    needless: 'granted but not needed',
    wide: 'granted too widely',
    absent: 'announced but not granted',
  }
  return `${words[kind]}: ${grantLine(grant)}`
}

/** Finds the rules that may allow a need, by where they hold, group and resource. */
function byResource(held: readonly HeldRule[]): (need: Grant) => readonly HeldRule[] {
  const rules = new Map<string, HeldRule[]>()
  const add = (key: string, rule: HeldRule): void => {
    const all = rules.get(key)
    if (!all) rules.set(key, [rule])
    else if (all.at(-1) !== rule) all.push(rule)
  }
  for (const each of held) {
    const { apiGroups = [], resources = [], nonResourceURLs = [] } = each.rule
    if (nonResourceURLs.length > 0 && each.namespace === null) add('url', each)
    for (const group of apiGroups) for (const resource of resources) add(key(each.namespace, group, resource), each)
  }
  return need => {
    if (need.kind === 'url') return rules.get('url') ?? []
    const any = anyOf(need.resource)
    const found = new Set<HeldRule>()
    for (const namespace of new Set([null, need.namespace]))
      for (const group of ['*', need.group])
        for (const resource of ['*', need.resource, ...(any === null ? [] : [any])])
          for (const rule of rules.get(key(namespace, group, resource)) ?? []) found.add(rule)
    return [...found]
  }
}

const key = (namespace: string | null, group: string, resource: string): string =>
  JSON.stringify([namespace, group, resource])
