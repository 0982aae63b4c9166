/** A command line over files in memory. */
export interface Line {
  readonly argv: readonly string[]
  readonly files: Readonly<Record<string, string>>
}

/** A kind of input that can be made of any size. */
export interface Shape {
  /** What grows: completes "n …". */
  readonly what: string
  /** A size that takes some milliseconds. */
  readonly start: number
  readonly make: (size: number) => Line
}

/** One line of text for each number below a size. */
export const each = (size: number, line: (at: number) => string, between = '\n'): string =>
  Array.from({ length: size }, (_, at) => line(at)).join(between)

/** `generate` of one configuration. */
export const alloy = (text: string): Line => ({
  argv: ['generate', 'config.alloy', '--on-unknown', 'warn'],
  files: { 'config.alloy': `${text}\n` },
})

/** A shape whose configuration is the text that a function makes. */
export const ofAlloy = (what: string, start: number, text: (size: number) => string): Shape => ({
  what,
  start,
  make: size => alloy(text(size)),
})

/** A shape whose only input is a YAML file. */
export const ofYaml = (
  what: string,
  start: number,
  text: (size: number) => string,
  command: readonly string[] = ['generate'],
): Shape => ({
  what,
  start,
  make: size => ({ argv: [...command, 'input.yaml'], files: { 'input.yaml': `${text(size)}\n` } }),
})

/** A component that puts an expression where any value may stand. */
export const holding = (expression: string, label = 'x'): string =>
  `discovery.kubernetes "${label}" {\n  role = "pod"\n  api_server = ${expression}\n}`
