import { outermost, type Span } from '../source.ts'
import { compareText } from '../text/compare-text.ts'
import { words } from '../text/words.ts'
import { type Args, type Code, catalog, type Name } from './catalog.ts'
import type { Entry, Severity } from './entry.ts'
import { few } from './suggest.ts'

/** A second place that explains the first. */
export interface Label {
  readonly span: Span
  readonly text: string
}

/** One thing the program has to say, at one place. */
export interface Diagnostic {
  readonly name: Name
  readonly code: Code
  /** What the message is made from: stable where words are corrected, so that a key may rest on it. */
  readonly args: Readonly<Record<string, unknown>>
  readonly severity: Severity
  readonly message: string
  /** What to do about it, one imperative sentence; null where the message says it all. */
  readonly help: string | null
  /** Null for what has no place in a text: an option, a missing file. */
  readonly span: Span | null
  readonly related: readonly Label[]
  /** The configuration that it is about, where a run is about several. */
  readonly of?: string
}

/** What is to be said of one configuration of several, by its name. */
export const about = (of: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.map(each => ({ of, ...each }))

/** What every stage returns: the best value it could build, and what it has to say about it. */
export interface Outcome<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Makes a diagnostic of the catalog, which makes its message and its help from the arguments. `severity` replaces the catalog's own
 * where the place or an option knows better. Here text of the input becomes words: each is one line, without the credentials of a URL,
 * and can be shown anywhere; a help of several lines is a list.
 */
export function diagnostic<N extends Name>(
  name: N,
  span: Span | null,
  args: Args<N>,
  { related = [], severity }: { related?: readonly Label[]; severity?: Severity } = {},
): Diagnostic {
  const entry = catalog[name] as Entry
  return {
    name,
    code: entry.code as Code,
    args: args ?? {},
    severity: severity ?? entry.severity,
    message: words(entry.message(args as never)),
    help: helpOf(entry, args),
    span,
    related: related.map(label => ({ ...label, text: words(label.text) })),
  }
}

function helpOf({ help, helpFor }: Entry, args: unknown): string | null {
  const made = helpFor?.(args) ?? help ?? null
  if (made === null) return null
  return (typeof made === 'string' ? [made] : made).map(words).join('\n')
}

/** Says whether a diagnostic that is an error elsewhere does not withhold the result here. */
export const isLetThrough = ({ name, severity }: Diagnostic): boolean =>
  severity !== 'error' && catalog[name].severity === 'error'

/** Says whether a result must be withheld. */
export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}

/** So many configurations are named. */
const most = 3

/** Orders diagnostics by place, then by code; those without a place come first. Repetitions are one, about all that they are about. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const placed = diagnostics.map(each => {
    // Several configurations of one file each begin at its own start.
    const { source, start } = each.span === null ? { source: { path: '' }, start: 0 } : outermost(each.span)
    return { each, path: source.path, start, key: [source.path, start, each.code, each.message].join('\0') }
  })
  const unique = new Map(placed.map(one => [one.key, one]))
  const names = new Map<string, Set<string | undefined>>()
  for (const { key, each } of placed) names.set(key, (names.get(key) ?? new Set()).add(each.of))
  return [...unique.values()]
    .sort(
      (a, b) =>
        compareText(a.path, b.path) ||
        a.start - b.start ||
        compareText(a.each.code, b.each.code) ||
        compareText(a.each.message, b.each.message),
    )
    .map(({ each, key }) => {
      const of = [...(names.get(key) ?? [])]
      return of.length < 2
        ? each
        : {
            ...each,
            of: few(
              of.filter(name => name !== undefined),
              most,
            ).join(', '),
          }
    })
}
