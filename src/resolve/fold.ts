import type { Truth, Unknown, Value } from '../evaluate/value.ts'
import { fill, literalsOf, type Match, match } from './matching.ts'
import { hashMod, lower, mapName, type Rule, relabel, upper } from './relabel.ts'
import { concat, fits, isFilled, literal, mostAlternatives, oneOf, type Text, textsOf } from './texts.ts'

/**
 * Labels of which not all is known. A label that is not listed is absent, or, in an open target, unknown; an empty text says that a
 * label is absent.
 */
export type Target = Extract<Value, { kind: 'object' }>

/** A target after rules. */
export interface Folded {
  /** False: dropped. Null: perhaps dropped. */
  readonly kept: Truth
  readonly target: Target
}

/** Stands in a rule's replacement for a part that is not known; a private character that no label of Kubernetes holds. */
export const unknownReplacement = '\uE000'

/** What folding is done with. */
export interface FoldOptions {
  /** Stands for what nothing is known of. */
  readonly hole: Unknown
  /** Told of the target after each rule, for `explain`. */
  readonly trace?: (rule: number, folded: Folded) => void
}

/**
 * Applies rules to labels that are not all known. The result covers what applying them to any completion gives: what cannot be told
 * is unknown. A rule that is null could not be read and may have done anything; one that is `filter` could not be read but
 * changes no label: it may have dropped the target.
 */
export function fold(target: Target, rules: readonly (Rule | 'filter' | null)[], { hole, trace }: FoldOptions): Folded {
  let folded: Folded = { kept: true, target }
  for (const [at, rule] of rules.entries()) {
    const step = stepOf(rule, folded.target, hole)
    folded = { kept: both(folded.kept, step.kept), target: step.target }
    trace?.(at, folded)
    if (folded.kept === false) return folded
  }
  return folded
}

function stepOf(rule: Rule | 'filter' | null, target: Target, hole: Unknown): Folded {
  if (rule === null) return { kept: null, target: blank(target) }
  return rule === 'filter' ? { kept: null, target } : apply(rule, target, hole)
}

const both = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === null || b === null ? null : true
const blank = ({ kind }: Target): Target => ({ kind, entries: new Map(), open: true })

/** One choice of a text for every source label. */
interface Choice {
  readonly texts: readonly Text[]
  readonly joined: Text
}

function apply(rule: Rule, target: Target, hole: Unknown): Folded {
  const whole = rule.replacement.includes(unknownReplacement) ? null : concrete(target)
  if (whole) {
    const result = relabel(whole, [rule])
    if (result === null) return { kept: false, target }
    // Labels that were removed are listed as absent, so that an open target does not forget it.
    return {
      kept: true,
      target: { ...target, entries: new Map([...result].map(([name, value]) => [name, { kind: 'string', value }])) },
    }
  }
  switch (rule.action) {
    case 'keep':
    case 'drop':
      return filter(rule, target, hole)
    case 'keepequal':
    case 'dropequal':
      return compareLabels(rule, target, hole)
    case 'replace':
      return { kept: true, target: replace(rule, target, hole) }
    case 'lowercase':
    case 'uppercase':
    case 'hashmod':
      return {
        kept: true,
        target: assign(
          target,
          rule.targetLabel,
          choices(rule, target, hole).map(({ joined }) => computed(rule, joined, hole)),
          hole,
        ),
      }
    case 'labelmap':
      return { kept: true, target: mapLabels(rule, target, hole) }
    case 'labeldrop':
    case 'labelkeep':
      return { kept: true, target: removeLabels(rule, target) }
  }
}

/** The labels when all of them are known. */
function concrete({ entries, open }: Target): ReadonlyMap<string, string> | null {
  if (open) return null
  const labels = new Map<string, string>()
  for (const [name, value] of entries) {
    const texts = textsOf(value)
    const text = texts.length === 1 ? literal(texts[0]!) : null
    if (text === null) return null
    labels.set(name, text)
  }
  return labels
}

function textsAt({ entries, open }: Target, name: string, hole: Unknown): readonly Text[] {
  const value = entries.get(name)
  if (value) return textsOf(value)
  return open ? [[hole]] : [[]]
}

/** Every combination of the texts of the source labels; one unknown text when there are too many. */
function choices({ sourceLabels, separator }: Rule, target: Target, hole: Unknown): readonly Choice[] {
  let found: readonly (readonly Text[])[] = [[]]
  for (const name of sourceLabels) {
    const texts = textsAt(target, name, hole)
    found = found.flatMap(before => texts.map(text => [...before, text]))
    if (found.length > mostAlternatives) return [{ texts: sourceLabels.map(() => [hole]), joined: [hole] }]
  }
  return found.map(texts => ({
    texts,
    joined: concat(texts.flatMap((text, at) => (at === 0 ? text : [separator, ...text]))),
  }))
}

function filter(rule: Rule, target: Target, hole: Unknown): Folded {
  const wanted = rule.action === 'keep'
  const judged = choices(rule, target, hole).map(choice => {
    const { truth } = match(rule.regex, choice.joined, hole)
    return { choice, truth: wanted || truth === null ? truth : !truth }
  })
  const alive = judged.filter(({ truth }) => truth !== false)
  if (alive.length === 0) return { kept: false, target }
  const kept = alive.length === judged.length && alive.every(({ truth }) => truth === true) ? true : null
  const survivors = wanted
    ? alive.flatMap(({ choice }) => narrowed(rule, choice))
    : alive.map(({ choice }) => choice.texts)
  return { kept, target: refine(rule.sourceLabels, survivors, target, hole) }
}

/** The choices that are left of one after a match with a list of texts: what was unknown is then one of them. */
function narrowed({ regex, separator, sourceLabels }: Rule, choice: Choice): readonly (readonly Text[])[] {
  if (literal(choice.joined) !== null) return [choice.texts]
  const literals = literalsOf(regex)
  if (!literals) return [choice.texts]
  const fitting = literals.flatMap(each => {
    const parts = sourceLabels.length === 1 ? [each] : each.split(separator)
    if (separator === '' && sourceLabels.length > 1) return [null]
    if (parts.length !== sourceLabels.length) return fits(choice.joined, each) ? [null] : []
    return parts.every((part, at) => fits(choice.texts[at]!, part)) ? [parts.map(part => concat([part]))] : []
  })
  return fitting.some(each => each === null) ? [choice.texts] : fitting.filter(each => each !== null)
}

function refine(
  names: readonly string[],
  survivors: readonly (readonly Text[])[],
  target: Target,
  hole: Unknown,
): Target {
  const entries = new Map(target.entries)
  for (const [at, name] of names.entries()) {
    // The same label twice among the sources would need both texts to agree.
    if (names.indexOf(name) !== at) continue
    entries.set(
      name,
      oneOf(
        survivors.map(texts => texts[at]!),
        hole.origin,
      ),
    )
  }
  return { ...target, entries }
}

function compareLabels(rule: Rule, target: Target, hole: Unknown): Folded {
  const equal = rule.action === 'keepequal'
  const others = textsAt(target, rule.targetLabel, hole)
  const truths = choices(rule, target, hole).flatMap(({ joined }) => others.map(other => same(joined, other)))
  const kept = truths.every(truth => truth === truths[0]) ? (truths[0] ?? null) : null
  return { kept: kept === null ? null : kept === equal, target }
}

function same(a: Text, b: Text): Truth {
  const [left, right] = [literal(a), literal(b)]
  if (left !== null && right !== null) return left === right
  if (left !== null) return fits(b, left) ? null : false
  if (right !== null) return fits(a, right) ? null : false
  // One unknown part may stand for two different texts.
  return null
}

function computed(rule: Rule, text: Text, hole: Unknown): Text {
  const known = literal(text)
  if (rule.action === 'hashmod') return known === null ? [hole] : [hashMod(known, rule.modulus)]
  const change = rule.action === 'lowercase' ? lower : upper
  return known === null ? [hole] : concat([change(known)])
}

function replace(rule: Rule, target: Target, hole: Unknown): Target {
  let result = target
  const old = choices(rule, target, hole)
  const matches = old.map(({ joined }) => match(rule.regex, joined, hole))
  if (matches.every(({ truth }) => truth === false)) return target
  const maybe = matches.some(({ truth }) => truth !== true)
  const writes = new Map<string, Text[]>()
  for (const found of matches.filter(({ truth }) => truth !== false)) {
    const name = literal(fill(rule.targetLabel, rule.regex, found.groups))
    if (name === null) return anyLabel(target, hole)
    if (name !== '') writes.set(name, [...(writes.get(name) ?? []), replacement(rule, found, hole)])
  }
  const several = writes.size > 1
  for (const [name, texts] of writes) {
    result = assign(result, name, maybe || several ? [...textsAt(target, name, hole), ...texts] : texts, hole)
  }
  return result
}

function replacement(rule: Rule, { groups }: Match, hole: Unknown): Text {
  const text = fill(rule.replacement, rule.regex, groups)
  if (!rule.replacement.includes(unknownReplacement)) return text
  const split = (part: string): Text =>
    part.split(unknownReplacement).flatMap((known, at) => (at === 0 ? [known] : [hole, known]))
  return concat(text.flatMap(part => (typeof part === 'string' ? split(part) : [part])))
}

/** A label whose name is not known was written: every label may be another one now. */
function anyLabel(target: Target, hole: Unknown): Target {
  const entries = new Map(
    [...target.entries].map(([name, value]): [string, Value] => [
      name,
      oneOf([...textsOf(value), [hole]], hole.origin),
    ]),
  )
  return { ...target, entries, open: true }
}

function assign(target: Target, name: string, texts: readonly Text[], hole: Unknown): Target {
  return { ...target, entries: new Map(target.entries).set(name, oneOf(texts, hole.origin)) }
}

function mapLabels(rule: Rule, target: Target, hole: Unknown): Target {
  const entries = new Map(target.entries)
  // Names of Kubernetes labels cannot begin with two underscores, so what was a label of theirs does not become a reserved one.
  const meta = /^\(?(?:\?:)?__meta_/.test(rule.regex)
  if (target.open) {
    // Labels that nobody listed may be mapped onto those that are.
    for (const [name, value] of entries) {
      if (meta && name.startsWith('__')) continue
      entries.set(name, oneOf([...textsOf(value), [hole]], hole.origin))
    }
  }
  // One name for each label: then no unlisted label can be mapped onto the name that a listed one gets.
  const apart = meta && /^\$(?:1|\{1\})$/.test(rule.replacement)
  const writes = new Map<string, { readonly texts: Text[]; certain: boolean }>()
  for (const [name, value] of target.entries) {
    const mapped = mapName(rule, name)
    const texts = textsOf(value).filter(text => text.length > 0)
    if (mapped === null || mapped === '' || texts.length === 0) continue
    const write = writes.get(mapped) ?? { texts: [], certain: false }
    write.texts.push(...texts)
    // An absent label is not mapped, so the old value may stand.
    write.certain ||= textsOf(value).every(text => isFilled(text) === true)
    writes.set(mapped, write)
  }
  for (const [name, { texts, certain }] of writes) {
    const before = certain ? [] : textsAt({ ...target, entries }, name, hole)
    const others: readonly Text[] = target.open && !apart ? [[hole]] : []
    entries.set(name, oneOf([...before, ...others, ...texts], hole.origin))
  }
  return { ...target, entries }
}

function removeLabels(rule: Rule, target: Target): Target {
  const removes = rule.action === 'labeldrop'
  const entries = new Map(
    [...target.entries].map(([name, value]): [string, Value] => {
      const matched = match(rule.regex, concat([name]), never).truth === true
      return [name, matched === removes ? { kind: 'string', value: '' } : value]
    }),
  )
  return { ...target, entries }
}

/** Names of labels are always known, so nothing stands in for a group of theirs. */
const never: Unknown = {
  kind: 'unknown',
  because: 'function',
  origin: { source: { path: '', text: '' }, start: 0, end: 0 },
  name: null,
  type: 'string',
}
