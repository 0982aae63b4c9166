import { identical } from '../../evaluate/value/equality.ts'
import { and } from '../../evaluate/value/truth.ts'
import type { Truth, Unknown, UnknownCause, Value } from '../../evaluate/value/value.ts'
import { type Target as Labels, literal, oneOf, textsAt } from '../../relabel/label-text.ts'
import { ruleOf } from '../../relabel/partial-rule.ts'
import type { PartlyRelabeled } from '../../relabel/relabel-partial.ts'
import { targetOf, trace } from '../../relabel/targets.ts'
import { required } from '../../required.ts'
import type { BlockArguments, Use } from '../../resolve/use.ts'
import { type Derivation, factsOf, targetsPath } from '../../rules/derive.ts'
import { type Facts, judge } from '../../rules/map/condition.ts'
import { lookUp } from '../../rules/map/lookup.ts'
import type { RequestRule, TargetRequest } from '../../rules/map/schema.ts'
import { answersOf, answersOfTarget, type Carried, tokenOf } from '../../rules/requests/request.ts'
import type { Answer } from '../../rules/requests/server.ts'
import { targetsAt } from '../../rules/scope.ts'
import type { Span } from '../../source.ts'
import { liesIn } from '../../version.ts'

/** Where a target, or a shape that any number of targets have, comes from. */
export type TargetSource =
  /** A component exports it; there may be any number of them. */
  | { readonly kind: 'component'; readonly use: Use }
  /** The configuration lists it. */
  | { readonly kind: 'written'; readonly span: Span }
  /** Known only at run time. */
  | { readonly kind: 'unknown'; readonly span: Span; readonly because: UnknownCause }

/** A target after one rule. */
export interface RuleTrace {
  readonly block: BlockArguments
  /** False: the rule drops the target. Null: perhaps. */
  readonly verdict: Truth
  /** The labels that it decides by, as they were before; null where these are not known. Empty for a rule that drops nothing. */
  readonly read: ReadonlyMap<string, Value>
  /** The labels that this rule may have changed, as they are now; one that is gone is an empty text. */
  readonly changed: ReadonlyMap<string, Value>
  /** From here on there may be labels that are not listed. */
  readonly opened: boolean
}

/** A target in one relabeling component. */
export interface RelabelTrace {
  readonly use: Use
  readonly rules: readonly RuleTrace[]
}

/** One request of a use, with what answers it. */
export interface RequestTrace {
  /** `prometheus.scrape#scrape` */
  readonly rule: string
  readonly token: Carried
  readonly answer: Answer
}

/** A target on its way from where it comes from to what is asked of it. */
export interface TargetTrace {
  readonly source: TargetSource
  /** The labels at the start. */
  readonly labels: Value
  readonly steps: readonly RelabelTrace[]
  readonly kept: Truth
  /** Empty for a target that is dropped, has no address, or is not asked. */
  readonly requests: readonly RequestTrace[]
}

/** What becomes of the targets and requests of one use. */
export interface UseTrace {
  readonly use: Use
  readonly targets: readonly TargetTrace[]
  /** Requests that go to a URL, not to targets. */
  readonly requests: readonly RequestTrace[]
}

interface Asking<R extends RequestRule> {
  readonly name: string
  readonly rule: R
}

/** Follows the targets of a use back to their sources, and forth again rule by rule. */
export function traceUse(use: Use, uses: readonly Use[], derivation: Derivation): UseTrace {
  const rules = derivation.rulesOf(use.component)
  if (!rules) return { use, targets: [], requests: [] }
  const facts = factsOf(use, rules, derivation)
  const asking = Object.entries(rules.requests ?? {})
    .filter(([, rule]) => liesIn(derivation.target.alloy, rule) && judgeable(rule.when, facts))
    .map(([id, rule]) => ({ name: `${use.component}#${id}`, rule }))
  const ofTargets = asking.flatMap(({ name, rule }): readonly Asking<TargetRequest>[] =>
    'url' in rule ? [] : [{ name, rule }],
  )
  const grants = Object.values(rules.grants ?? {})
  const followed = [
    ...ofTargets.map(({ rule }) => rule.targets),
    ...grants.map(({ scope, allow }) => targetsPath(scope ?? rules.scope) ?? targetsPath(allow.names)),
  ]
  const paths = [...new Set(followed.filter(path => typeof path === 'string'))]
  const following: Following = { use, uses, derivation, facts }
  const targets = paths.flatMap(path => {
    const own = ofTargets.filter(({ rule }) => rule.targets === path)
    return [
      ...targetsAt(path, facts).map(({ labels }) => traceTarget(labels, path, own, following)),
      ...droppedAt(path, facts).map(labels => traceTarget(labels, path, [], following)),
    ]
  })
  const plain = asking.filter(({ rule }) => 'url' in rule)
  return { use, targets, requests: plain.flatMap(each => asked(each, answersOf(each.rule, facts), facts)) }
}

const judgeable = (when: RequestRule['when'], facts: Facts): boolean => judge(when, facts).truth !== false

function droppedAt(path: string, facts: Facts): readonly Value[] {
  const inside = (value: Value): readonly Value[] => {
    if (value.kind === 'array') return value.dropped ?? []
    return value.kind === 'unknown' ? (value.candidates ?? []).flatMap(inside) : []
  }
  return lookUp(facts.body, path, facts.defaults).values.flatMap(({ value }) => inside(value))
}

const asked = (
  { name, rule }: Asking<RequestRule>,
  answers: readonly Answer[],
  facts: Facts,
): readonly RequestTrace[] => answers.map(answer => ({ rule: name, token: tokenOf(rule, facts), answer }))

interface Following {
  readonly use: Use
  readonly uses: readonly Use[]
  readonly derivation: Derivation
  readonly facts: Facts
}

function traceTarget(
  last: Value,
  path: string,
  asking: readonly Asking<TargetRequest>[],
  following: Following,
): TargetTrace {
  const { use, uses, derivation, facts } = following
  const passed: Use[] = []
  let first = last
  while (first.kind === 'object' && first.provenance && first.provenance.before !== null) {
    const { by, before } = first.provenance
    const maker = uses.find(each => each === by)
    passed.unshift(required(maker, 'the use that relabeled a target'))
    first = before
  }
  const steps: RelabelTrace[] = []
  let kept: Truth = true
  let labels = first
  for (const each of passed) {
    const through = traceRules(labels, each, derivation)
    steps.push({ use: each, rules: through.rules })
    kept = and(kept, through.kept)
    labels = through.labels
  }
  const [nearest] = passed
  const span = nearest ? relabeledAt(nearest, derivation) : argumentAt(use, path)
  const requests = asking.flatMap(each => asked(each, answersOfTarget(each.rule, last, facts), facts))
  return { source: sourceOf(first, span, uses), labels: first, steps, kept, requests }
}

/** Where a use is given what is at a path. */
const argumentAt = ({ arguments: body, block }: Use, path: string): Span =>
  lookUp(body, path).values.find(({ argument }) => argument !== null)?.argument?.valueSpan ?? block.header

/** Where a relabeling component is given its targets. */
function relabeledAt(use: Use, derivation: Derivation): Span {
  const rule = relabelRulesOf(use, derivation)[0]
  return rule ? argumentAt(use, rule.targets) : use.block.header
}

function sourceOf(first: Value, span: Span, uses: readonly Use[]): TargetSource {
  if (first.kind === 'unknown') return { kind: 'unknown', span: first.origin, because: first.because }
  const by = first.kind === 'object' ? first.provenance?.by : undefined
  const use = uses.find(each => each === by)
  return use ? { kind: 'component', use } : { kind: 'written', span }
}

function traceRules(
  before: Value,
  use: Use,
  derivation: Derivation,
): { readonly rules: readonly RuleTrace[]; readonly kept: Truth; readonly labels: Value } {
  const blocks = rulesIn(use, derivation)
  const unknownText: Unknown = {
    kind: 'unknown',
    because: 'export',
    origin: use.block.header,
    name: null,
    type: 'string',
  }
  const rules: RuleTrace[] = []
  let labels = targetOf(before)
  const after = (at: number, { target }: PartlyRelabeled, verdict: Truth): void => {
    const block = required(blocks[at], 'the block of a rule')
    const read = verdict === true ? new Map<string, Value>() : readBy(block, labels, unknownText)
    rules.push({ block, verdict, read, changed: changes(labels, target), opened: target.open && !labels.open })
    labels = target
  }
  const bodies = blocks.map(({ body }) => body)
  const { kept, target } = trace(before, bodies, { unknownText, trace: after })
  return { rules, kept, labels: target }
}

/** The labels that a rule keeps or drops by. */
function readBy({ body }: BlockArguments, labels: Labels, unknownText: Unknown): ReadonlyMap<string, Value> {
  const rule = ruleOf(body)
  const compared = rule?.action.endsWith('equal') ? [literal(rule.targetLabel)] : []
  const names = [...(rule?.sourceLabels ?? []), ...compared].filter(name => name !== null)
  return new Map(names.map(name => [name, oneOf(textsAt(labels, name, unknownText), unknownText.origin)]))
}

function changes(before: Labels, after: Labels): ReadonlyMap<string, Value> {
  const changed = [...after.entries].filter(([name, value]) => !isSame(before.entries.get(name), value))
  const gone = [...before.entries.keys()].filter(name => !after.entries.has(name))
  return new Map([...changed, ...gone.map((name): [string, Value] => [name, { kind: 'string', value: '' }])])
}

const isSame = (before: Value | undefined, after: Value): boolean => before !== undefined && identical(before, after)

/** The rule blocks of a relabeling component, in order. */
const rulesIn = (use: Use, derivation: Derivation): readonly BlockArguments[] =>
  relabelRulesOf(use, derivation).flatMap(({ rules }) => lookUp(use.arguments, rules).blocks)

/** The paths of the targets and rules that a component exports relabeled. */
function relabelRulesOf(
  use: Use,
  derivation: Derivation,
): readonly { readonly targets: string; readonly rules: string }[] {
  const exported = Object.values(derivation.rulesOf(use.component)?.exports ?? {})
  return exported.flatMap(rule => ('relabel' in rule ? [rule.relabel] : []))
}
