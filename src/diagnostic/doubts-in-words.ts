/** Why it is not known whether a collector gets a remote pipeline. */
export type Doubt =
  | { readonly kind: 'matchers unknown' | 'no matchers' | 'enabled unknown' }
  /** An attribute of the collector. `settled`: the options that would say what it is; null: it may not have it. */
  | { readonly kind: 'attribute'; readonly attribute: string; readonly settled: string | null }

/** What is not known, as a sentence that goes on after `since`. */
export const doubtsInWords = (doubts: readonly Doubt[]): string => [...new Set(doubts.map(inWords))].join(' and ')

function inWords(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'matchers unknown':
      return 'its matchers are not known'
    case 'no matchers':
      return 'it has no matchers'
    case 'enabled unknown':
      return 'it may not be enabled'
    case 'attribute':
      return `the attribute ${doubt.attribute} is ${doubt.settled === null ? 'not known' : 'known only at run time'}`
    default:
      return doubt satisfies never
  }
}

/** What would settle it. */
export function helpForDoubts(doubts: readonly Doubt[]): string {
  if (doubts.some(({ kind }) => kind === 'enabled unknown')) return 'pass a plan or state that says whether it is'
  const options = doubts.flatMap(each => (each.kind === 'attribute' ? [optionFor(each)] : []))
  if (options.length === 0) return 'name its matchers in a file beside it, or in an index'
  return `pass ${[...new Set(options)].join(' and ')}`
}

function optionFor({ attribute, settled }: Extract<Doubt, { kind: 'attribute' }>): string {
  const option = `--attribute ${attribute}=VALUE`
  if (settled === null) return `${option}, or --attribute ${attribute}= if the collector does not have it`
  return settled === '' ? option : `${option} or ${settled}`
}
