/** The longest line of a log that is read whole, in UTF-16 units. Alloy's own are shorter than a hundredth of it. */
export const longestLine = 65_536

/** A line of a log, without its end. */
export interface LogLine {
  /** 1-based. */
  readonly number: number
  /** At most `longestLine` long; `isCut` where the log has more of it. */
  readonly text: string
  readonly isCut: boolean
}

/** The lines of a log that comes in pieces, one at a time: what is kept does not grow with the log. */
export function* linesIn(pieces: Iterable<Uint8Array>): Iterable<LogLine> {
  let number = 0
  let rest = ''
  let isCut = false
  const line = (text: string): LogLine => {
    number++
    const long = isCut || text.length > longestLine
    isCut = false
    return { number, text: text.slice(0, longestLine), isCut: long }
  }
  for (const text of textsIn(pieces)) {
    const parts = `${rest}${text}`.split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) yield line(part)
    isCut ||= rest.length > longestLine
    rest = rest.slice(0, longestLine)
  }
  if (rest !== '') yield line(rest)
}

/**
 * The pieces as texts. A log holds whatever was sent to Alloy, so bytes that are not UTF-8 do not make the rest unreadable. PowerShell
 * writes logs in UTF-16; the zeros are left out that other wide encodings, and UTF-16 without its mark, leave between characters.
 */
function* textsIn(pieces: Iterable<Uint8Array>): Iterable<string> {
  let start: readonly number[] = []
  let decoder: InstanceType<typeof TextDecoder> | null = null
  const decoded = (bytes: Uint8Array, stream: boolean): string => {
    decoder ??= new TextDecoder(encodingOf(bytes))
    return decoder.decode(bytes, { stream }).replaceAll('\0', '')
  }
  for (const piece of pieces) {
    if (decoder !== null) yield decoded(piece, true)
    else if (start.length + piece.length < 4) start = [...start, ...piece]
    else {
      if (start.length > 0) yield decoded(Uint8Array.from([...start, ...piece.subarray(0, 4)]), true)
      yield decoded(start.length > 0 ? piece.subarray(4) : piece, true)
    }
  }
  yield decoded(decoder === null ? Uint8Array.from(start) : new Uint8Array(), false)
}

/** The encoding that a byte order mark names. */
function encodingOf([first, second, third, fourth]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  const isBigEndian =
    (first === 0xfe && second === 0xff) || (first === 0 && second === 0 && third === 0xfe && fourth === 0xff)
  return isBigEndian ? 'utf-16be' : 'utf-8'
}
