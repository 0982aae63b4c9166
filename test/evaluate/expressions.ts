import fc from 'fast-check'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { evaluate } from '../../src/evaluate/evaluate.ts'
import type { Scope } from '../../src/evaluate/scope.ts'
import type { Value } from '../../src/evaluate/value/value.ts'
import type { Source, Span } from '../../src/source.ts'
import type { Expression } from '../../src/syntax/ast.ts'
import { parse } from '../../src/syntax/parse.ts'

/** Parses the expression of a text. */
export function expression(text: string): Expression {
  const source: Source = { path: 'test.alloy', text: `x = ${text}` }
  const { value, diagnostics } = parse(source)
  const [statement] = value?.body ?? []
  if (statement?.kind !== 'attribute')
    throw new Error(`${text}: ${diagnostics.map(({ message }) => message).join('; ')}`)
  return statement.value
}

/** Evaluates a text; by default nothing is in scope and the environment is not known. */
export function evaluated(
  text: string,
  names: ReadonlyMap<string, Value> = new Map(),
  scope: Partial<Scope> = {},
): { readonly value: Value; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const value = evaluate(expression(text), {
    lookup: name => names.get(name),
    release: '1.18.1',
    env: () => undefined,
    stability: null,
    report: found => diagnostics.push(found),
    ...scope,
  })
  return { value, diagnostics }
}

/** Some place, for unknowns that a test makes. */
export const somewhere: Span = { source: { path: 'test.alloy', text: 'test' }, start: 0, end: 4 }

/** The names of generated expressions, by what they are put for. */
export interface Names {
  readonly string: readonly string[]
  readonly list: readonly string[]
  readonly object: readonly string[]
  readonly any: readonly string[]
}

const strings = [
  '',
  'a',
  'pod',
  'a,b',
  ' x ',
  'é',
  'A/b',
  '10',
  '{"a":1}',
  'a: 1',
  '%s-%v',
  '%d',
  'YWJj',
  '\\xff',
  '%41',
]
const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`

/** Texts of expressions, most of which Alloy would evaluate: a place for a string is mostly taken by one. */
export function expressions(names: Names): fc.Arbitrary<string> {
  type Kinds = { readonly string: string; readonly list: string; readonly object: string; readonly any: string }
  const { any } = fc.letrec<Kinds>(tie => {
    const $ = (parts: TemplateStringsArray, ...kinds: readonly (keyof Kinds)[]): fc.Arbitrary<string> =>
      fc
        .tuple(
          ...kinds.map(kind => fc.oneof({ weight: 12, arbitrary: tie(kind) }, { weight: 1, arbitrary: tie('any') })),
        )
        .map(values => parts.reduce((text, part, at) => text + values[at - 1] + part))
    const one = (...choices: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
      fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...choices)
    const leaf = (fixed: readonly string[], own: readonly string[]): fc.Arbitrary<string> =>
      fc.constantFrom(...fixed, ...own, ...own, ...names.any)
    return {
      string: one(
        leaf(strings.map(quoted), names.string),
        $`(${'string'} + ${'string'})`,
        $`string.format("%v/%s", ${'any'}, ${'string'})`,
        $`string.format(${'string'}, ${'any'})`,
        $`string.join([${'string'}, ${'string'}], "-")`,
        $`string.join(${'list'}, ${'string'})`,
        $`string.replace(${'string'}, "a", ${'string'})`,
        $`string.replace(${'string'}, ${'string'}, "b")`,
        $`string.to_lower(${'string'})`,
        $`string.to_upper(${'string'})`,
        $`string.trim(${'string'}, ${'string'})`,
        $`string.trim_space(${'string'})`,
        $`string.trim_prefix(${'string'}, ${'string'})`,
        $`string.trim_suffix(${'string'}, ${'string'})`,
        $`encoding.url_encode(${'string'})`,
        $`encoding.url_decode(${'string'})`,
        $`encoding.to_base64(${'string'})`,
        $`encoding.to_json(${'object'})`,
        $`file.path_join(${'string'}, ${'string'})`,
        $`convert.nonsensitive(${'string'})`,
      ),
      list: one(
        leaf(['[]', '["a", "b"]', '[1]'], names.list),
        $`[${'any'}, ${'string'}]`,
        $`[${'object'}, ${'object'}]`,
        $`array.concat(${'list'}, ${'list'})`,
        $`array.combine_maps(${'list'}, [${'object'}], ["a"], true)`,
        $`array.combine_maps([${'object'}], [${'object'}, ${'object'}], ["a"])`,
        $`array.group_by([${'object'}, ${'object'}], "a", false)`,
        $`array.group_by(${'list'}, "k", true)`,
        $`string.split(${'string'}, ${'string'})`,
        $`encoding.from_base64(${'string'})`,
        $`json_path(${'string'}, ".a")`,
      ),
      object: one(
        leaf(['{}', '{a = "x"}', '{a = 1, b = null}'], names.object),
        $`{a = ${'any'}, k = ${'string'}}`,
        $`encoding.from_json(${'string'})`,
        $`encoding.from_yaml(${'string'})`,
      ),
      any: one(
        leaf(['0', '1', '-2', '2.5', 'true', 'false', 'null'], []),
        tie('string'),
        tie('list'),
        tie('object'),
        $`(${'any'} == ${'any'})`,
        $`(${'string'} != ${'string'})`,
        $`(${'string'} < ${'string'})`,
        $`((${'any'} == ${'any'}) && (${'list'} == ${'list'}))`,
        $`((${'any'} == ${'any'}) || (${'any'} == ${'any'}))`,
        $`!(${'any'} == ${'any'})`,
        $`(${'any'} * 2)`,
        $`(${'object'}).a`,
        $`(${'object'})["a"]`,
        $`(${'object'})[${'string'}]`,
        $`(${'list'})[0]`,
        $`(${'list'})[1]`,
        $`coalesce(${'any'}, ${'any'}, ${'any'})`,
        $`coalesce(${'string'}, "pod")`,
      ),
    }
  })
  return any
}
