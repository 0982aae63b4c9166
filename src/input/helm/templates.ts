import type { Range } from '../../source.ts'

/**
 * Finds the template actions that Helm would run in a text. An action ends at the first `}}` outside of its strings and
 * comments; one that does not end reaches to the end of the text.
 */
export function templateActions(text: string): readonly Range[] {
  const found: Range[] = []
  let start = text.indexOf('{{')
  while (start !== -1) {
    const end = actionEnd(text, start + 2)
    found.push({ start, end })
    start = text.indexOf('{{', end)
  }
  return found
}

function actionEnd(text: string, from: number): number {
  const comment = /-?\s*\/\*.*?\*\//sy
  comment.lastIndex = from
  // Strings of Go templates: quoted, raw, and characters in single quotes.
  const part = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"|`[^`]*`|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|\}\}|./sy
  part.lastIndex = comment.test(text) ? comment.lastIndex : from
  for (let match = part.exec(text); match; match = part.exec(text)) if (match[0] === '}}') return part.lastIndex
  return text.length
}
