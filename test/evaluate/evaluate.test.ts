import * as assert from 'uvu/assert'
import { evaluate } from '../../src/evaluate/evaluate.ts'
import { unknownsOf } from '../../src/evaluate/value/contents.ts'
import { possibleStrings } from '../../src/evaluate/value/known.ts'
import { int } from '../../src/evaluate/value/number.ts'
import { text } from '../../src/evaluate/value/string-pattern.ts'
import { unknown } from '../../src/evaluate/value/unknown.ts'
import type { Value } from '../../src/evaluate/value/value.ts'
import type { Expression } from '../../src/syntax/ast.ts'
import { describe } from '../harness.ts'
import { evaluated, somewhere } from './expressions.ts'
import { show } from './show.ts'

const open = unknown('export', somewhere, { name: 'discovery.kubernetes.pods.targets', type: 'array' })
const names: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['any', unknown('argument', somewhere, { name: 'any' })],
  ['role', { ...unknown('argument', somewhere, { type: 'string' }), candidates: [text('pod'), text('node')] }],
  ['full', { ...unknown('export', somewhere, { type: 'string' }), nonEmpty: true }],
  ['targets', open],
  ['token', { kind: 'capsule', type: 'secret', of: text('s3cr3t') }],
  ['hidden', { kind: 'capsule', type: 'optional_secret', of: null }],
  ['plain', { kind: 'capsule', type: 'optional_text', of: text('seen') }],
  ['string', { kind: 'object', entries: new Map<string, Value>([['mine', text('x')]]), open: false }],
  ['part', { kind: 'object', entries: new Map<string, Value>([['a', int(1)]]), open: true }],
  ['few', { kind: 'array', items: [text('a')], openElements: [text('b')] }],
])

describe('evaluate', it => {
  const values: readonly (readonly [title: string, source: string, shown: string])[] = [
    [
      'joins a known string and an unknown one to a pattern',
      '"spec.nodeName=" + sys.env("NODE")',
      '"spec.nodeName=" + ?string',
    ],
    ['joins neighbours of a pattern', '"a" + "b" + any + "c" + "d"', '"ab" + ? + "cd"'],
    ['keeps an unknown that nothing is joined to', '"" + sys.env("NODE")', '?string'],
    ['knows an environment variable that was given', 'sys.env("ROLE") + "s"', '"nodes"'],
    ['says what coalesce may be', 'coalesce(any, "pod")', '{? | "pod"}'],
    ['passes over candidates of coalesce that are empty', 'coalesce("", null, any, [], "x", any)', '{? | "x"}'],
    ['ends coalesce at what is not empty', 'coalesce("x", any)', '"x"'],
    ['gives the last argument of coalesce when all may be empty', 'coalesce(any, "")', '{? | ""}'],
    ['ends coalesce at an unknown text that is not empty', 'coalesce(full, "pod")', '?string'],
    [
      'tells a text that is not empty from an empty one',
      '[full == "", "" == full, full == "a"]',
      '[false, false, ?bool]',
    ],
    ['maps an operator over candidates', 'role + "s"', '{"pods" | "nodes"}'],
    ['maps a function over candidates', 'string.to_upper(role)', '{"POD" | "NODE"}'],
    ['compares what all candidates agree in', 'role == "service"', 'false'],
    ['compares nothing that depends on a candidate', 'role == "pod"', '{true | false}'],
    ['tells a pattern from a text it cannot be', '("a" + any) == "b"', 'false'],
    ['does not tell a pattern from a text it may be', '("a" + any) == "ab"', '?bool'],
    ['decides a conjunction by a known false', 'false && any', 'false'],
    ['leaves a conjunction open', 'true && any', '?bool'],
    ['decides a disjunction by a known true', 'any || true', 'true'],
    ['keeps known elements beside unknown ones', '["a", any]', '["a", ?]'],
    ['opens a list that an unknown one is joined to', 'array.concat(["a"], targets, ["b"])', '["a", ...(? | "b")]'],
    ['returns a lone argument of concat as it is', 'array.concat(targets)', '?array'],
    ['reads an element that is there for certain', 'array.concat(["a"], targets)[0]', '"a"'],
    ['reads one that may be there', 'few[3]', '"b"'],
    ['reads an unknown element', 'few[any]', '{"a" | "b"}'],
    ['reads an unknown field', '{a = 1, b = 2}[any]', '{1 | 2 | null}'],
    ['reads no field by a key that is not UTF-8', '{a = 1}["\\xff"]', 'null'],
    ['reads a field that an open object may have', 'part.b', '?'],
    ['reads a field of an open object', 'part.a', '1'],
    ['cannot compare an open object with one that has more keys', 'part == {"a" = 1, "b" = 2}', '?bool'],
    ['cannot compare an open object with one that has the same keys', '{"a" = 1} == part', '?bool'],
    ['knows that a closed object lacks a key of an open one', 'part == {"b" = 1}', 'false'],
    ['knows that a key of an open object differs', 'part == {"a" = 2, "b" = 1}', 'false'],
    ['formats a known string around an unknown one', 'string.format("%s:%d", sys.env("HOST"), 80)', '?string + ":80"'],
    ['formats nothing that pads an unknown one', 'string.format("%5s", any)', '?string'],
    ['joins a list with an unknown element', 'string.join(["a", any, "b"], ",")', '"a," + ?string + ",b"'],
    ['joins a list of unknown length', 'string.join(few, ",")', '"a" + ?string'],
    ['replaces one character around an unknown part', 'string.replace("a.b" + any, ".", "_")', '"a_b" + ?string'],
    ['replaces nothing that may straddle an unknown part', 'string.replace("ab" + any, "bc", "")', '?string'],
    ['lowers the known part', 'string.to_lower("A" + any)', '"a" + ?string'],
    ['trims the known ends', 'string.trim_space(" a" + any + "b ")', '"a" + ? + "b"'],
    ['does not trim where an unknown part may be all', 'string.trim_space(" " + any)', '?string'],
    ['cuts a known prefix', 'string.trim_prefix("a/b" + any, "a/")', '"b" + ?'],
    ['keeps what has another prefix', 'string.trim_prefix("a/b" + any, "x")', '"a/b" + ?'],
    ['cuts a known suffix', 'string.trim_suffix(any + "/b", "b")', '? + "/"'],
    ['encodes the known part', 'encoding.url_encode("a b" + any)', '"a+b" + ?string'],
    ['joins a secret and a string to a secret', '"Bearer " + token', 'secret("Bearer s3cr3t")'],
    ['joins a secret and an unknown to a secret', 'token + any', 'secret("s3cr3t" + ?)'],
    ['joins a hidden secret', '"a" + hidden', 'optional_secret(not known)'],
    ['joins two secrets to a secret', 'token + token', 'secret("s3cr3ts3cr3t")'],
    ['joins a secret and an optional one to a secret', 'token + hidden', 'secret(not known)'],
    ['joins two optional ones, of which one is none', 'hidden + plain', 'optional_secret(not known)'],
    ['takes an optional secret that is none for a string', '"a" + plain', '"aseen"'],
    ['opens a secret in one way', 'convert.nonsensitive(token)', '"s3cr3t"'],
    ['does not know a secret of the cluster', 'convert.nonsensitive(hidden)', '?string'],
    ['keeps a secret out of formatted text', 'string.format("%s", token)', '?string'],
    ['compares a secret with a string', 'token == "s3cr3t"', 'true'],
    ['hides the library behind a local name', 'string.mine', '"x"'],
    [
      'combines objects of which one is not known',
      'array.combine_maps([{a = "x", b = 1}], [{a = any, c = 2}], ["a"])',
      '[...({a: {? | "x"}, b: 1, c: 2})]',
    ],
    [
      'keeps the groups of unknown keys together',
      'array.group_by([{a = any}], "a", false)',
      '[...({a: ?string, items: [...({a: ?})]})]',
    ],
    ['reads a field of a shuffled list', 'array.group_by([{a = "x"}, {a = "y"}], "a", true)[0].a', '{"x" | "y"}'],
    ['does not know where it runs', 'constants.hostname', '?string'],
    ['knows the systems that Kubernetes runs on', 'constants.os', '{"linux" | "windows"}'],
    ['knows the release', 'constants.version', '"v1.18.1"'],
    ['reads what it can of a path', `json_path(\`{"a": [{"b": 1}, {"b": 2}]}\`, "$.a[?(@.b > 1)].b")`, '[2]'],
    ['leaves paths that it does not read', 'json_path(`{"a": 1}`, "$..a")', '?array'],
    ['leaves verbs that it does not print', 'string.format("%p", [1])', '?string'],
  ]
  const env = (name: string): string | undefined => (name === 'ROLE' ? 'node' : undefined)
  for (const [title, source, shown] of values)
    it(title, () => {
      const local = source.includes('string.mine') ? names : new Map([...names].filter(([name]) => name !== 'string'))
      const { value, diagnostics } = evaluated(source, local, { env })
      assert.equal(
        diagnostics.map(({ message }) => message),
        [],
      )
      assert.is(show(value), shown)
    })

  const errors: readonly (readonly [source: string, underlined: string, message: string])[] = [
    ['"a" + 1', '1', 'ARB210: the right operand of + is of type number, expected string'],
    ['[1] + any', '[1]', 'ARB210: the left operand of + is of type array, expected number or string or capsule'],
    ['token < any', 'token', 'ARB210: the left operand of < is of type capsule, expected number or string'],
    ['any && "x"', '"x"', 'ARB210: the right operand of && is of type string, expected bool'],
    ['any / 0', '0', 'ARB214: the right operand of / is 0'],
    ['!"x"', '"x"', 'ARB210: the operand of ! is of type string, expected bool'],
    ['nosuch.x', 'nosuch', 'ARB211: identifier nosuch does not exist'],
    ['{a = 1, b = 2}.c', 'c', 'ARB212: field c does not exist; expected one of a, b'],
    ['null.a', 'null', 'ARB210: what field a is read from is of type null, expected object'],
    ['[1, 2][2]', '2', 'ARB213: index 2 is out of range for an array of length 2, expected 0 to 1'],
    [
      '[1][9223372036854775808.0]',
      '9223372036854775808.0',
      'ARB213: index -9223372036854775808 is out of range for an array of length 1, expected 0 to 0',
    ],
    ['[1][-1]', '-1', 'ARB213: index -1 is out of range for an array of length 1, expected 0 to 0'],
    ['few[-1]', '-1', 'ARB213: index -1 is out of range for an array of length 1, expected 0 to 0'],
    ['[1]["0"]', '"0"', 'ARB210: the index of an array is of type string, expected number'],
    ['{a = 1}[0]', '0', 'ARB210: the key of an object is of type number, expected string'],
    ['"abc"[0]', '"abc"', 'ARB210: what an index is applied to is of type string, expected array or object'],
    ['"x"("y")', '"x"("y")', 'ARB210: what is called is of type string, expected function'],
    ['sys.env()', 'sys.env()', 'ARB215: sys.env is called with 0 arguments, expected 1'],
    ['string.format()', 'string.format()', 'ARB215: string.format is called with 0 arguments, expected at least 1'],
    ['string.to_lower(true)', 'true', 'ARB216: string.to_lower: argument 1 is of type bool, expected string'],
    ['string.to_lower(token)', 'token', 'ARB216: string.to_lower: argument 1 is a secret, expected string'],
    [
      'string.join(["a", []], ",")',
      '["a", []]',
      'ARB216: string.join: argument 1[1] is of type array, expected string',
    ],
    ['array.concat(any, null)', 'null', 'ARB210: argument 2 of array.concat is of type null, expected array'],
    ['encoding.from_json("{s3cr3t")', '"{s3cr3t"', 'ARB216: encoding.from_json: the text is not valid JSON'],
    ['encoding.to_json([1])', '[1]', 'ARB216: encoding.to_json: accepts only an object'],
    ['1e400', '1e400', 'ARB218: the number is too large for a 64-bit float'],
    ['[nosuch, nosuch.a + 1]', 'nosuch', 'ARB211: identifier nosuch does not exist'],
  ]
  for (const [source, underlined, message] of errors)
    it(`refuses ${source}`, () => {
      const { value, diagnostics } = evaluated(
        source,
        names.has('string') ? new Map([...names].filter(([name]) => name !== 'string')) : names,
      )
      const [first] = diagnostics
      assert.is(`${first?.code}: ${first?.message}`, message)
      assert.is(first!.span!.source.text.slice(first!.span!.start, first!.span!.end), underlined)
      assert.is(value.kind, 'unknown')
    })

  it('says once what fails inside', () => assert.is(evaluated('[(1 + "a") + 2]').diagnostics.length, 1))

  it('says of each part what is wrong with it', () => assert.is(evaluated('[nosuch, 1 + "a"]').diagnostics.length, 2))

  it('refuses nothing that one candidate would be accepted with', () => {
    const names = new Map([['c', { ...unknown('argument', somewhere), candidates: [text('a'), int(2)] }]])
    const { value, diagnostics } = evaluated('c * 2', names)
    assert.equal(diagnostics, [])
    assert.is(show(value), '4')
  })

  it('refuses what no candidate would be accepted with', () => {
    const names = new Map([['c', { ...unknown('argument', somewhere), candidates: [text('a'), text('b')] }]])
    assert.is(evaluated('c * 2', names).diagnostics.length, 1)
  })

  it('has the functions of the release only', () => {
    const says = (source: string, release: string): string =>
      evaluated(source, new Map(), { release })
        .diagnostics.map(({ code, message }) => `${code}: ${message}`)
        .join()
    assert.is(
      says('string.to_lower("A")', '1.3.1'),
      'ARB217: string was added in Alloy 1.4 and does not exist in 1.3.1',
    )
    assert.is(
      says('encoding.to_json({})', '1.7.0'),
      'ARB217: encoding.to_json was added in Alloy 1.8 and does not exist in 1.7.0',
    )
    assert.is(says('to_lower("A")', '1.0.0'), '')
    assert.is(
      says('yaml_decode("a")', '1.1.0'),
      'ARB217: yaml_decode was added in Alloy 1.2 and does not exist in 1.1.0',
    )
    assert.is(
      says('array.combine_maps([], [], ["a"], true)', '1.10.0'),
      'ARB215: array.combine_maps is called with 4 arguments, expected 3',
    )
    assert.is(says('string.nosuch("A")', '1.18.1').slice(0, 36), 'ARB212: field nosuch does not exist;')
  })

  it('warns of experimental functions where the deployment allows less', () => {
    const codes = (stability: 'experimental' | 'generally-available' | null): readonly string[] =>
      evaluated('array.group_by([], "a", true)', new Map(), { stability }).diagnostics.map(({ code }) => code)
    assert.equal(codes('generally-available'), ['ARB219'])
    assert.equal(codes('experimental'), [])
    assert.equal(codes(null), [])
  })

  it('says what would settle an unknown', () => {
    const { value } = evaluated('string.to_lower(sys.env("ROLE"))')
    assert.is(value.kind === 'unknown' ? `${value.because} ${value.name}` : '', 'environment ROLE')
    assert.is(
      value.kind === 'unknown' && value.origin.source.text.slice(value.origin.start, value.origin.end),
      'sys.env("ROLE")',
    )
  })

  it('lists the strings that a value may be', () => {
    assert.equal(possibleStrings(evaluated('"a-" + role', names).value), ['a-pod', 'a-node'])
    assert.is(possibleStrings(evaluated('"a-" + any', names).value), null)
  })

  it('does not call itself', () => {
    let deep: Expression = { kind: 'literal', token: 'NUMBER', raw: '1', span: somewhere }
    const right = deep
    for (let at = 0; at < 100_000; at++)
      deep = { kind: 'binary', operator: '+', operatorOffset: 0, left: deep, right, span: somewhere }
    const scope = {
      lookup: () => undefined,
      release: '1.18.1',
      env: () => undefined,
      stability: null,
      report: () => {},
    }
    assert.equal(evaluate(deep, scope), int(100_001))
  })

  it('evaluates as many parts as a text holds', () => {
    const item: Expression = { kind: 'literal', token: 'BOOL', raw: 'true', span: somewhere }
    const items: Expression = { kind: 'array', items: Array.from({ length: 150_000 }, () => item), span: somewhere }
    const scope = {
      lookup: () => undefined,
      release: '1.18.1',
      env: () => undefined,
      stability: null,
      report: () => {},
    }
    const value = evaluate(items, scope)
    const joined = evaluated('array.concat(x, x)', new Map([['x', value]])).value
    assert.is(joined.kind === 'array' && joined.items.length, 300_000)
  })

  it('gives up on values that no memory holds', () => {
    let value: Value = text('0123456789abcdef')
    for (let at = 0; at < 60; at++) value = evaluated('x + x', new Map([['x', value]])).value
    assert.ok(['unknown', 'pattern'].includes(value.kind) && show(value).length < 10_000)
    let list: Value = text('a')
    for (let at = 0; at < 60; at++) list = evaluated('[x, x]', new Map([['x', list]])).value
    assert.is(unknownsOf(list).length > 0, true)
  })
})
