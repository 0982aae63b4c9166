import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import { maxBytes, type Source } from '../source.ts'

const marks: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['UTF-32', [0xff, 0xfe, 0, 0]],
  ['UTF-32', [0, 0, 0xfe, 0xff]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
]

/** Reads the bytes of a file as UTF-8; a byte order mark at the start is dropped. Null exactly when an error was reported. */
export function decodeText(path: string, bytes: Uint8Array): Outcome<Source | null> {
  const refuse = (what: Diagnostic): Outcome<null> => ({ value: null, diagnostics: [what] })
  const at = { source: { path, text: '' }, start: 0, end: 0 }
  if (bytes.length > maxBytes) return refuse(diagnostic('file-too-large', at, { limit: '16 MiB' }))
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))
  if (marked) return refuse(diagnostic('not-utf8', at, { encoding: marked[0] }))
  try {
    return { value: { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }, diagnostics: [] }
  } catch {
    return refuse(malformed(path, bytes))
  }
}

/** Points at the first byte that is not UTF-8. */
function malformed(path: string, bytes: Uint8Array): Diagnostic {
  // The longest prefix that decodes as the start of a longer text ends where the fault is.
  let low = 0
  let high = bytes.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (decodes(bytes.subarray(0, middle), true)) low = middle
    else high = middle - 1
  }
  // A sequence that breaks off counts from its first byte.
  let start = low
  while (start > 0 && !decodes(bytes.subarray(0, start), false)) start--
  const source = { path, text: new TextDecoder('utf-8').decode(bytes) }
  const offset = new TextDecoder('utf-8').decode(bytes.subarray(0, start)).length
  return diagnostic('bytes-not-utf8', { source, start: offset, end: offset + 1 }, { offset: start })
}

function decodes(bytes: Uint8Array, unfinished: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: unfinished })
    return true
  } catch {
    return false
  }
}
