/**
 * What to do about an unknown component or module: print no plan, print one that is marked incomplete, or grant what the chart grants by
 * default.
 */
export const onUnknownModes = ['error', 'warn', 'defaults'] as const

/** One of the modes of `--on-unknown`. */
export type OnUnknown = (typeof onUnknownModes)[number]
