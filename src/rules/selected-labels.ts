import type { Value } from '../evaluate/value/value.ts'
import { equalitiesOf } from '../kubernetes/field-selector.ts'
import { isValid } from '../kubernetes/label-selector.ts'
import type { Span } from '../source.ts'
import { type Facts, judge } from './map/condition.ts'
import { lookUp } from './map/lookup.ts'
import type { SelectedObject } from './map/schema.ts'

/**
 * The labels that all targets have by selectors of the objects they are made of: what a selector demands, an object has. Of a
 * selector that is not known, or may be another one's, nothing is; nor are demands that leave a choice.
 */
export function selectedLabels(
  objects: readonly SelectedObject[],
  facts: Facts,
  origin: Span,
): ReadonlyMap<string, Value> {
  const labels = new Map<string, Value>()
  for (const object of objects) {
    const there = (name: string, value: string): void => void labels.set(name, demandedValue(value, object, origin))
    const [label, field] = selectorsOf(object, facts)
    for (const [key, value] of demanded(label)) {
      // As Prometheus writes it. Of two labels whose names differ in such characters alone, either may be meant.
      const name = key.replaceAll(/[^a-zA-Z0-9_]/g, '_')
      there(`${object.prefix}_label_${name}`, value)
      there(`${object.prefix}_labelpresent_${name}`, 'true')
    }
    for (const [path, value] of equalitiesOf(field)) for (const name of object.fields[path] ?? []) there(name, value)
  }
  return labels
}

function demandedValue(value: string, { elsewhere }: SelectedObject, origin: Span): Value {
  const text = { kind: 'string', value } as const
  if (!elsewhere || value === '') return text
  // A target of another object lacks the label.
  const candidates = [text, { kind: 'string', value: '' } as const]
  return { kind: 'unknown', because: 'export', origin, name: null, type: 'string', candidates }
}

/** The two selectors of the objects: of several blocks the last one counts. */
function selectorsOf({ blocks, where, label, field }: SelectedObject, facts: Facts): readonly [string, string] {
  let last: readonly [string, string] = ['', '']
  for (const { body } of lookUp(facts.body, blocks).blocks) {
    const { truth } = judge(where, { ...facts, body, defaults: {} })
    if (truth === false) continue
    const text = (path: string): string => {
      const value = lookUp(body, path).values[0]?.value
      return truth === true && value?.kind === 'string' ? value.value : ''
    }
    last = [text(label), text(field)]
  }
  return last
}

/** The labels that a selector demands with their values: no part of another demand reads like one. */
function demanded(selector: string): readonly (readonly [key: string, value: string])[] {
  return selector.split(',').flatMap(term => {
    const [, key = '', value = ''] = term.trim().match(/^([^\s=!()]+)\s*==?\s*([^\s=!()]*)$/) ?? []
    return isValid({ key, operator: 'In', values: [value] }) ? [[key, value] as const] : []
  })
}
