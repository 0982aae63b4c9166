/** A range of a text, and what takes its place. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A text with edits made that do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let made = ''
  let at = 0
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    made += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return made + text.slice(at)
}

/** Where the line of an offset ends, behind its line break. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  return at === -1 ? text.length : at + 1
}
