import { configurationOf } from '../../inputs.ts'
import { each, ofAlloy, type Shape } from '../shape.ts'

const component = (at: number): string => `discovery.kubernetes "x${at}" {\n  role = "pod"\n}`

/** What the parser reads, well formed and not. */
export const parser: readonly Shape[] = [
  ofAlloy('pipelines', 40, size => configurationOf(size * 1_000)),
  ofAlloy('characters of a string', 200_000, size => `logging {\n  format = "${'x'.repeat(size)}"\n}`),
  ofAlloy('lines of a raw string', 20_000, size => `logging {\n  format = \`${'x\n'.repeat(size)}\`\n}`),
  ofAlloy('escapes of a string', 50_000, size => `logging {\n  format = "${'\\n'.repeat(size)}"\n}`),
  ofAlloy('blanks in the first line', 20_000, size => `a${' '.repeat(size)}b`),
  ofAlloy('comments', 20_000, size => each(size, at => `// comment ${at}`)),
  ofAlloy('elements of an array', 10_000, size => `logging {\n  write_to = [${each(size, at => String(at), ', ')}]\n}`),
  ofAlloy('fields of an object', 5_000, size => `logging {\n  format = {${each(size, at => `f${at} = 1`, ', ')}}\n}`),
  ofAlloy(
    'arrays, 100 deep',
    100,
    size => `logging {\n  write_to = [${each(size, () => '['.repeat(100) + ']'.repeat(100), ', ')}]\n}`,
  ),
  ofAlloy(
    'sums of 900 numbers',
    10,
    size => `logging {\n  write_to = [${each(size, () => `1${' + 1'.repeat(899)}`, ', ')}]\n}`,
  ),
  ofAlloy('lines that start no statement', 2_000, size => each(size, () => 'a = )')),
  ofAlloy('stray characters on one line', 20_000, size => '@ '.repeat(size)),
  ofAlloy('brackets that nothing closes', 50_000, size => `a = ${'f(\n'.repeat(100)}${'1,'.repeat(size)}`),
  ofAlloy('strings that nothing closes', 2_000, size => each(size, () => 'a = "x')),
  ofAlloy('components on one line', 2_000, size => each(size, component).replaceAll('\n', ' ')),
  ofAlloy('repeated attributes', 5_000, size => `logging {\n${each(size, () => '  level = "info"')}\n}`),
  ofAlloy(
    'blocks in one block',
    5_000,
    size => `discovery.relabel "x" {\n  targets = []\n${each(size, () => '  rule { }')}\n}`,
  ),
  ofAlloy('secrets, and something to say about each', 100, size =>
    each(
      size,
      at =>
        `remote.vault "v${at}" {\n  server = "https://vault"\n  path   = "p"\n  auth.token {\n    token = "hunter-two-${at}"\n  }\n  nothing = "hunter-two-${at}"\n}`,
    ),
  ),
]
