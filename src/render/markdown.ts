import { inert } from '../text/inert.ts'

/** Signs that make something of the words around them, wherever they are. */
const signs = /[\\`*_[\]|~$!]/g
/** What GitHub makes a mention or a reference of although it is escaped, unless something comes between. */
const references = /[@#](?=\w)/g
/** What makes a list, a quotation or a heading of a line. */
const lineStart = /^\s*(?=[-+=>#])|^\s*\d+(?=[.)])/

/** A line of text that shows as it is, in a paragraph or in a cell of a table: no markup, link, mention or reference. */
export function markdownText(text: string): string {
  return inert(text)
    .replace(signs, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(references, '\\$&<!-- -->')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
    .replace(lineStart, '$&\\')
}

/** Lines of text in one cell of a table. */
export const markdownCell = (text: string): string => text.split('\n').map(markdownText).join('<br>')

/** A text as code in a cell of a table: its fence is longer than any in it. */
export function markdownCode(text: string): string {
  const shown = inert(text).replaceAll('|', '\\|')
  const mark = '`'.repeat(longestRun(shown) + 1)
  return mark.length === 1 ? `${mark}${shown}${mark}` : `${mark} ${shown} ${mark}`
}

/** A block of code; its fence is longer than any in it. */
export function fence(lines: readonly string[], language = ''): string {
  const text = lines.join('\n')
  const mark = '`'.repeat(Math.max(2, longestRun(text)) + 1)
  return `${mark}${language}\n${text}\n${mark}`
}

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))

/** GitHub refuses a longer comment. */
const longestComment = 65_536

/**
 * Blocks as one comment: those that have to be there, then as many of the others as a comment takes, with a line on what was left out.
 */
export function boundedMarkdown(first: readonly string[], others: readonly string[]): string {
  const left = (count: number): string =>
    `${count} more are left out, as GitHub takes 65,536 characters in a comment: use another format for all of them.`
  const room = longestComment - left(others.length).length - 4
  const kept: string[] = []
  let length = 0
  for (const block of [...first, ...others]) {
    if (length + block.length + 2 > room) break
    kept.push(block)
    length += block.length + 2
  }
  const missing = first.length + others.length - kept.length
  return `${[...kept, ...(missing > 0 ? [left(missing)] : [])].join('\n\n')}\n`
}
