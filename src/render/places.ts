import { locate, outermost, type Span } from '../source.ts'
import { inert } from '../text/inert.ts'

/** A place as every output gives it: in the file that the user can open, 1-based, columns in UTF-16 units. */
export interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

/** A place with its end, which is exclusive. */
export interface PlaceRange extends Place {
  readonly endLine: number
  readonly endColumn: number
}

/** The place where a span begins. */
export function placeOf(span: Span): Place {
  const { source, start } = outermost(span)
  return { path: source.path, ...locate(source, start) }
}

/** A place as a reader sees it: `config.alloy:12`. */
export const shownPlace = ({ path, line }: Pick<Place, 'path' | 'line'>): string => `${inert(path)}:${line}`

/** The place of a whole span. */
export function rangeOf(span: Span): PlaceRange {
  const { source, start, end } = outermost(span)
  const last = locate(source, end)
  return { path: source.path, ...locate(source, start), endLine: last.line, endColumn: last.column }
}
