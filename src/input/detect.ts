import type { Outcome } from '../diagnostic/diagnostic.ts'
import type { Source } from '../source.ts'
import { decodeText } from './text.ts'

/** Makes a text of what a file holds; a string is one already. Null exactly when an error was reported. */
export function textOf(path: string, content: Uint8Array | string): Outcome<Source | null> {
  return typeof content === 'string' ? { value: { path, text: content }, diagnostics: [] } : decodeText(path, content)
}

/**
 * Tells YAML and JSON from Alloy by the first line that says anything. A map's key with its colon, a list's dash, a bracket,
 * a document's start: Alloy begins with none of them, and its comments are not YAML's.
 */
export function looksLikeYaml({ text }: Source): boolean {
  const line = firstLine(text)
  return (
    line !== null &&
    /^(?:---(?:\s|$)|-(?:\s|$)|\?\s|[{[!&]|(?:(?:"[^"\n]*"|'[^'\n]*')\s*|[^\s"'{}=/][^"'{}=]*?):(?:\s|$))/.test(line)
  )
}

/** Whether a YAML text says nothing: comments alone, or not even that. */
export function isBlank({ text }: Source): boolean {
  return firstLine(text) === null
}

function firstLine(text: string): string | null {
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const trimmed = line.trim()
    if (trimmed !== '' && !trimmed.startsWith('#') && !/^%[A-Z]/.test(trimmed)) return trimmed
  }
  return null
}
