import { setFlagsFromString } from 'node:v8'

/** How much the heap may grow between collections, in percent of what was left by the last one; the engine alone lets it grow fourfold. */
export const growth = 50
/** How many bytes of input make the heap worth watching; less would only cost time. */
const many = 1024 * 1024

let total = 0

/** Counts what is read. From many bytes on, garbage is collected before it takes several times the room of what is used. */
export function countRead(bytes: number): void {
  const before = total
  total += bytes
  if (before <= many && total > many) setFlagsFromString(`--heap-growing-percent=${growth}`)
}
