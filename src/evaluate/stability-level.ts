/**
 * The levels of Alloy's `--stability.level`, least mature first: a deployment runs what is at its level or after it.
 */
export const stabilityLevels = ['experimental', 'public-preview', 'generally-available'] as const

/** How mature a component or function is, or has to be. */
export type StabilityLevel = (typeof stabilityLevels)[number]
