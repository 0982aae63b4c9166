import { each, holding, ofAlloy, type Shape } from '../shape.ts'

/** Modules of which each is given what the one before exports. */
const chained = (size: number, first: string, next: (before: string, at: number) => string): string =>
  `declare "same" {\n  argument "x" { }\n  export "y" {\n    value = argument.x.value\n  }\n}
same "m0" {\n  x = ${first}\n}
${each(size, at => `same "m${at + 1}" {\n  x = ${next(`same.m${at}.y`, at)}\n}`)}`

const json = (size: number): string => `\`{${each(size, at => `"k${at}": [${at}]`, ', ')}}\``
const list = (size: number): string => `[${each(size, at => `"v${at}"`, ', ')}]`

/** What is computed. */
export const evaluator: readonly Shape[] = [
  ofAlloy('texts joined by +, one after the other', 200, size =>
    chained(size, '"x"', before => `${before} + "${'x'.repeat(100)}"`),
  ),
  ofAlloy('texts doubled', 10, size => chained(size, '"x"', before => `${before} + ${before}`)),
  ofAlloy('arrays concatenated, one after the other', 100, size =>
    chained(size, '[1]', before => `array.concat(${before}, ${list(10)})`),
  ),
  ofAlloy('arrays doubled', 10, size => chained(size, '[1]', before => `array.concat(${before}, ${before})`)),
  ofAlloy('arrays put into arrays', 100, size => chained(size, '[1]', before => `[${before}, ${before}]`)),
  ofAlloy('objects combined, one after the other', 20, size =>
    chained(size, '[{ k = "1" }]', (before, at) => `array.combine_maps(${before}, [{ k = "1", f${at} = "x" }], ["k"])`),
  ),
  ofAlloy('pairs of maps of equal key', 30, size =>
    holding(
      `array.combine_maps([${each(size, () => '{ k = "1" }', ', ')}], [${each(size, () => '{ k = "1" }', ', ')}], ["k"])`,
    ),
  ),
  ofAlloy('texts joined by string.join', 2_000, size => holding(`string.join(${list(size)}, ", ")`)),
  ofAlloy('texts replaced', 20_000, size => holding(`string.replace("${'x'.repeat(size)}", "x", "yz")`)),
  ofAlloy('pieces split', 10_000, size => holding(`string.split("${'x,'.repeat(size)}", ",")[0]`)),
  ofAlloy('arguments formatted', 1_000, size =>
    holding(`string.format("${'%s'.repeat(size)}", ${each(size, () => '"x"', ', ')})`),
  ),
  ofAlloy('characters lowered', 50_000, size => holding(`string.to_lower("${'X'.repeat(size)}")`)),
  ofAlloy('characters encoded and decoded', 20_000, size =>
    holding(`convert.nonsensitive(encoding.from_base64(encoding.to_base64("${'x'.repeat(size)}")))`),
  ),
  ofAlloy('fields of decoded JSON', 2_000, size => holding(`encoding.from_json(${json(size)}).k1[0]`)),
  ofAlloy('fields of decoded YAML', 500, size => holding(`encoding.from_yaml(${json(size)}).k1[0]`)),
  ofAlloy('fields of JSON walked by a path', 1_000, size => holding(`json_path(${json(size)}, "$..[0]")`)),
  ofAlloy('environment variables', 1_000, size => each(size, at => holding(`sys.env("V${at}")`, `x${at}`))),
  ofAlloy('parts of a text that are not known', 200, size =>
    holding(`string.join([${each(size, at => `sys.env("V${at}")`, ', ')}], "-")`),
  ),
  ofAlloy('choices that are not known', 200, size =>
    holding(`coalesce(${each(size, at => `sys.env("V${at}")`, ', ')})`),
  ),
  ofAlloy('wrong operands', 1_000, size => each(size, at => holding('1 + "x"', `x${at}`))),
  ofAlloy('unknown functions', 1_000, size => each(size, at => holding(`string.nothing${at}("x")`, `x${at}`))),
  ofAlloy('comparisons of long arrays', 1_000, size => holding(`${list(size)} == ${list(size)}`)),
]
