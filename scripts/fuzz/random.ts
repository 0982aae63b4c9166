/** Chooses by a seed: the same seed makes the same choices on every machine. */
export interface Random {
  /** A number in [0, 1). */
  readonly next: () => number
  /** A whole number in [0, below). */
  readonly below: (below: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(from: readonly T[]) => T
  /** A list of a random length in [least, most]. */
  readonly list: <T>(least: number, most: number, make: (at: number) => T) => T[]
}

/** Mulberry32 by Tommy Ettinger, public domain: small, and good enough to choose inputs. */
export function randomOf(seed: number): Random {
  let state = (seed % 2 ** 32) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: probability => next() < probability,
    pick: from => from[below(from.length)]!,
    list: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, (_, at) => make(at)),
  }
}
