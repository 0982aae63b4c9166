import { and } from '../evaluate/value/truth.ts'
import type { Truth, Unknown, Value } from '../evaluate/value/value.ts'
import { required } from '../required.ts'
import { Draft } from './draft.ts'
import { costOf, type Effort } from './effort.ts'
import { concat, fits, literal, mostAlternatives, oneOf, type Target, type Text, textsAt } from './label-text.ts'
import { fill, match } from './match.ts'
import { narrowed } from './narrowed.ts'
import { isAmbiguous, mapLabels, removeLabels } from './partial-names.ts'
import type { Choice } from './partial-rule.ts'
import { asConcreteRule, type PartialRule } from './partial-rule.ts'
import { applyRule, hashMod, lower, upper } from './relabel.ts'

/** A target after rules. */
export interface PartlyRelabeled {
  /** False: dropped. Null: perhaps dropped. */
  readonly kept: Truth
  readonly target: Target
  /** For each label of which nothing is known any more, the rule that brought that about; `*` for labels that are not listed. */
  readonly lost: ReadonlyMap<string, number>
}

/** What folding is done with. */
export interface PartialOptions {
  /** Stands for what nothing is known of. */
  readonly unknownText: Unknown
  /** Told, for `explain`, of the target after each rule and whether that rule keeps it. */
  readonly trace?: (rule: number, folded: PartlyRelabeled, keeps: Truth) => void
  /** What following rules may cost; without it, whatever it costs. */
  readonly effort?: Effort
}

/** What a rule does to a target: whether it keeps it, the labels it changes, and whether there may be further labels now. */
interface Step {
  readonly kept: Truth
  readonly changes: ReadonlyMap<string, Value>
  readonly open: boolean
}

const unchanged: ReadonlyMap<string, Value> = new Map()

/**
 * Applies rules to labels that are not all known. The result covers what applying them to any completion gives: what cannot be told
 * is unknown. A rule that is null could not be read and may have done anything.
 */
export function relabelPartial(
  target: Target,
  rules: readonly (PartialRule | null)[],
  { unknownText, trace, effort }: PartialOptions,
): PartlyRelabeled {
  if (effort && !effort.takes(Math.ceil(target.entries.size / LABELS))) return lost(0)
  const draft = new Draft(target)
  let kept: Truth = true
  for (const [at, rule] of rules.entries()) {
    if (effort && rule !== null && !effort.takes(costOf(rule, draft))) return lost(at)
    let keeps: Truth = null
    const closed = rule && draft.known && asConcreteRule(rule)
    if (closed && !(closed.action === 'labelmap' && isAmbiguous(closed, draft.literals())))
      keeps = applyRule(closed, { values: draft.literals(), set: new Set() })
    else {
      const { target: before } = draft
      const step = rule === null ? blank(before, unknownText) : apply(rule, before, unknownText)
      keeps = step.kept
      draft.take(step.changes, step.open, at)
    }
    kept = and(kept, keeps)
    trace?.(at, { kept, ...draft.copy() }, keeps)
    if (kept === false) break
  }
  return { kept, target: draft.target, lost: draft.lost }
}

/** So many labels are copied in about the time of a step. */
const LABELS = 2

/** What is left of a target of which the rules are not followed from one on. */
const lost = (at: number): PartlyRelabeled => ({
  kept: null,
  target: { kind: 'object', entries: new Map(), open: true },
  lost: new Map([['*', at]]),
})

/** Every label may be anything. */
const blank = ({ entries }: Target, unknownText: Unknown): Step => ({
  kept: null,
  changes: new Map([...entries.keys()].map(name => [name, unknownText])),
  open: true,
})

function apply(open: PartialRule, target: Target, unknownText: Unknown): Step {
  const changing = (changes: ReadonlyMap<string, Value>): Step => ({ kept: true, changes, open: target.open })
  switch (open.action) {
    case 'keep':
    case 'drop':
      return filter(open, target, unknownText)
    case 'keepequal':
    case 'dropequal':
      return compareLabels(open, target, unknownText)
    case 'replace':
      return write(target, outcomesOf(open, target, unknownText), unknownText)
    case 'lowercase':
    case 'uppercase':
    case 'hashmod': {
      const texts = choices(open, target, unknownText).map(({ joined }) => computed(open, joined, unknownText))
      const outcomes = texts.map(text => ({ name: open.targetLabel, text }))
      return write(target, outcomes, unknownText)
    }
    case 'labelmap':
      return mapLabels(open, target, unknownText)
    case 'labeldrop':
    case 'labelkeep':
      return changing(removeLabels(open, target, unknownText))
    default:
      return open.action satisfies never
  }
}

/** Every combination of the texts of the source labels; one unknown text when there are too many, or the labels are not known. */
function choices({ sourceLabels, separator }: PartialRule, target: Target, unknownText: Unknown): readonly Choice[] {
  if (sourceLabels === null) return [{ texts: null, joined: [unknownText] }]
  let found: readonly (readonly Text[])[] = [[]]
  for (const name of sourceLabels) {
    const texts = textsAt(target, name, unknownText)
    found = found.flatMap(before => texts.map(text => [...before, text]))
    if (found.length > mostAlternatives) return [{ texts: null, joined: [unknownText] }]
  }
  const between: Text = separator === null ? [unknownText] : [separator]
  return found.map(texts => ({
    texts,
    joined: concat(texts.flatMap((text, at) => (at === 0 ? text : [...between, ...text]))),
  }))
}

function filter(rule: PartialRule, target: Target, unknownText: Unknown): Step {
  const wanted = rule.action === 'keep'
  const judged = choices(rule, target, unknownText).map(choice => {
    const { truth } = match(rule.regex, choice.joined, unknownText)
    return { choice, truth: wanted || truth === null ? truth : !truth }
  })
  const alive = judged.filter(({ truth }) => truth !== false)
  const leaving = { changes: unchanged, open: target.open }
  if (alive.length === 0) return { kept: false, ...leaving }
  const kept = alive.length === judged.length && alive.every(({ truth }) => truth === true) ? true : null
  const survivors = alive.flatMap(({ choice }) => (wanted ? narrowed(rule, choice, unknownText) : [choice.texts]))
  const told = survivors.filter(texts => texts !== null)
  if (told.length < survivors.length || rule.sourceLabels === null) return { kept, ...leaving }
  return { kept, ...leaving, changes: refined(rule.sourceLabels, told, unknownText) }
}

function refined(
  names: readonly string[],
  survivors: readonly (readonly Text[])[],
  unknownText: Unknown,
): ReadonlyMap<string, Value> {
  const changes = new Map<string, Value>()
  for (const [at, name] of names.entries()) {
    // The same label twice among the sources would need both texts to agree.
    if (changes.has(name)) continue
    const texts = survivors.map(each => required(each[at], 'the text of a source label'))
    changes.set(name, oneOf(texts, unknownText.origin))
  }
  return changes
}

function compareLabels(rule: PartialRule, target: Target, unknownText: Unknown): Step {
  const equal = rule.action === 'keepequal'
  const name = literal(rule.targetLabel)
  const others = name === null ? [[unknownText]] : textsAt(target, name, unknownText)
  const truths = choices(rule, target, unknownText).flatMap(({ joined }) => others.map(other => same(joined, other)))
  const kept = truths.every(truth => truth === truths[0]) ? (truths[0] ?? null) : null
  return { kept: kept === null ? null : kept === equal, changes: unchanged, open: target.open }
}

function same(a: Text, b: Text): Truth {
  const [left, right] = [literal(a), literal(b)]
  if (left !== null && right !== null) return left === right
  if (left !== null) return fits(b, left) ? null : false
  if (right !== null) return fits(a, right) ? null : false
  // One unknown part may stand for two different texts.
  return null
}

function computed({ action, modulus }: PartialRule, text: Text, unknownText: Unknown): Text {
  if (action === 'hashmod') {
    const known = literal(text)
    return known === null || modulus === null ? [{ ...unknownText, nonEmpty: true }] : [hashMod(known, modulus)]
  }
  const change = action === 'lowercase' ? lower : upper
  const nonEmptyText: Unknown = { ...unknownText, nonEmpty: true }
  const changeUnknown = ({ nonEmpty }: Unknown) => (nonEmpty ? nonEmptyText : unknownText)
  return concat(text.map(part => (typeof part === 'string' ? change(part) : changeUnknown(part))))
}

/** A label that a rule may write; null where it writes none. */
type Outcome = { readonly name: Text; readonly text: Text } | null

function outcomesOf(rule: PartialRule, target: Target, unknownText: Unknown): readonly Outcome[] {
  return choices(rule, target, unknownText).flatMap(({ joined }): readonly Outcome[] => {
    const { truth, ways } = match(rule.regex, joined, unknownText)
    const written = ways.flatMap(groups => {
      const name = fill(rule.targetLabel, rule.regex, groups, unknownText)
      return rule.replacements.map(each => ({ name, text: fill(each, rule.regex, groups, unknownText) }))
    })
    return truth === true ? written : [...written, null]
  })
}

/** The labels that say where a scrape leads: a target need not list them, and they are known to be absent then. */
const leading = ['__address__', '__scheme__', '__metrics_path__', '__profile_path__', '__profile_path_prefix__']

/** Writes what a rule may write; a label keeps what it was unless every outcome writes it. */
function write(target: Target, outcomes: readonly Outcome[], unknownText: Unknown): Step {
  const changes = new Map<string, Value>()
  const writes = outcomes.filter(outcome => outcome !== null)
  const names = new Set<string>()
  let open = target.open
  for (const { name } of writes) {
    const known = literal(name)
    // A name that is not known in full may be that of any label it fits, listed or not.
    if (known === null) open = true
    else if (known !== '') names.add(known)
    if (known === null) for (const each of [...target.entries.keys(), ...leading]) if (fits(name, each)) names.add(each)
  }
  for (const name of names) {
    const texts = writes.filter(each => fits(each.name, name)).map(({ text }) => text)
    const isCertain = outcomes.every(outcome => outcome !== null && literal(outcome.name) === name)
    changes.set(name, oneOf(isCertain ? texts : [...textsAt(target, name, unknownText), ...texts], unknownText.origin))
  }
  return { kept: true, changes, open }
}
