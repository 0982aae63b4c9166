import { alternatives, unknownsOf } from '../../evaluate/value/contents.ts'
import { fits } from '../../evaluate/value/known.ts'
import type { Truth, Value } from '../../evaluate/value/value.ts'
import { methods } from '../../kubernetes/request-attributes.ts'
import { carriesToken } from '../carries-token.ts'
import type { Facts } from '../map/condition.ts'
import { type Found, lookUp, namesFile } from '../map/lookup.ts'
import type { RequestRule, TargetRequest } from '../map/schema.ts'
import type { Requirement } from '../requirement.ts'
import { type RuleContext, reasonOf } from '../rule-context.ts'
import { noteUnknownArgument } from '../unknown-notes.ts'
import { type Endpoint, endpoints, endpointsOf } from './endpoint.ts'
import { remarksOn } from './remarks-on.ts'
import { type Answer, answerAt } from './server.ts'

/** Finds what the requests of a use need where they carry the service account's token: who answers decides. */
export function needsOfRequest(rule: RequestRule, situation: RuleContext): readonly Requirement[] {
  const { facts } = situation
  const carried = tokenOf(rule, facts)
  if (carried.truth === false) return []
  if (carried.truth === null) noteUnknownArgument(situation.use, carried.open, situation.report)
  const answers = answersOf(rule, facts)
  if (answers.some(({ grants }) => grants.length > 0))
    noteUnknownArgument(situation.use, openArguments([rule.method], facts), situation.report)
  for (const remark of remarksOn(answers, rule, situation)) situation.report(remark)
  return answers.flatMap(answer => {
    if (answer.server === 'kubelet' && answer.class === 'unknown')
      noteUnknownArgument(situation.use, openArguments(placesOf(rule), facts), situation.report)
    const reason = reasonOf(situation, carried.truth === true && answer.certain)
    return answer.grants.map((grant): Requirement => ({ need: { kind: 'grant', grant }, reason }))
  })
}

/** Who answers the requests of a rule, and what each needs that carries the token. */
export function answersOf(rule: RequestRule, facts: Facts): readonly Answer[] {
  return answersAt(endpoints(rule, facts), rule, facts)
}

/** The same for one target, which is given by its labels. */
export function answersOfTarget(rule: TargetRequest, labels: Value, facts: Facts): readonly Answer[] {
  return answersAt(endpointsOf(rule, labels, facts), rule, facts)
}

function answersAt(all: readonly Endpoint[], rule: RequestRule, facts: Facts): readonly Answer[] {
  const methods = methodsOf(rule, facts)
  return all.map(endpoint => answerAt(endpoint, methods, facts.target.kubernetes))
}

/** The arguments that hold where a rule's requests go. */
const placesOf = (rule: RequestRule): readonly (string | undefined)[] =>
  'url' in rule ? [rule.url] : [rule.path, rule.prefix]

/** The arguments at some paths of the rule that are known only at run time. */
const openArguments = (paths: readonly (string | undefined)[], facts: Facts): readonly Found[] =>
  paths
    .flatMap(path => (path === undefined ? [] : lookUp(facts.body, path, facts.defaults).values))
    .filter(({ value }) => unknownsOf(value).length > 0)

/** Whether requests carry the service account's token. */
export interface Carried {
  readonly truth: Truth
  /** The arguments that hold it. */
  readonly by: readonly Found[]
  /** The arguments that leave it open. */
  readonly open: readonly Found[]
}

/** Says whether the requests of a rule carry the service account's token. */
export function tokenOf(rule: RequestRule, facts: Facts): Carried {
  const those = (truth: Truth): readonly Found[] =>
    rule.token.flatMap(path =>
      lookUp(facts.body, path, facts.defaults).values.filter(
        ({ value }) => carriesToken(value, namesFile(path)) === truth,
      ),
    )
  const [by, open] = [those(true), those(null)]
  return by.length > 0 ? { truth: true, by, open: [] } : { truth: open.length > 0 ? null : false, by, open }
}

/** The methods that requests may have. An empty one is GET; one that is not known may be any that resources or URLs are asked with. */
function methodsOf(rule: RequestRule, facts: Facts): readonly [string, ...string[]] {
  const found = rule.method === undefined ? [] : lookUp(facts.body, rule.method, facts.defaults).values
  const [first = 'GET', ...others] = found
    .flatMap(({ value }) => alternatives(value))
    .flatMap(value => {
      if (value.kind === 'string') return [value.value === '' ? 'GET' : value.value]
      if (value.kind === 'pattern') return methods.filter(method => fits(value, method))
      return value.kind === 'unknown' ? methods : []
    })
  return [first, ...others]
}
