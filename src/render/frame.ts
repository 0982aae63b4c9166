import type { Diagnostic, Label } from '../diagnostic/diagnostic.ts'
import { lineText, locate, outermost, type Span } from '../source.ts'
import { masked } from './mask.ts'

/** How a frame is drawn. */
export interface FrameOptions {
  readonly color: boolean
}

/** Wider lines are shown around the place only. */
const widest = 160

type Paint = (text: string) => string
const plain: Paint = text => text
const sgr =
  (code: string): Paint =>
  text =>
    `\u001b[${code}m${text}\u001b[0m`

const colors = { error: '1;31', warning: '1;33', note: '1;36' } as const

/** A diagnostic as rustc frames one: what, where, the line with a caret below, related places, and what to do. Ends in one line feed. */
export function frame(found: Diagnostic, { color }: FrameOptions): string {
  const paint = color ? sgr(colors[found.severity]) : plain
  const dim = color ? sgr('1;34') : plain
  const bold = color ? sgr('1') : plain
  const places = [
    ...(found.span === null ? [] : [{ span: found.span, text: '', mark: '^' }]),
    ...found.related.map(({ span, text }: Label) => ({ span, text, mark: '-' })),
  ]
  const gutter = Math.max(1, ...places.map(({ span }) => String(lineOf(span)).length))
  const blank = ' '.repeat(gutter)
  const lines = [`${paint(`${found.severity}[${found.code}]`)}${bold(`: ${found.message}`)}`]
  for (const [at, place] of places.entries()) {
    const outer = outermost(place.span)
    const { line, column } = locate(outer.source, outer.start)
    const shown = excerpt(outer, line, column)
    const mark = (at === 0 && place.mark === '^' ? paint : dim)(place.mark.repeat(shown.length))
    lines.push(`${blank}${dim(at === 0 ? '-->' : ':::')} ${outer.source.path}:${line}:${column}`)
    lines.push(`${blank} ${dim('|')}`)
    lines.push(`${dim(`${String(line).padStart(gutter)} |`)} ${shown.text}`.trimEnd())
    lines.push(
      `${blank} ${dim('|')} ${' '.repeat(shown.before)}${mark}${place.text === '' ? '' : ` ${dim(place.text)}`}`,
    )
  }
  if (found.help !== null) {
    if (places.length > 0) lines.push(`${blank} ${dim('|')}`)
    lines.push(`${blank} ${dim('=')} ${bold('help')}: ${found.help}`)
  }
  return `${lines.join('\n')}\n`
}

/** The one-line form: `path:line:column: severity[CODE]: message`. */
export function oneLine({ code, severity, message, span }: Diagnostic): string {
  if (span === null) return `${severity}[${code}]: ${message}`
  const { source, start } = outermost(span)
  const { line, column } = locate(source, start)
  return `${source.path}:${line}:${column}: ${severity}[${code}]: ${message}`
}

function lineOf(span: Span): number {
  const { source, start } = outermost(span)
  return locate(source, start).line
}

/** The line of a place, tabs as four blanks, with how many cells stand before the mark and how many the mark takes. */
function excerpt(span: Span, line: number, column: number): { text: string; before: number; length: number } {
  const raw = masked(lineText(span.source, line))
  const from = column - 1
  const to = Math.max(from + 1, Math.min(raw.length, from + (span.end - span.start)))
  const start = Math.max(0, Math.min(from - 40, raw.length - widest))
  const clipped = raw.length > widest
  const window = clipped ? raw.slice(start, start + widest) : raw
  const offset = clipped ? start : 0
  const cells = (text: string): number => text.replaceAll('\t', '    ').length
  const lead = clipped && start > 0 ? '…' : ''
  const tail = clipped && start + widest < raw.length ? '…' : ''
  return {
    text: lead + window.replaceAll('\t', '    ') + tail,
    before: lead.length + cells(raw.slice(offset, from)),
    length: Math.max(1, cells(raw.slice(from, Math.min(to, offset + window.length)))),
  }
}
