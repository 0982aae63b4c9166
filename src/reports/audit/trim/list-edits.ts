import { isScalar, type Node, type YAMLSeq } from 'yaml'
import { lineStart } from '../../../source.ts'
import { lineEnd, type TextEdit } from './text-edit.ts'

/** The range of a node's text without what follows it. */
export function rangeOf(node: Node): { readonly start: number; readonly end: number } {
  const [start = 0, end = 0] = node.range ?? []
  return { start, end }
}

/** Takes elements of a list away, with the comments above them. Null where the text is not laid out as lists are. */
export function removals(text: string, list: YAMLSeq<Node>, kept: (at: number) => boolean): readonly TextEdit[] | null {
  if (list.flow) return flowRemovals(text, list, kept)
  const edits: TextEdit[] = []
  for (const [at, item] of list.items.entries()) {
    if (kept(at)) continue
    const found = elementOf(text, item)
    if (found === null) return null
    edits.push({ ...found, text: '' })
  }
  return edits
}

/** The lines of an element with the comments directly above it. Null where it is not on lines of its own. */
export function elementOf(text: string, item: Node): { readonly start: number; readonly end: number } | null {
  const dash = dashOf(text, item)
  if (dash === null) return null
  let start = lineStart(text, dash)
  while (start > 0) {
    const above = lineStart(text, start - 1)
    if (!/^[ \t]*#/.test(text.slice(above, start))) break
    start = above
  }
  return { start, end: lineEnd(text, contentEnd(text, item)) }
}

/** The dash of an element of a list in lines of its own. */
export function dashOf(text: string, item: Node): number | null {
  let at = rangeOf(item).start - 1
  while (at >= 0 && /\s/.test(text[at] ?? '')) at--
  return text[at] === '-' && text.slice(lineStart(text, at), at).trim() === '' ? at : null
}

/** A collection ends where its last line begins to be another's. */
export function contentEnd(text: string, item: Node): number {
  const { start, end } = rangeOf(item)
  return start + text.slice(start, end).trimEnd().length
}

/** Elements in brackets go with the comma behind them, the last ones with the comma before. */
function flowRemovals(text: string, { items }: YAMLSeq<Node>, kept: (at: number) => boolean): readonly TextEdit[] {
  const last = items.findLastIndex((_, at) => kept(at))
  const edits = items.flatMap((item, at): readonly TextEdit[] => {
    const next = items[at + 1]
    return kept(at) || at > last || next === undefined
      ? []
      : [{ start: rangeOf(item).start, end: rangeOf(next).start, text: '' }]
  })
  const [first, end] = [items[last + 1], items.at(-1)]
  if (first === undefined || end === undefined) return edits
  const from = last === -1 ? rangeOf(first).start : rangeOf(items[last] as Node).end
  const gap = text.slice(from, rangeOf(first).start)
  if (!gap.includes('#')) return [...edits, { start: from, end: rangeOf(end).end, text: '' }]
  // A comment between is about what stays, and so is the comma before it; what goes takes its own comma and comment along.
  const start = from + (gap.match(/\r?\n[ \t]*$/)?.index ?? gap.length)
  const behind = text.slice(rangeOf(end).end).match(/^[ \t]*(?:#[^\r\n]*|,(?:[ \t]*#[^\r\n]*)?)?/)?.[0].length ?? 0
  return [...edits, { start, end: rangeOf(end).end + behind, text: '' }]
}

/** Makes a list of texts hold others, as few as it has or not. Null where the text is not laid out as lists are. */
export function listEdits(text: string, list: YAMLSeq<Node>, wanted: readonly string[]): readonly TextEdit[] | null {
  const values = list.items.map(item => (isScalar(item) ? String(item.value) : null))
  const isKept = (at: number): boolean => wanted.includes(values[at] ?? '') && values.indexOf(values[at] ?? '') === at
  const added = wanted.filter(each => !values.includes(each))
  if (added.length === 0) return removals(text, list, isKept)
  const first = values.findIndex((_, at) => !isKept(at))
  const replaced = list.items[first]
  if (replaced === undefined) return null
  const others = removals(text, list, at => at === first || isKept(at))
  const dash = list.flow ? null : dashOf(text, replaced)
  const between = dash === null ? ', ' : `${breakOf(text)}${text.slice(lineStart(text, dash), dash)}- `
  const made = added.map(each => JSON.stringify(each)).join(between)
  return others && [...others, { ...rangeOf(replaced), text: made }]
}

/** The line break of a text. */
export const breakOf = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n')
