/** Says of an argument, by the blocks around it, whether its value may be shown: it is known there, and no secret. */
export type IsOpen = (blocks: readonly string[], name: string) => boolean
