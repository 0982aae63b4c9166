import { type Diagnostic, diagnostic, hasError, inOrder, type Outcome } from '../diagnostic/diagnostic.ts'
import { required } from '../required.ts'
import { locate, maxBytes, type Range, type Source, type Span } from '../source.ts'
import { firstFrom } from '../text/first-from.ts'
import type { File } from './ast.ts'
import { commentGroups } from './build.ts'
import { place, report } from './faults.ts'
import { beyondLimit, beyondTokens, maxChain, maxFindings, maxNesting, maxTokens } from './limits.ts'
import { read } from './read.ts'
import { scan } from './scan.ts'

/** What is known of a text beside the text. */
export interface ParseOptions {
  /** Where Helm template actions stand, in order. Inside a string or comment they are read over, elsewhere they are an error. */
  readonly templates?: readonly Range[]
}

/** Everything that is replaced before Alloy reads the text, in order; a variable in a template action is a part of it. */
function withVariables(templates: readonly Range[], variables: readonly Range[] = []): readonly Range[] {
  const apart = variables.filter(({ start }) => {
    const last = templates[firstFrom(templates, start + 1, each => each.start) - 1]
    return last === undefined || last.end <= start
  })
  return apart.length === 0 ? templates : [...templates, ...apart].sort((a, b) => a.start - b.start)
}

/**
 * Reads one text of the Alloy configuration language. The tree is null exactly when an error is reported; a text has as many
 * errors reported as can be distinguished, a fault of the grammar once a line. No text makes it throw.
 *
 * @example
 * ```ts
 * import { parse } from 'alloy-rbac'
 *
 * const { value } = parse({ path: 'config.alloy', text: 'logging {\n  level = "debug"\n}\n' })
 * for (const statement of value?.body ?? []) console.log(statement.kind, statement.name)
 * // block logging
 * ```
 */
export function parse(source: Source, { templates = [] }: ParseOptions = {}): Outcome<File | null> {
  if (isTooLarge(source.text)) {
    const start = { source, start: 0, end: 0 }
    return { value: null, diagnostics: [diagnostic('file-too-large', start, { limit: '16 MiB' })] }
  }
  const many = beyondTokens(source.text)
  if (many !== null) {
    const args = { what: 'this text', limit: maxTokens.toLocaleString('en') }
    return { value: null, diagnostics: [diagnostic('too-many-tokens', { source, start: many, end: many + 1 }, args)] }
  }
  const scanned = scan(source, withVariables(templates, source.variables))
  const beyond = beyondLimit(scanned.tokens)
  if (beyond) {
    const span = place(beyond.token, source)
    const limit =
      beyond.limit === 'nesting'
        ? diagnostic('nested-too-deeply', span, { limit: maxNesting })
        : diagnostic('expression-too-long', span, { limit: maxChain })
    return { value: null, diagnostics: inOrder([...scanned.diagnostics, limit]).slice(0, maxFindings) }
  }
  const { body, errors, misplacements, judged } = read(source, scanned)
  const file: File = {
    body,
    comments: commentGroups(source, scanned.comments),
    span: { source, start: 0, end: source.text.length },
  }
  if ([errors, misplacements, judged, scanned.diagnostics].every(({ length }) => length === 0))
    return { value: file, diagnostics: [] }
  const blocks = misplacements.map(({ first, last }) =>
    diagnostic('block-as-value', { source, start: first.startOffset, end: last.startOffset + 1 }, undefined),
  )
  const certain = [...scanned.diagnostics, ...judged, ...blocks]
  const faults = errors.map(fault => report(fault, source, scanned.tokens))
  const diagnostics = inOrder([...certain, ...telling(faults, certain)]).slice(0, maxFindings)
  return { value: hasError(diagnostics) ? null : file, diagnostics }
}

/** Faults of the grammar that something before them on their line does not explain already. */
function telling(faults: readonly Diagnostic[], certain: readonly Diagnostic[]): readonly Diagnostic[] {
  const spanOf = ({ span }: Diagnostic): Span => required(span, 'the place of a syntax error')
  const lineOf = ({ source, start }: Span): number => locate(source, start).line
  /** By line, where the first thing that explains faults after it begins; for a misplaced block, where it ends. */
  const explained = new Map<number, number>()
  const explain = (line: number, from: number): void => {
    explained.set(line, Math.min(from, explained.get(line) ?? Number.POSITIVE_INFINITY))
  }
  for (const each of certain) {
    const span = spanOf(each)
    if (each.name === 'block-as-value') explain(locate(span.source, span.end).line, span.end)
    else explain(lineOf(span), span.start)
  }
  return faults.filter(fault => {
    const span = spanOf(fault)
    const line = lineOf(span)
    const { start } = span
    if (start >= (explained.get(line) ?? Number.POSITIVE_INFINITY)) return false
    explain(line, start)
    return true
  })
}

/** Whether a text takes more bytes than are read. A unit takes three bytes at most. */
function isTooLarge(text: string): boolean {
  if (text.length * 3 <= maxBytes) return false
  return text.length > maxBytes || new TextEncoder().encode(text).length > maxBytes
}
