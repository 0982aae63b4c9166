import type { Unknown, Value } from '../evaluate/value/value.ts'
import { required } from '../required.ts'
import { type Branch, branchesOf, type Gap } from './branches.ts'
import {
  concat,
  fits,
  isFilled,
  mostAlternatives,
  oneOf,
  type Target,
  type Text,
  textsAt,
  textsOf,
  unique,
} from './label-text.ts'
import { match } from './match.ts'
import { asConcreteRule, type PartialRule } from './partial-rule.ts'
import { compile, type TemplatePart, template } from './regexp.ts'
import { type LabelStore, mapName, type Rule } from './relabel.ts'

/** Says whether the order in which labels are mapped decides what becomes of them: then Alloy itself gives now this, now that. */
export function isAmbiguous(rule: Rule, labels: Pick<LabelStore, 'get' | 'keys'>): boolean {
  const written = new Map<string, string>()
  for (const name of labels.keys()) {
    const value = labels.get(name) ?? ''
    const mapped = value === '' ? null : mapName(rule, name)
    if (mapped === null) continue
    if ((written.get(mapped) ?? value) !== value) return true
    written.set(mapped, value)
  }
  // What is mapped onto may be mapped on, before or after.
  return [...written].some(
    ([name, value]) => (labels.get(name) ?? value) !== value && (mapName(rule, name) ?? name) !== name,
  )
}

/** `labelmap`: copies labels to names made from theirs. */
export function mapLabels(open: PartialRule, target: Target, unknownText: Unknown): Mapped {
  const rule = asConcreteRule(open)
  if (!rule) {
    const entries = [...target.entries].map(
      ([name, value]) => [name, oneOf([...textsOf(value), [unknownText]], unknownText.origin)] as const,
    )
    return { kept: true, changes: new Map(entries), open: true }
  }
  const writes = writesOf(rule, target)
  const isChained = [...writes.keys()].some(name => target.entries.has(name) && (mapName(rule, name) ?? name) !== name)
  const all = isChained ? unique([...writes.values()].flatMap(({ texts }) => texts)) : []
  const changes = new Map<string, Value>()
  for (const name of new Set([...writes.keys(), ...target.entries.keys()])) {
    const { texts, isCertain } = writes.get(name) ?? { texts: [], isCertain: false }
    const others: readonly Text[] = target.open && mayReach(rule, target, name, unknownText) ? [[unknownText]] : []
    if (texts.length + others.length === 0) continue
    const before = isCertain && !isChained ? [] : textsAt(target, name, unknownText)
    changes.set(name, oneOf([...before, ...others, ...(isChained ? all : texts)], unknownText.origin))
  }
  return { kept: true, changes, open: target.open }
}

/** What becomes of labels that are mapped. */
interface Mapped {
  readonly kept: true
  readonly changes: ReadonlyMap<string, Value>
  readonly open: boolean
}

interface Write {
  readonly texts: readonly Text[]
  /** A label that is there for certain is mapped to the name. */
  readonly isCertain: boolean
}

/** What listed labels are mapped to, by name. An absent label is not mapped. */
function writesOf(rule: Rule, { entries }: Target): ReadonlyMap<string, Write> {
  const writes = new Map<string, Write>()
  for (const [name, value] of entries) {
    const mapped = mapName(rule, name)
    const texts = textsOf(value).filter(text => text.length > 0)
    if (mapped === null || texts.length === 0) continue
    const known = writes.get(mapped) ?? { texts: [], isCertain: false }
    const isCertain = known.isCertain || textsOf(value).every(text => isFilled(text) === true)
    // Beyond so many different ones the label is anything.
    const all = known.texts.length > mostAlternatives ? known.texts : unique([...known.texts, ...texts])
    writes.set(mapped, { texts: all, isCertain })
  }
  return writes
}

/**
 * Says whether a label that is not listed may be mapped to a name. Labels of Kubernetes objects begin with a letter or digit, so
 * what follows `__meta_…_label_` is never a reserved name.
 */
function mayReach({ regex, replacement }: Rule, { entries }: Target, name: string, unknownText: Unknown): boolean {
  const parts = template(replacement, required(compile(regex), 'a regular expression'))
  const branches = branchesOf(regex)
  if (branches === null) return typeof parts[0] !== 'string' || name.startsWith(parts[0])
  return branches.some(branch => {
    const written = writtenBy(branch, parts)
    const made = concat(written.map(each => (typeof each === 'string' ? each : textOfGap(each, unknownText))))
    if (!fits(made, name)) return false
    const source = sourceOf(branch, written, name)
    return source === null || !(entries.has(source) || isReserved(source))
  })
}

const textOfGap = ({ nonEmpty }: Gap, unknownText: Unknown): Unknown =>
  nonEmpty ? { ...unknownText, nonEmpty: true } : unknownText

/** What a template makes of a branch: a group that the branch does not pass is empty. */
const writtenBy = ({ elements, groups }: Branch, parts: readonly TemplatePart[]): Branch['elements'] =>
  parts.flatMap(part => (typeof part === 'string' ? [part] : elements.slice(...(groups.get(part.group) ?? [0, 0]))))

/** The label that is mapped to a name; null where a branch and what is made of it do not tell. */
function sourceOf({ elements }: Branch, written: Branch['elements'], name: string): string | null {
  const gaps = elements.filter(each => typeof each !== 'string')
  if (gaps.length === 0) return elements.join('')
  const at = written.findIndex(each => typeof each !== 'string')
  if (gaps.length > 1 || at === -1 || written.filter(each => typeof each !== 'string').length > 1) return null
  const [before, after] = [written.slice(0, at).join(''), written.slice(at + 1).join('')]
  const core = name.slice(before.length, name.length - after.length)
  return elements.map(each => (typeof each === 'string' ? each : core)).join('')
}

/** Says whether no label of Kubernetes is called so: what follows `__meta_…_label_` begins with a letter or digit. */
const isReserved = (name: string): boolean => /^__meta_(_|\w*?_(label|annotation)(present)?__)/.test(name)

/** `labeldrop` and `labelkeep`: a label that is removed stays listed as absent, so that an open target does not forget it. */
export function removeLabels(
  { action, regex }: PartialRule,
  target: Target,
  unknownText: Unknown,
): ReadonlyMap<string, Value> {
  const entries = [...target.entries].map(([name, value]): readonly [string, Value] => {
    const { truth } = match(regex, concat([name]), unknownText)
    if (truth === null) return [name, oneOf([...textsOf(value), []], unknownText.origin)]
    return [name, truth === (action === 'labeldrop') ? { kind: 'string', value: '' } : value]
  })
  return new Map(entries)
}
