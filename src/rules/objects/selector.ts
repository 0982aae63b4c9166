import type { Value } from '../../evaluate/value/value.ts'
import type { KubernetesObject } from '../../input/deployment.ts'
import { itemsAt, mapAt, type Tree, textAt, textsAt } from '../../input/yaml/tree.ts'
import { isLabelValue, type KnownLabels, type LabelRequirement } from '../../kubernetes/label-selector.ts'
import type { Facts } from '../map/condition.ts'
import { type Found, lookUp } from '../map/lookup.ts'

/** A label selector as far as it is known: a requirement that is null is not. */
export interface Selector {
  readonly requirements: readonly (LabelRequirement | null)[]
  /** The arguments that leave it open. */
  readonly open: readonly Found[]
}

/** The label selector that a block of a component states; without the block, everything is selected. */
export function selectorOf(path: string | undefined, { body }: Facts): Selector {
  const requirements: (LabelRequirement | null)[] = []
  const open: Found[] = []
  const blocks = path === undefined ? [] : lookUp(body, path).blocks
  const know = (found: Found, made: readonly (LabelRequirement | null)[]): void => {
    for (const each of made) requirements.push(each)
    if (made.includes(null)) open.push(found)
  }
  for (const { body: selector } of blocks) {
    for (const found of lookUp(selector, 'match_labels').values) know(found, equalities(found.value))
    for (const { body: expression } of lookUp(selector, 'match_expression').blocks) {
      const [key, operator, values] = ['key', 'operator', 'values'].map(name => lookUp(expression, name).values[0])
      const texts = values === undefined ? [] : textsIn(values.value)
      const [name, word] = [textOf(key?.value), textOf(operator?.value)]
      if (texts !== null && name !== null && word !== null)
        requirements.push({ key: name, operator: word, values: texts })
      else {
        requirements.push(null)
        for (const found of [key, operator, values]) if (found) open.push(found)
      }
    }
  }
  return { requirements, open }
}

function equalities(value: Value): readonly (LabelRequirement | null)[] {
  if (value.kind === 'null') return []
  if (value.kind !== 'object') return [null]
  const known = [...value.entries].map(([key, each]): LabelRequirement | null => {
    const text = textOf(each)
    return text === null ? null : { key, operator: 'In', values: [text] }
  })
  return value.open ? [...known, null] : known
}

function textsIn(value: Value): readonly string[] | null {
  if (value.kind === 'null') return []
  if (value.kind !== 'array' || value.openElements.length > 0) return null
  const texts = value.items.map(textOf)
  return texts.every(each => each !== null) ? texts : null
}

function textOf(value: Value | undefined): string | null {
  if (value?.kind === 'capsule') return value.of ? textOf(value.of) : null
  return value?.kind === 'string' ? value.value : null
}

/** The requirements of a label selector as an object of Kubernetes has it. */
export function requirementsAt(selector: Tree | null): readonly LabelRequirement[] {
  return [
    ...[...(mapAt(selector, 'matchLabels')?.entries ?? [])].map(([key, { value }]) => ({
      key,
      operator: 'In',
      values: [textAt(value) ?? unknowable],
    })),
    ...itemsAt(selector, 'matchExpressions').map(each => ({
      key: textAt(each, 'key') ?? unknowable,
      operator: textAt(each, 'operator') ?? '',
      values: textsAt(each, 'values'),
    })),
  ]
}

/** No label has such a key or value, so that Kubernetes would refuse it. */
const unknowable = '$'

/** The labels of an object. */
export function labelsIn({ tree }: KubernetesObject): KnownLabels {
  const labels = [...(mapAt(tree, 'metadata', 'labels')?.entries ?? [])].map(([key, { value }]) => {
    const text = textAt(value)
    return [key, text !== null && isLabelValue(text) ? text : null] as const
  })
  return { labels: new Map(labels), open: false }
}
