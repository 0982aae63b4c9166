import { required } from '../../required.ts'
import { embeddedSource, type Source, type Span } from '../../source.ts'
import type { Scalar } from './tree.ts'

/** Runs of text that stand together in the file: at `inner[i]` of the value begins what is at `outer[i]`. */
interface Segments {
  readonly inner: number[]
  readonly outer: number[]
}

/** Makes a text of its own of a YAML string; every offset maps to the character of the file that stands for it. */
export function embed(scalar: Scalar, path: string): Source {
  const text = typeof scalar.value === 'string' ? scalar.value : ''
  if (scalar.written) {
    const { written, variables = [] } = scalar
    const source = embed({ kind: 'scalar', value: written.value, span: scalar.span }, path)
    return { path, text, outer: { source, offset: written.offset }, variables, written: source }
  }
  const segments = align(text, scalar.span)
  const { span } = scalar
  return embeddedSource({ path, text, outer: { source: span.source, offset: inner => find(segments, inner, span) } })
}

/** A text that stands for a whole place of another one: an example of the chart, the decoded data of a Secret. */
export function syntheticSource(path: string, text: string, at: Span): Source {
  return { path, text, outer: { source: at.source, offset: () => at.start } }
}

function find({ inner, outer }: Segments, offset: number, span: Span): number {
  const beginning = (at: number): number => inner[at] ?? Number.POSITIVE_INFINITY
  let low = 0
  let high = inner.length - 1
  if (offset < beginning(0)) return span.start
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (beginning(middle) <= offset) low = middle
    else high = middle - 1
  }
  const limit = outer[low + 1] ?? span.end
  return Math.min(required(outer[low], 'the place of a segment') + offset - beginning(low), limit)
}

function align(text: string, { source, start, end }: Span): Segments {
  const token = source.text.slice(start, end)
  const segments = /^[|>]/.test(token) ? block(text, token) : flow(text, token)
  // A text that does not read back is a style this module does not know: all of it stands for the start of the token.
  if (!segments) return { inner: [], outer: [] }
  return { inner: segments.inner, outer: segments.outer.map(offset => offset + start) }
}

function block(text: string, token: string): Segments | null {
  const [header = '', indicators = ''] = /^[|>]([-+\d]*)[^\n]*\n?/.exec(token) ?? []
  const lines = token.slice(header.length).split('\n')
  const first = lines.find(line => /[^ \r]/.test(line)) ?? ''
  const leading = first.length - first.replace(/^ */, '').length
  // An indentation indicator counts from the parent's indentation, which the token does not tell: the one that fits is right.
  const indents = /\d/.test(indicators) ? Array.from({ length: leading + 1 }, (_, at) => leading - at) : [leading]
  for (const indent of indents) {
    const found = token.startsWith('|')
      ? literal(text, lines, indent, header.length)
      : folded(text, lines, indent, header.length)
    if (found) return found
  }
  return null
}

function literal(text: string, lines: readonly string[], indent: number, from: number): Segments | null {
  const segments: Segments = { inner: [], outer: [] }
  let inner = 0
  let outer = from
  for (const line of lines) {
    if (inner >= text.length) break
    const content = line.slice(indent).replace(/\r$/, '')
    const taken = text.startsWith(content, inner) ? content : null
    if (taken === null) return null
    segments.inner.push(inner)
    segments.outer.push(outer + Math.min(indent, line.length))
    inner += taken.length + 1
    outer += line.length + 1
    if (inner <= text.length && text[inner - 1] !== '\n') return null
  }
  return segments
}

function folded(text: string, lines: readonly string[], indent: number, from: number): Segments | null {
  const segments: Segments = { inner: [], outer: [] }
  let inner = 0
  let outer = from
  for (const line of lines) {
    if (inner >= text.length) break
    const content = line.slice(indent).replace(/\r$/, '')
    if (!text.startsWith(content, inner)) return null
    segments.inner.push(inner)
    segments.outer.push(outer + Math.min(indent, line.length))
    inner += content.length
    outer += line.length + 1
    if (content === '') {
      if (text[inner] === '\n') inner++
      continue
    }
    if (text[inner] === ' ' || text[inner] === '\n') inner++
    else if (inner < text.length) return null
  }
  return inner >= text.length || /^\n*$/.test(text.slice(inner)) ? segments : null
}

/** Plain and quoted strings: escapes stand for one character, a line break for a blank, empty lines for line breaks. */
function flow(text: string, token: string): Segments | null {
  const quote = token[0] === '"' || token[0] === "'" ? token[0] : ''
  const end = token.length - quote.length
  const segments: Segments = { inner: [], outer: [] }
  let inner = 0
  let outer = quote.length
  const mark = (): void => {
    segments.inner.push(inner)
    segments.outer.push(outer)
  }
  mark()
  while (outer < end) {
    const { length, value } = next(token, outer, quote)
    if (!text.startsWith(value ?? token.charAt(outer), inner)) return null
    if (value !== null) mark()
    inner += value?.length ?? 1
    outer += length
    if (value !== null) mark()
  }
  return inner === text.length ? segments : null
}

/** What is at an offset of a flow scalar, and what it means; null: itself. */
function next(token: string, at: number, quote: string): { length: number; value: string | null } {
  if (quote === '"' && token[at] === '\\') return unescaped(token, at)
  if (quote === "'" && token[at] === "'") return { length: 2, value: "'" }
  const fold = /(?:[ \t]*\r?\n)+[ \t]*/y
  fold.lastIndex = at
  const broken = fold.exec(token)?.[0]
  if (broken === undefined) return { length: 1, value: null }
  const breaks = broken.split('\n').length - 1
  return { length: broken.length, value: breaks === 1 ? ' ' : '\n'.repeat(breaks - 1) }
}

function unescaped(token: string, at: number): { length: number; value: string | null } {
  const broken = /\\\r?\n[ \t]*/y
  broken.lastIndex = at
  const fold = broken.exec(token)?.[0]
  if (fold !== undefined) return { length: fold.length, value: '' }
  const kind = token[at + 1] ?? ''
  const digits = { x: 2, u: 4, U: 8 }[kind]
  if (digits === undefined) return { length: 2, value: escapes[kind] ?? kind }
  const code = Number.parseInt(token.slice(at + 2, at + 2 + digits), 16)
  return { length: 2 + digits, value: code <= 0x10ffff ? String.fromCodePoint(code) : '' }
}

const escapes: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
