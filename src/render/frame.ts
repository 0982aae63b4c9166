import type { Diagnostic, Label } from '../diagnostic/diagnostic.ts'
import { isOpenArgument } from '../inventory/open-argument.ts'
import { masked } from '../secrets/mask-alloy.ts'
import { withoutObjectData } from '../secrets/mask-yaml.ts'
import { countEmbedded, embeddedIn, lineText, locate, outermost, type Source, type Span } from '../source.ts'
import { inert } from '../text/inert.ts'

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
  const places: readonly Place[] = [
    ...(found.span === null ? [] : [placeOf(found.span, '', '^')]),
    ...found.related.map(({ span, text }: Label) => placeOf(span, text, '-')),
  ]
  const gutter = Math.max(1, ...places.map(({ line }) => String(line).length))
  const blank = ' '.repeat(gutter)
  const lines = [`${paint(`${found.severity}[${found.code}]`)}${bold(`: ${found.message}`)}`]
  const named = found.of === undefined || found.of === places[0]?.outer.source.path ? '' : `in ${inert(found.of)}`
  if (places.length === 0 && named !== '') lines.push(`${blank}${dim('-->')} ${named}`)
  for (const [at, { outer, line, column, span, mark, text }] of places.entries()) {
    const last = places[at - 1]
    const shown = excerpt(span.source, outer)
    // A further place on the line that is shown already needs a mark only, unless that line is cut around the first.
    if (last?.line !== line || last.outer.source !== outer.source || shown.clipped) {
      lines.push(
        `${blank}${dim(at === 0 ? '-->' : ':::')} ${inert(outer.source.path)}:${line}:${column}${at === 0 && named !== '' ? `, ${named}` : ''}`,
      )
      lines.push(`${blank} ${dim('|')}`)
      lines.push(`${dim(`${String(line).padStart(gutter)} |`)} ${shown.text}`.trimEnd())
    }
    const underline = (mark === '^' ? paint : dim)(mark.repeat(shown.length))
    lines.push(`${blank} ${dim('|')} ${' '.repeat(shown.before)}${underline}${text === '' ? '' : ` ${dim(text)}`}`)
  }
  if (found.help !== null) {
    if (places.length > 0) lines.push(`${blank} ${dim('|')}`)
    const [first = '', ...more] = found.help.split('\n')
    lines.push(`${blank} ${dim('=')} ${bold('help')}: ${first}`)
    for (const each of more) lines.push(`${blank}   ${each}`)
  }
  return `${lines.join('\n')}\n`
}

/** The one-line form: `path:line:column: severity[CODE]: message`. */
export function oneLine({ code, severity, message, span }: Diagnostic): string {
  if (span === null) return `${severity}[${code}]: ${message}`
  const { source, start } = outermost(span)
  const { line, column } = locate(source, start)
  return inert(`${source.path}:${line}:${column}: ${severity}[${code}]: ${message}`)
}

/** What is underlined, in its own text and in the outermost one. */
interface Place {
  readonly span: Span
  readonly outer: Span
  readonly line: number
  readonly column: number
  readonly text: string
  readonly mark: '^' | '-'
}

function placeOf(span: Span, text: string, mark: Place['mark']): Place {
  const outer = outermost(span)
  return { span, outer, ...locate(outer.source, outer.start), text, mark }
}

interface Excerpt {
  readonly text: string
  /** How many cells stand before the mark, and how many the mark takes. */
  readonly before: number
  readonly length: number
  readonly clipped: boolean
}

/** A line of an outermost text, as it may be shown for a text that is part of it. */
interface ShownLine {
  readonly outer: Source
  readonly line: number
  /** How many texts were found in the outermost one by then: each further one may have secrets on the line. */
  readonly embedded: number
  /** Whether it is shown for a text that is part of the outermost one. */
  readonly isInner: boolean
  readonly text: string
}

/** The line of each text that was shown last: thousands of findings may be about one line of megabytes, and of thousands of texts in it. */
const lastShown = new WeakMap<Source, ShownLine>()

/** A line that begins at an offset, without its secrets. */
function lineShown(inner: Source, outer: Source, line: number, start: number): string {
  // Texts that are part of another one share its lines.
  const shared = inner.outer?.source === outer ? outer : inner
  const last = lastShown.get(shared)
  const embedded = countEmbedded(outer)
  if (last?.outer === outer && last.line === line && last.embedded === embedded && last.isInner === (inner !== outer))
    return last.text
  // An embedded text is Alloy's; one that stands for itself may be a stream of objects.
  const written = lineText(inner.outer ? outer : withoutObjectData(outer), line)
  // A line of YAML may show a whole configuration, or a part of one, that is written in it.
  const sources = new Set([inner, ...embeddedIn(outer, { start, end: start + written.length })])
  const text = masked([...sources], written, start, isOpenArgument)
  lastShown.set(shared, { outer, line, embedded, isInner: inner !== outer, text })
  return text
}

/** The line of a place without its secrets, tabs as four blanks; of a wide line, the part around the place. */
function excerpt(inner: Source, outer: Span): Excerpt {
  const { line, column } = locate(outer.source, outer.start)
  const from = column - 1
  const whole = lineShown(inner, outer.source, line, outer.start - from)
  const to = Math.max(from + 1, Math.min(whole.length, from + (outer.end - outer.start)))
  const clipped = whole.length > widest
  const first = clipped ? Math.max(0, Math.min(from - 40, whole.length - widest)) : 0
  const begin = outsidePair(whole, first)
  const end = outsidePair(whole, clipped ? first + widest : whole.length)
  const lead = begin > 0 ? '…' : ''
  const tail = end < whole.length ? '…' : ''
  return {
    text: lead + shown(whole.slice(begin, end)) + tail,
    before: lead.length + cells(whole.slice(begin, outsidePair(whole, from))),
    length: Math.max(1, cells(whole.slice(outsidePair(whole, from), Math.min(outsidePair(whole, to), end)))),
    clipped,
  }
}

const shown = (text: string): string => inert(text.replaceAll('\t', '    '))
const cells = (text: string): number => shown(text).length

/** An offset that does not part the halves of a surrogate pair: theirs is the one before. */
const outsidePair = (text: string, at: number): number =>
  /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(at - 1, at + 1)) && at > 0 ? at - 1 : at
