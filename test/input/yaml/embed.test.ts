import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { Document, type Scalar as ScalarNode } from 'yaml'
import { embed } from '../../../src/input/yaml/embed.ts'
import { readYaml } from '../../../src/input/yaml/parse-yaml.ts'
import { get, type Scalar, textAt } from '../../../src/input/yaml/tree.ts'
import { describe } from '../../harness.ts'

/** The characters of the file that stand for each character of the string at `path`. */
function characters(text: string, ...path: readonly string[]): { value: string; mapped: string } {
  const tree = readYaml({ path: 'values.yaml', text }).value[0]!
  const { text: value, outer } = embed(get(tree, ...path) as Scalar, 'config.alloy')
  const mapped = [...value.split('').keys()].map(at => text[outer!.offset(at)] ?? '$').join('')
  return { value, mapped }
}

describe('embed maps each character of a string to its place in the file', it => {
  const table: readonly [title: string, yaml: string, value: string, mapped: string][] = [
    ['a literal block', 'a:\n  b: |\n    one {\n      two\n    }\n', 'one {\n  two\n}\n', 'one {\n  two\n}\n'],
    ['a literal block without its last line break', 'b: |-\n  one\n  two\n', 'one\ntwo', 'one\ntwo'],
    ['a literal block that keeps empty lines', 'b: |+\n  one\n\n\nc: 1\n', 'one\n\n\n', 'one\n\n\n'],
    ['a literal block with empty lines within', 'b: |\n    one\n\n    two\n', 'one\n\ntwo\n', 'one\n\ntwo\n'],
    ['a literal block with an indentation indicator', 'b: |2\n    one\n  two\n', '  one\ntwo\n', '  one\ntwo\n'],
    ['a literal block with a comment in its header', 'b: | # note\n  one\n', 'one\n', 'one\n'],
    ['a literal block with carriage returns', 'b: |\r\n  one\r\n  two\r\n', 'one\ntwo\n', 'one\rtwo\r'],
    ['a literal block behind an anchor', 'b: &x |\n  one\n', 'one\n', 'one\n'],
    ['a folded block', 'b: >\n  one\n  two\n\n  three\n', 'one two\nthree\n', 'one\ntwo\nthree\n'],
    ['a folded block with deeper lines', 'b: >-\n  one\n    two\n  three\n', 'one\n  two\nthree', 'one\n  two\nthree'],
    ['a double-quoted string', String.raw`b: "a = \"x\"\n\u0041\x42\\"`, 'a = "x"\nAB\\', 'a = \\x\\\\\\\\\\'],
    ['quotes over several lines', 'b: "one\n  two\\\n  three\n\n  four"', 'one twothree\nfour', 'one\ntwothree\nfour'],
    ['a single-quoted string', "b: 'it''s\n  so'", "it's so", "it's\nso"],
    ['a plain string over several lines', 'b: one\n  two\n', 'one two', 'one\ntwo'],
    ['a JSON string', '{"b": "one\\ntwo\\/"}', 'one\ntwo/', 'one\\two\\'],
  ]
  for (const [title, yaml, value, mapped] of table) {
    it(title, () => assert.equal(characters(yaml, ...(yaml.startsWith('a:') ? ['a', 'b'] : ['b'])), { value, mapped }))
  }

  it('the end of the text maps to the end of the string', () => {
    const text = 'b: "one"'
    const source = embed(get(readYaml({ path: 'v', text }).value[0]!, 'b') as Scalar, 'c')
    assert.is(source.outer!.offset(3), 7)
  })

  it('an alias maps to its anchor', () => {
    assert.equal(characters('a: &x |\n  one\nb: *x\n', 'b'), { value: 'one\n', mapped: 'one\n' })
  })

  it('whatever the writer of YAML makes of a text, what is not escaped maps to itself', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', ' ', '\n', '"', "'", '\\', '{', ':', '#', 'é', '\t', '😀', '-'),
    })
    const style = fc.constantFrom('BLOCK_LITERAL', 'BLOCK_FOLDED', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN')
    fc.assert(
      // Texts of blanks alone are left out: a block of them has no indentation of its own.
      fc.property(
        word.map(text => `a${text}`),
        style,
        fc.integer({ min: 2, max: 6 }),
        (value, type, indent) => {
          const document = new Document({ a: { b: value } })
          ;(document.getIn(['a', 'b'], true) as ScalarNode).type = type
          const text = document.toString({ indent, lineWidth: 20 })
          // The writer sometimes turns plain text into another type.
          fc.pre(textAt(readYaml({ path: 'v', text }).value[0] ?? null, 'a', 'b') !== null)
          const found = characters(text, 'a', 'b')
          for (const [at, character] of [...found.value.split('')].entries()) {
            const there = found.mapped[at]!
            const folds = character === '\n' || character === ' '
            assert.ok(
              there === character || there === '\\' || (folds && /\s/.test(there)),
              `${JSON.stringify(text)} ${at}`,
            )
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})
