import type { Value } from '../evaluate/value/value.ts'
import { grantLines } from '../kubernetes/grant.ts'
import { unknownPart } from '../kubernetes/request-attributes.ts'
import { privilegeLine } from '../plan/privilege.ts'
import { type Text, textsOf } from '../relabel/label-text.ts'
import { type PartialRule, ruleOf } from '../relabel/partial-rule.ts'
import type {
  RelabelTrace,
  RequestTrace,
  RuleTrace,
  TargetSource,
  TargetTrace,
  UseTrace,
} from '../reports/explain/trace.ts'
import type { Requirement } from '../rules/requirement.ts'
import { confidential, textsIn } from '../secrets/confidential.ts'
import { isSecretLabel, maskedValue } from '../secrets/mask-alloy.ts'
import { type Hidden, type Hide, hiderOf } from '../secrets/redact.ts'
import type { Span } from '../source.ts'
import { compareText } from '../text/compare-text.ts'
import { type Place, placeOf } from './places.ts'

/** Stands for what is known only at run time. */
const open = '…'

/** A label as it may be shown: what it may hold, its secrets blanked. */
export interface ShownLabel {
  readonly name: string
  /** `known`: one text; `pattern`: a text of known and unknown parts; `several`: one of some; `absent`: there is none. */
  readonly state: 'known' | 'pattern' | 'unknown' | 'several' | 'absent'
  /** Unknown parts are `…`, an absent label is the empty text. */
  readonly values: readonly string[]
}

/** One rule, and what it did to the target. */
export interface ShownRule extends Place {
  /** Its place among the component's rules, from 1. */
  readonly rule: number
  /** What the rule does, in one line. */
  readonly does: string
  /** What it decides by. */
  readonly reads: readonly ShownLabel[]
  /** Labels that may have changed, as they are now. */
  readonly changed: readonly ShownLabel[]
  /** True: dropped here. Null: perhaps dropped here. */
  readonly dropped: boolean | null
  /** From here on there may be labels that are not listed. */
  readonly opened: boolean
}

/** A relabeling component, and its rules as far as the target gets. */
export interface ShownStep extends Place {
  readonly component: string
  readonly rules: readonly ShownRule[]
}

/** One request, what it is, and what it needs. */
export interface ShownRequest {
  /** Scheme, host and path; unknown parts are `…`. */
  readonly url: string
  readonly class: string
  /** Null: perhaps. */
  readonly token: boolean | null
  /** Grant lines. */
  readonly needs: readonly string[]
}

/** Where a target comes from. */
export interface ShownSource extends Place {
  readonly kind: TargetSource['kind']
  readonly component: string | null
}

/** A target, or a shape that any number have, on its way to what is asked of it. */
export interface ShownTarget {
  readonly source: ShownSource
  readonly labels: readonly ShownLabel[]
  /** There may be labels that are not listed. */
  readonly open: boolean
  readonly steps: readonly ShownStep[]
  /** False: dropped. Null: perhaps. */
  readonly kept: boolean | null
  readonly requests: readonly ShownRequest[]
}

/** One use of a component: its targets' way through the rules, what it asks whom, what that needs. */
export interface ShownUse extends Place {
  readonly component: string
  readonly targets: readonly ShownTarget[]
  /** Requests that go to a URL, not to targets. */
  readonly requests: readonly ShownRequest[]
  /** Everything that the use needs, as lines. */
  readonly needs: readonly string[]
}

/** What can be shown of a use. Both formats print this and nothing else, so that a secret has one gate. */
export function shownUse(
  { use, targets, requests }: UseTrace,
  requirements: readonly Requirement[],
  hidden: Hidden,
): ShownUse {
  const hiding = hiderOf(hidden)
  const hide = hiding([])
  const own = requirements.filter(({ reason, elsewhere }) => reason.component === use.id && !elsewhere)
  return {
    component: use.id,
    ...placeOf(use.block.header),
    targets: targets.map(each => shownTarget(each, hiding, hidden.confidential.texts)),
    requests: requests.map(each => shownRequest(each, hide)),
    needs: needLines(own),
  }
}

function needLines(requirements: readonly Requirement[]): readonly string[] {
  const certain = new Set<string>()
  for (const { need, reason } of requirements)
    if (need.kind === 'grant' && reason.certainty === 'certain') certain.add(JSON.stringify(need.grant))
  const grants = requirements.flatMap(({ need }) => (need.kind === 'grant' ? [need.grant] : []))
  const privileges = requirements.flatMap(({ need }) =>
    need.kind === 'privilege' ? [privilegeLine(need.privilege)] : [],
  )
  return [...grantLines(grants, grant => !certain.has(JSON.stringify(grant))), ...new Set(privileges)]
}

function shownTarget(target: TargetTrace, hiding: ReturnType<typeof hiderOf>, given: ReadonlySet<string>): ShownTarget {
  const { source, labels, steps, kept, requests } = target
  const hide = hiding(secretsOf(target, given))
  // Whom the target makes a component ask is the answer, though the surroundings may have given it.
  const hideInUrl = hiding(secretsOf(target, []))
  const component = source.kind === 'component' ? source.use.id : null
  const span: Span = source.kind === 'component' ? source.use.block.header : source.span
  return {
    source: { kind: source.kind, component, ...placeOf(span) },
    labels: labels.kind === 'object' ? shownLabels(labels.entries, hide).filter(({ state }) => state !== 'absent') : [],
    open: labels.kind !== 'object' || labels.open,
    steps: steps.map(each => shownStep(each, hide)),
    kept,
    requests: requests.map(each => shownRequest(each, hideInUrl)),
  }
}

/** The texts not to be seen of a target: those given, the values of labels that sound like secrets, and what rules make of either. */
function secretsOf({ labels, steps }: TargetTrace, given: Iterable<string>): ReadonlySet<string> {
  const { texts, add, derive } = confidential(given)
  const now = new Map(labels.kind === 'object' ? labels.entries : [])
  const note = (name: string, value: Value): void => {
    now.set(name, value)
    if (isSecretLabel(name)) textsIn(value).forEach(add)
  }
  for (const [name, value] of now) note(name, value)
  for (const { block, changed } of steps.flatMap(({ rules }) => rules)) {
    const from = (ruleOf(block.body)?.sourceLabels ?? []).flatMap(name => now.get(name) ?? [])
    for (const [name, value] of changed) {
      derive(from, value)
      note(name, value)
    }
  }
  return texts
}

function shownStep({ use, rules }: RelabelTrace, hide: Hide): ShownStep {
  return { component: use.id, ...placeOf(use.block.header), rules: rules.map((each, at) => shownRule(each, at, hide)) }
}

function shownRule({ block, verdict, read, changed, opened }: RuleTrace, at: number, hide: Hide): ShownRule {
  const rule = ruleOf(block.body)
  return {
    rule: at + 1,
    ...placeOf(block.span),
    does: rule ? hide(described(rule)) : 'unknown: its action is known only at run time',
    reads: shownLabels(read, hide),
    changed: shownLabels(changed, hide),
    dropped: verdict === null ? null : !verdict,
    opened,
  }
}

function shownRequest(
  { token, answer: { endpoint, class: kind, grants, certain } }: RequestTrace,
  hide: Hide,
): ShownRequest {
  const sent = token.truth !== false
  return {
    url: `${endpoint.scheme}://${hide(`${endpoint.host}${endpoint.path}`)}`.replaceAll(unknownPart, open),
    class: kind,
    token: token.truth,
    needs: sent ? grantLines(grants, () => !certain || token.truth === null) : [],
  }
}

function shownLabels(labels: ReadonlyMap<string, Value>, hide: Hide): readonly ShownLabel[] {
  return [...labels].map(([name, value]) => shownLabel(name, value, hide)).sort((a, b) => compareText(a.name, b.name))
}

function shownLabel(name: string, value: Value, hide: Hide): ShownLabel {
  const texts = textsOf(value)
  const values = texts.map(text => hide(maskedValue(name, shownText(text))))
  return { name: hide(name), state: stateOf(texts), values }
}

function stateOf([only = [], ...others]: readonly Text[]): ShownLabel['state'] {
  if (others.length > 0) return 'several'
  if (only.length === 0) return 'absent'
  if (only.every(part => typeof part === 'string')) return 'known'
  return only.length > 1 ? 'pattern' : 'unknown'
}

const shownText = (text: Text): string => text.map(part => (typeof part === 'string' ? part : open)).join('')

/** A rule as one line: what it reads, what it writes. */
function described(rule: PartialRule): string {
  const { action, sourceLabels, separator, regex, modulus } = rule
  const names = sourceLabels?.join(separator ?? ';') ?? open
  const hidden = (sourceLabels ?? []).reduce((text, name) => maskedValue(name, text), regex ?? open)
  const matches = regex === '(.*)' ? '' : ` =~ "${hidden}"`
  const target = shownText(rule.targetLabel)
  const written = rule.replacements.map(each => `"${maskedValue(target, shownText(each))}"`).join(' or ')
  switch (action) {
    case 'replace':
      return `${target} = ${written}${names === '' && matches === '' ? '' : ` from ${names}${matches}`}`
    case 'keep':
    case 'drop':
      return `${action} where ${names} =~ "${hidden}"`
    case 'keepequal':
    case 'dropequal':
      return `${action === 'keepequal' ? 'keep' : 'drop'} where ${names} = ${target}`
    case 'hashmod':
      return `${target} = hash of ${names} modulo ${modulus ?? open}`
    case 'lowercase':
    case 'uppercase':
      return `${target} = ${names} in ${action.slice(0, 5)} case`
    case 'labelmap':
      return `copy labels${regex === '(.*)' ? '' : ` =~ "${regex ?? open}"`} to ${written}`
    case 'labeldrop':
    case 'labelkeep':
      return `${action === 'labeldrop' ? 'remove' : 'keep only'} labels =~ "${regex ?? open}"`
    default:
      return action satisfies never
  }
}
