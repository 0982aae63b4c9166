import { alternatives } from '../../evaluate/value/contents.ts'
import type { Value } from '../../evaluate/value/value.ts'
import { unknownPart } from '../../kubernetes/request-attributes.ts'
import type { Found } from '../map/lookup.ts'

/** The query of a scrape: its parameters, the first value of each replaced by a label that is named for it. */
export function queryOf(params: readonly Found[], labels: Value): string {
  const values = new Map<string, string>()
  let isOpen = false
  for (const { value } of params) {
    if (value.kind === 'object') for (const [name, list] of value.entries) values.set(name, firstOf(list))
    isOpen ||= value.kind === 'unknown' || (value.kind === 'object' && value.open)
  }
  for (const [label, value] of labels.kind === 'object' ? labels.entries : [])
    if (label.startsWith('__param_') && value.kind !== 'null') values.set(label.slice('__param_'.length), textOf(value))
  const pairs = [...values].map(([name, value]) => `${encodeURIComponent(name)}=${encoded(value)}`)
  return [...pairs, ...(isOpen ? [unknownPart] : [])].join('&')
}

const firstOf = (list: Value): string => {
  const [first] = list.kind === 'array' ? list.items : [list]
  return first === undefined ? unknownPart : textOf(first)
}

function textOf(value: Value): string {
  const [only, ...others] = alternatives(value)
  if (only === undefined || others.length > 0) return unknownPart
  if (only.kind === 'pattern') return only.parts.map(part => (typeof part === 'string' ? part : unknownPart)).join('')
  return only.kind === 'string' ? only.value : unknownPart
}

/** Unknown parts stay what they are. */
const encoded = (text: string): string => text.split(unknownPart).map(encodeURIComponent).join(unknownPart)
