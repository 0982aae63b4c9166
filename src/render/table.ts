import { inert } from '../text/inert.ts'
import { markdownText } from './markdown.ts'

/** Rows under titles, the cells of one row beside each other. */
export interface Table {
  readonly titles: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A table as lines of text, its columns two blanks apart. */
export function tableLines({ titles, rows }: Table): readonly string[] {
  const shown = [titles, ...rows].map(row => row.map(inert))
  const widths = titles.map((_, at) => Math.max(...shown.map(row => (row[at] ?? '').length)))
  return shown.map(row =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** The same as a table of Markdown. */
export function tableMarkdown({ titles, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(titles), line(titles.map(() => '---')), ...rows.map(row => line(row.map(markdownText)))].join('\n')
}
