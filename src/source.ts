/** The largest text that is read, in bytes. */
export const maxBytes = 16 * 1024 * 1024

/** A text under analysis. */
export interface Source {
  /** The path as the user gave it; what every output prints. */
  readonly path: string
  readonly text: string
  /** The number of the first line, where the text is an excerpt of a longer one; absent: 1. */
  readonly firstLine?: number
  /** Where the text was taken from, when it is part of another one: a ConfigMap key, a raw string passed to `import.string`. */
  readonly outer?: Outer
  /** Parts of the text that another program replaces before it is deployed, in order. */
  readonly variables?: readonly VariableRange[]
  /** The text as it is written, where variables in it were replaced. */
  readonly written?: Source
  /** Whether what is secret in it has been blanked already, by what is known of such texts: logs, baselines. */
  readonly shown?: true
}

/** The place of an embedded text in the text that holds it. */
export interface Outer {
  readonly source: Source
  /** Maps an offset of the embedded text to the offset in `source` that stands for it. */
  readonly offset: (inner: number) => number
}

const inside = new WeakMap<Source, Map<number, Source>>()

/** A text that is part of another one, which is remembered there: a line of the outer text may show what is secret in the inner one. */
export function embeddedSource(source: Source & { readonly outer: Outer }): Source {
  const known = inside.get(source.outer.source) ?? new Map<number, Source>()
  inside.set(source.outer.source, known.set(source.outer.offset(0), source))
  innerPlaces.delete(source.outer.source)
  return source
}

/** The texts that were found in a part of a text, in their order there. */
export function embeddedIn(source: Source, { start, end }: Range): readonly Source[] {
  const places = placesIn(source)
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle]?.first ?? end) < end) low = middle + 1
    else high = middle
  }
  const found: Source[] = []
  for (let at = low - 1; at >= 0; at--) {
    const place = places[at]
    // No text before this one reaches further.
    if (!place || place.reach < start) break
    if (place.last >= start) found.push(place.source)
  }
  return found.reverse()
}

/** Where a text lies in another one, and how far it and all before it reach. */
interface InnerPlace extends Record<'first' | 'last' | 'reach', number> {
  readonly source: Source
}

const innerPlaces = new WeakMap<Source, readonly InnerPlace[]>()

/** A text may hold thousands of others, and as many lines of it be shown. */
function placesIn(source: Source): readonly InnerPlace[] {
  const texts = inside.get(source) ?? new Map<number, Source>()
  const ready = innerPlaces.get(source)
  if (ready?.length === texts.size) return ready
  let reach = Number.NEGATIVE_INFINITY
  const places = [...texts]
    .sort(([a], [b]) => a - b)
    .map(([first, each]): InnerPlace => {
      const last = each.outer?.offset(each.text.length) ?? first
      reach = Math.max(reach, last)
      return { first, last, reach, source: each }
    })
  innerPlaces.set(source, places)
  return places
}

/** How many texts were found in a text so far. */
export const countEmbedded = (source: Source): number => inside.get(source)?.size ?? 0

/** Half-open range of UTF-16 offsets: `text.slice(start, end)`. */
export interface Span extends Range {
  readonly source: Source
}

/** Half-open range of UTF-16 offsets in one text. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A variable in a text whose value is not known. */
export interface VariableRange extends Range {
  readonly name: string
}

/** Line and column, both 1-based; columns count UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

const starts = new WeakMap<Source, readonly number[]>()

/** The offsets at which the lines of a source start. Only `\n` ends a line. */
function lineStarts(source: Source): readonly number[] {
  const known = starts.get(source)
  if (known) return known
  const found = [0]
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) found.push(at + 1)
  starts.set(source, found)
  return found
}

/** Where the line of an offset starts. `lastIndexOf` takes a place before the text for its first character. */
export const lineStart = (text: string, offset: number): number =>
  offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1

/**
 * Finds line and column of an offset; an offset beyond the text is the end of the text.
 *
 * @example
 * ```ts
 * import { locate } from 'alloy-rbac'
 *
 * const { line, column } = locate({ path: 'config.alloy', text: 'a = 1\nb = 2\n' }, 10)
 * console.log(line, column)
 * // 2 5
 * ```
 */
export function locate(source: Source, offset: number): Position {
  const lines = lineStarts(source)
  const at = Math.min(Math.max(offset, 0), source.text.length)
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle] ?? Number.POSITIVE_INFINITY) <= at) low = middle
    else high = middle - 1
  }
  return { line: low + (source.firstLine ?? 1), column: at - (lines[low] ?? 0) + 1 }
}

/** The text of a line, by the number that `locate` gives it, without its end. */
export function lineText(source: Source, line: number): string {
  const lines = lineStarts(source)
  const index = line - (source.firstLine ?? 1)
  const start = lines[index] ?? source.text.length
  const end = (lines[index + 1] ?? source.text.length + 1) - 1
  return source.text.slice(start, end).replace(/\r$/, '')
}

/**
 * The same place in the outermost text, the file that the user can open.
 *
 * @example
 * ```ts
 * import { analyze, locate, outermost } from 'alloy-rbac'
 *
 * const values = 'alloy:\n  configMap:\n    content: |\n      a = )\n'
 * for (const { span } of analyze({ 'values.yaml': values }).diagnostics) {
 *   const { source, start } = outermost(span!)
 *   console.log(source.path, locate(source, start).line)
 * }
 * // values.yaml 4
 * ```
 */
export function outermost(span: Span): Span {
  let { source, start, end } = span
  while (source.outer) {
    const { source: outer, offset }: Outer = source.outer
    const from = offset(start)
    const last = offset(Math.max(start, end - 1))
    ;[source, start, end] = [outer, from, Math.max(from, last + (end > start ? 1 : 0))]
  }
  return { source, start, end }
}

/** The smallest span that holds both; they must be of one source. */
export function join(from: Span, to: Span): Span {
  return { source: from.source, start: Math.min(from.start, to.start), end: Math.max(from.end, to.end) }
}
