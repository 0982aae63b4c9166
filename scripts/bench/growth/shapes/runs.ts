import type { Line, Shape } from '../shape.ts'

const repeated: readonly (readonly [name: string, text: string])[] = [
  ['line feeds', '\n'],
  ['blanks', ' '],
  ['carriage returns and tabs', '\r\t'],
  ['digits', '9'],
  ['slashes', '/'],
  ['quotes', '"'],
  ['opening braces', '{{'],
  ['colons', ':'],
  ['hyphens', '-'],
]

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a'
const of = (argv: readonly string[], name: string, text: string): Line => ({
  argv: [...argv, name],
  files: { [name]: text },
})
const places: readonly (readonly [name: string, make: (run: string) => Line])[] = [
  ['between two statements', run => of(['generate'], 'a.alloy', `a = 1\n${run}\nb = 2\n`)],
  ['in a comment', run => of(['generate'], 'a.alloy', `/* ${run} */\na = 1\n`)],
  ['in a raw string', run => of(['generate'], 'a.alloy', `logging {\n  level = \`${run}\`\n}\n`)],
  ['between two keys of values', run => of(['generate', '--values'], 'values.yaml', `alloy: {}\n${run}\nrbac: {}\n`)],
  ['between two documents', run => of(['check'], 'pods.yaml', `${pod}\n${run}\n---\n${pod}\n`)],
  ['in a block of YAML', run => of(['check'], 'pods.yaml', `${pod}\n  annotations:\n    a: |\n      b ${run}\n`)],
  ['in a line of a log', run => of(['denied'], 'alloy.log', `forbidden: User ${run}\n`)],
]

/** One text, many times, where the reader passes over it or gives up. */
export const runs: readonly Shape[] = places.flatMap(([place, make]) =>
  repeated.map(([name, text]) => ({
    what: `${name} ${place}`,
    start: 20_000,
    make: size => make(text.repeat(size)),
  })),
)
