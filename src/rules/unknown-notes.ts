import { type Diagnostic, diagnostic, type Label } from '../diagnostic/diagnostic.ts'
import { settledBy } from '../evaluate/given.ts'
import type { Use } from '../resolve/use.ts'
import type { Span } from '../source.ts'
import { originsOf } from './map/condition.ts'
import type { Found } from './map/lookup.ts'

/** Says which argument is known only at run time, and what would settle it. */
export function noteUnknownArgument(use: Use, open: readonly Found[], report: (found: Diagnostic) => void): void {
  for (const found of open) {
    const place: Span = found.argument?.span ?? use.block.header
    const { related, settled } = explainUnknown(found, place)
    const args = { argument: found.argument?.name ?? 'an argument', component: use.id, settled }
    report(diagnostic('assumed', place, args, { related: [...related, ...use.related] }))
  }
}

/** Says which privileges are needed with some value that is known only at run time. */
export function notePossible(
  privileges: readonly string[],
  use: Use,
  open: readonly Found[],
  report: (found: Diagnostic) => void,
): void {
  for (const found of new Map(open.map(each => [each.argument, each])).values()) {
    const place: Span = found.argument?.span ?? use.block.header
    const { related, settled } = explainUnknown(found, place)
    const args = { argument: found.argument?.name ?? 'an argument', component: use.id, privileges, settled }
    report(diagnostic('privilege-only-possible', place, args, { related: [...related, ...use.related] }))
  }
}

/** Where the unknown parts of an argument come from, and the options that would settle them. */
export function explainUnknown(
  found: Found,
  place: Span,
): { readonly related: readonly Label[]; readonly settled: string } {
  const origins = originsOf({ truth: null, open: [found] })
  return {
    related: origins
      .filter(({ origin }) => origin !== place)
      .map(({ origin, because, name }) => ({ span: origin, text: name === null ? nameless[because] : words[because] }))
      .slice(0, 3),
    settled: settledBy(origins),
  }
}

const words = {
  environment: 'read from the environment of the container',
  export: 'exported by a component while it runs',
  argument: 'given by the caller of the module',
  secret: 'the content of a secret',
  function: 'the result of a function that is not evaluated here',
  size: 'a value that is larger than is computed here',
  element: 'an element of a collection that is known only at run time',
  template: 'a Helm template action',
  substitution: 'a variable that Flux replaces',
  module: 'exported by a module that is not available',
} as const

/** The words for what has no name that could be given. */
const nameless = { ...words, environment: 'known only where Alloy runs' } as const
