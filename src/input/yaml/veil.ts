import { lineStart, type Range, type Source, type Span } from '../../source.ts'
import type { Scalar, Tree } from './tree.ts'

/**
 * The text of a document, place for place, with stars for the values of all keys but those that are open: on a line of JSON that holds the
 * whole document, a frame around one value shows others.
 */
export function veiled(tree: Tree, isOpen: (key: string) => boolean): Source {
  const { source } = tree.span
  const ranges: Range[] = []
  const visit = (at: Tree, isShown: boolean): void => {
    if (at.kind === 'scalar') {
      if (!isShown) ranges.push(at.span)
    } else if (at.kind === 'list') for (const each of at.items) visit(each, isShown)
    else for (const [key, { value }] of at.entries) visit(value, isOpen(key))
  }
  visit(tree, false)
  const parts: string[] = []
  let last = 0
  // An alias stands for what is written elsewhere, perhaps twice.
  for (const { start, end } of ranges.sort((a, b) => a.start - b.start)) {
    const from = Math.max(last, start)
    if (from >= end) continue
    parts.push(source.text.slice(last, from), source.text.slice(from, end).replaceAll(/\S/g, '*'))
    last = end
  }
  parts.push(source.text.slice(last))
  return { ...source, text: parts.join('') }
}

/** The same place in the veiled text. */
export const behind = (source: Source, span: Span): Span => ({ ...span, source })

/** Says whether nothing but its key is on the lines of a value. */
export function standsApart({ span: { source, start, end } }: Scalar): boolean {
  const before = source.text.slice(lineStart(source.text, start), start)
  const last = source.text.indexOf('\n', end - 1)
  const after = source.text.slice(end, last === -1 ? source.text.length : Math.max(end, last))
  return /^[\s-]*["']?\w+["']?\s*:\s*$/.test(before) && /^\s*(?:,\s*)?$/.test(after)
}
