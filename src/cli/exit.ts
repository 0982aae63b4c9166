/** The program's exit codes. */
export const exit = {
  /** The document was printed; for `check`: nothing at or above `--fail-on`. */
  done: 0,
  /** No plan, because the input has errors; for `check`: findings; for `upgrade`: something breaks. */
  fault: 1,
  /** Wrong usage. */
  usage: 2,
  /** Could not run: an unreadable file, a bug; for `check` also: no verdict. */
  failure: 3,
} as const

/** A file that cannot be read or written: said in one line, without a stack. */
export class Unusable extends Error {}

/** An input that cannot be read. */
export class Unreadable extends Unusable {}

/** Wrong usage that only the disk tells: said in one line, without a stack. */
export class Misuse extends Error {}
