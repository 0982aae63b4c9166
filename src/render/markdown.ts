import { inert } from '../text/inert.ts'

/** Signs that make something of the words around them, wherever they are. */
const signs = /[\\`*_[\]|~$!]/g
/** What GitHub makes a mention or a reference of although it is escaped, unless something comes between. */
const references = /[@#](?=\w)/g
/** What makes a list, a quotation or a heading of a line. */
const lineStart = /^(\s*)(?:([-+=>#])|(\d+)([.)]))/

/** A line of text that shows as it is, in a paragraph or in a cell of a table: no markup, link, mention or reference. */
export function markdownText(text: string): string {
  return inert(text)
    .replace(signs, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(references, '\\$&<!-- -->')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
    .replace(lineStart, (_, blanks: string, sign?: string, number?: string, end?: string) =>
      sign === undefined ? `${blanks}${number}\\${end}` : `${blanks}\\${sign}`,
    )
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
