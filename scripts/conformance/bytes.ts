/** Alloy counts bytes of UTF-8, the sources UTF-16 units: the offsets in bytes of the offsets of a text. */
export function byteOffsets(text: string): (offset: number) => number {
  const offsets = new Array<number>(text.length + 1)
  let bytes = 0
  for (let at = 0; at <= text.length; at++) {
    offsets[at] = bytes
    const code = text.codePointAt(at) ?? 0
    if (code > 0xffff) offsets[++at] = bytes
    bytes += bytesOf(code)
  }
  return offset => offsets[offset]!
}

/** How many bytes a character has in UTF-8. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code < 0x10000 ? 3 : 4
}

/** Line and column of an offset, both from 1, the column in bytes. */
export function byteColumn(text: string, offset: number): readonly [line: number, column: number] {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  return [before.split('\n').length, new TextEncoder().encode(before.slice(start)).length + 1]
}
