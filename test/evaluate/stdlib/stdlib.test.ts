import * as assert from 'uvu/assert'
import { library } from '../../../src/evaluate/stdlib/stdlib.ts'
import { describe } from '../../harness.ts'
import { evaluated } from '../expressions.ts'
import { show } from '../show.ts'

/** What Alloy 1.18.1 answers, beyond the recorded vectors; `error` where it refuses. `opt` is an OptionalSecret that is not secret. */
const table: readonly (readonly [source: string, shown: string])[] = [
  ['string.to_upper("\\xffa")', '"\ufffdA"'],
  ['string.to_lower("İẞΣς")', '"ißσς"'],
  ['string.to_upper("ßŉıſ")', '"ßŉIS"'],
  ['string.replace("\\xffa", "", "-")', 'b"-ÿ-a-"'],
  ['string.replace("\\xc3\\xa9", "\\xa9", "\\xa8")', '"è"'],
  ['string.split("\\xc3\\xa9\\xff", "")', '["é", b"ÿ"]'],
  ['string.split("\\xc3\\xa9", "\\xa9")', '[b"Ã", ""]'],
  ['string.trim("\\xffa\\xfe", "\\xff")', '"a"'],
  ['string.trim("aéb", "ab")', '"é"'],
  ['string.trim_space("\\u200b\\u2028a\\u180e\\u3000")', '"\u200b\u2028a\u180e"'],
  ['string.trim_prefix("\\xc3\\xa9", "\\xc3")', 'b"©"'],
  ['"\\xc3" + "\\xa9"', '"é"'],
  ['"\\xed\\xa0\\x80"', 'b"í\u00a0\u0080"'],
  [
    'string.format("%05s|%-05d|%+v|%w|%x|%x|%X", "ab", 3, 5, 3, [10, "ab"], -255, "hi")',
    '"000ab|3    |5|%!w(int=3)|[a 6162]|-ff|6869"',
  ],
  [
    'string.format("%6.2f%%|%g|%e|%.3g|%G|%t|%v", 3.14159, 1e8, 12345.678, 0.00001234, 1e-7, true, null)',
    '"  3.14%|1e+08|1.234568e+04|1.23e-05|1E-07|true|<nil>"',
  ],
  ['string.format("%.0f %.1f %.0f", 2.5, 0.25, 1e22)', '"2 0.2 10000000000000000000000"'],
  ['string.format("%d", {a = 1})', '"map[%!d(string=a):1]"'],
  ['string.format("%5d|%5t|%-5v|%5v", "x", true, null, [1, 2])', '"%!d(string=    x)| true|<nil>|[    1     2]"'],
  ['string.format("%v %v %g", 0.0001, 0.00001, 0.00012)', '"0.0001 1e-05 0.00012"'],
  ['string.format("%v %v %v %v", 1e8, 123456789.0, 1e20, 123456.7)', '"1e+08 1.23456789e+08 1e+20 123456.7"'],
  [
    'string.format("%g %.3g %.10g %.3g %.0g", 100000.0, 100000.0, 123456789.0, 0.0, 15.0)',
    '"100000 1e+05 123456789 0 2e+01"',
  ],
  ['string.format("%.3g %.2e %.1f", 99.96, 9.996, 99.96)', '"100 1.00e+01 100.0"'],
  ['string.format("%5%|%-5%|", 1)', '"%|%|%!(EXTRA int=1)"'],
  ['string.format("%!|%z|%é", 1, 2, 3)', '"%!!(int=1)|%!z(int=2)|%!é(int=3)"'],
  [
    'string.format("%T %T %T %T %.2T", null, [1], {a = 1}, 9223372036854775808, 1.5)',
    '"<nil> []interface {} map[string]interface {} uint64 fl"',
  ],
  [
    'string.format("%6d|%06d|%+06d|%-6d|%.3d|%+.3d|%8.3d|% x", -5, -5, 5, 5, 7, 7, 7, "abc")',
    '"    -5|-00005|+00005|5     |007|+007|     007|61 62 63"',
  ],
  ['string.format("%.2s|%5.1s|%.1q|%.2x", "héllo", "héllo", "héllo", "abc")', '"hé|    h|\\"h\\"|6162"'],
  ['string.format("%*d|%-*d|%.*f|%*d", 5, 1, -5, 2, 2, 3.14159, "x", 3)', '"    1|2    |3.14|%!(BADWIDTH)3"'],
  ['string.format("%d %s", [1, [2, "x"]], {a = [1]})', '"[1 [2 %!d(string=x)]] map[a:[%!s(int=1)]]"'],
  ['string.format("%[2]s-%[1]s %[1]q", "a", "b")', '"b-a \\"a\\""'],
  ['string.format("%[1]s %s", "a", "b")', '"a b"'],
  ['string.format("%[3]*.[2]*[1]d|", 7, 2, 6)', '"    07|"'],
  ['string.format("%[5]d %[0]d %[x]d %[1]", 1)', '"%!d(BADINDEX) %!d(BADINDEX) %!d(BADINDEX) %!(NOVERB)"'],
  ['string.format("%#x %#X %#o %#b %#08x", 255, 255, 8, 5, 255)', '"0xff 0XFF 010 0b101 0x000000ff"'],
  ['string.format("%#v %#v %#v", "a", 3, true)', '"\\"a\\" 3 true"'],
  [
    'string.format("%p %p %w %.3w", "a", null, [1], 5)',
    '"%!p(string=a) %!p(<nil>) %!w([]interface {}=[1]) %!w(int=005)"',
  ],
  [
    'string.format("%c|%q|%U|%#U|%+q|%c", 65, 39, 8364, 8364, 233, -1)',
    "\"A|'\\\\''|U+20AC|U+20AC '€'|'\\\\u00e9'|�\"",
  ],
  [
    'string.format("%b %x %X %.1x %#x %b", 1.5, 3.25, 0.0, 1.97, 1.0, 0.0)',
    '"6755399441055744p-52 0x1.ap+01 0X0P+00 0x1.0p+01 0x1.0000p+00 0p-1074"',
  ],
  ['string.format("%#g %#.3g %#f %#.0e %#v", 1.0, 1.5, 2.0, 3.0, 1e6)', '"1.00000 1.50 2.000000 3.e+00 1e+06"'],
  [
    'string.format("%# x|%#x|%#q|%#q|%#X", "abc", "abc", "a\\u0060b", "ab", "")',
    '"0x61 0x62 0x63|0x616263|\\"a`b\\"|`ab`|"',
  ],
  [
    'string.format("%#v %#v", {a = 1}, [18446744073709551615, "x", null])',
    '"map[string]interface {}{\\"a\\":1} []interface {}{0xffffffffffffffff, \\"x\\", interface {}(nil)}"',
  ],
  ['string.format("%3s|%-3s|%03s", "\\xff", "\\xff", "\\xff")', 'b"  ÿ|ÿ  |00ÿ"'],
  ['string.format("%*d|%20000001d|%d", 1000001, 1)', '"%!(BADWIDTH)1|%!(NOVERB)"'],
  [
    'string.format("%s|%v|%+v|%T", opt, opt, opt, opt)',
    '"{%!s(bool=false) plain}|{false plain}|{IsSecret:false Value:plain}|alloytypes.OptionalSecret"',
  ],
  [
    'string.format("%7v|%.2q|%#v", opt, opt, [opt])',
    '"{  false   plain}|{%!q(bool=false) \\"pl\\"}|[]interface {}{alloytypes.OptionalSecret{IsSecret:false, Value:\\"plain\\"}}"',
  ],
  [
    'string.format(opt, opt + "x", opt + opt)',
    '"plain%!(EXTRA string=plainx, alloytypes.OptionalSecret={false plainplain})"',
  ],
  ['string.join([opt, string.to_upper(opt)], "-")', '"plain-PLAIN"'],
  ['encoding.to_json({a = opt})', '"{\\"a\\":{\\"IsSecret\\":false,\\"Value\\":\\"plain\\"}}"'],
  ['[opt == "plain", [opt] == ["plain"], {a = opt} == {a = opt}]', '[true, false, true]'],
  ['array.combine_maps([{a = opt}], [{a = "plain"}], ["a"])', '[]'],
  ['string.format("%5.", 1)', '"%!.(int=    1)"'],
  ['string.format("%", 1)', '"%!(NOVERB)%!(EXTRA int=1)"'],
  ['string.format("", 1, null, "x")', '"%!(EXTRA int=1, <nil>, string=x)"'],
  [
    'string.format("%+q|%q|%q", "é☺", "\\xff", "a\\u00a0b\\u200b\\x00")',
    '"\\"\\\\u00e9\\\\u263a\\"|\\"\\\\xff\\"|\\"a\\\\u00a0b\\\\u200b\\\\x00\\""',
  ],
  ['string.format("%s|%d", "\\xff", 1)', 'b"ÿ|1"'],
  ['string.format("%e %E %.2e", 0.0, 123456.789, 1e100)', '"0.000000e+00 1.234568E+05 1.00e+100"'],
  [
    'string.format("%f %F %08.2f %+.1f % .1f", 1e21, 1.0, -3.14159, 2.25, 2.35)',
    '"1000000000000000000000.000000 1.000000 -0003.14 +2.2  2.4"',
  ],
  ['string.format("%b %o %O %.0d|%3.0d|", 5, 8, 8, 0, 0)', '"101 10 0o10 |   |"'],
  ['string.format("%v %5.1f", 1e308 * 10, -1e308 * 10)', '"+Inf  -Inf"'],
  [
    'encoding.to_json({b = "\\b\\f\\n\\u007f\\u2028<\\xff", a = [1e21, 1e-7, 1.0, -0.0, 9223372036854775808]})',
    '"{\\"a\\":[1e+21,1e-7,1,-0,9223372036854775808],\\"b\\":\\"\\\\b\\\\f\\\\n\u007f\\\\u2028\\\\u003c\\\\ufffd\\"}"',
  ],
  ['encoding.to_json({a = string.to_lower})', 'error'],
  ['encoding.to_json({a = 1e308 * 10})', 'error'],
  ['encoding.from_json("\\"\\\\ud800\\"")', '"\ufffd"'],
  ['encoding.from_json("\\"\\xff\\xe2\\x82\\"")', '"\ufffd\ufffd\ufffd"'],
  ['encoding.from_json("1e400")', 'error'],
  ['encoding.from_base64("YQ")', 'error'],
  ['encoding.from_base64("YR==")', '[97]'],
  ['encoding.from_base64("YQ=\\n=")', '[97]'],
  ['encoding.from_base64("YQ==YQ==")', 'error'],
  ['encoding.from_base64("Y*==")', 'error'],
  ['encoding.to_base64("\\xff\\xfe\\xfd") + encoding.to_URLbase64("\\xff\\xfe")', '"//79__4="'],
  ['encoding.url_decode("%c3%a9+%2B")', '"é +"'],
  ['encoding.url_decode("%")', 'error'],
  [
    'encoding.from_yaml("a: 0b12\\nb: 0o8\\nc: 1e400\\nd: 1__0\\ne: +0x10\\nf: 12e03\\ng: 18446744073709551615\\nh: -9223372036854775809\\ni: +.5\\nj: 0_8")',
    '{a: "0b12", b: "0o8", c: "1e400", d: 10, e: 16, f: 12000, g: 18446744073709551615, h: -9223372036854776000, i: 0.5, j: 8}',
  ],
  [
    'encoding.from_yaml("a: y\\nb: <<\\nc: null \\nd: nUll\\ne: on\\nf: .inf\\ng: -.INF\\nh: .")',
    '{a: "y", b: "<<", c: null, d: "nUll", e: "on", f: +Inf, g: -Inf, h: "."}',
  ],
  [
    'encoding.from_yaml("a: 2001-12-14t21:59:43.10-05:00\\nb: 2001-1-2\\nc: 2001-02-29\\nd: 2001-12-14 21:59:43")',
    '{a: "2001-12-14T21:59:43.1-05:00", b: "2001-01-02T00:00:00Z", c: "2001-02-29", d: "2001-12-14T21:59:43Z"}',
  ],
  ['encoding.from_yaml("2001-1-2: x")', 'map(not known)'],
  ['encoding.from_yaml("{\\"1\\": x}")', '{1: "x"}'],
  [
    'string.format("%T %T", encoding.from_yaml("-9223372036854775808"), encoding.from_yaml("-9223372036854775809"))',
    '"int float64"',
  ],
  ['encoding.from_yaml("")', 'null'],
  ['encoding.from_yaml("{? : x}")', 'map(not known)'],
  ['encoding.from_yaml("a: &x {b: 1}\\nc: *x\\nd: {<<: *x, e: 2}")', '{a: {b: 1}, c: {b: 1}, d: {e: 2, b: 1}}'],
  ['encoding.from_yaml("{<<: [{a: 1}, {a: 2, b: 3}], b: 0}")', '{b: 0, a: 1}'],
  ['encoding.from_yaml("{<<: 1}")', 'error'],
  ['encoding.from_yaml("a: *x")', 'error'],
  ['encoding.from_yaml("&a [*a]")', 'error'],
  ['encoding.from_yaml("{a: 1, \\"a\\": 2}")', 'error'],
  ['encoding.from_yaml("? [x]\\n: 1")', 'error'],
  [
    'encoding.from_yaml("a: !foo 1\\nb: !!binary YWJj\\nc: !!float 1\\nd: ! 1\\ne: !!str 1")',
    '{a: "1", b: "abc", c: 1, d: 1, e: "1"}',
  ],
  ['encoding.from_yaml("a: !!int x")', 'error'],
  ['encoding.from_yaml("[a] b")', '["a"]'],
  ['encoding.from_yaml("a: [")', 'error'],
  ['encoding.from_yaml("a: \\u0001")', 'error'],
  ['json_path("{\\"a\\": {\\"b\\": 1}}", "a.b")', '[1]'],
  ['json_path("{\\"a b\\": [1, 2.5]}", "$[\'a b\'][-1]")', '[2.5]'],
  ['json_path("[{\\"b\\": \\"x\\"}, {\\"c\\": 2}]", "$[?(@.b == \'x\')].b")', '["x"]'],
  ['json_path("[{\\"b\\": 1}, {\\"c\\": 2}]", "$[?(@.b != 1)].c")', '[2]'],
  ['json_path("[1, 2]", "[*]")', '[1, 2]'],
  ['json_path("{\\"a\\": {\\"b\\": 1}}", "$.*.b")', '[1]'],
  ['json_path("1", "[*]")', '[]'],
  ['json_path("bad", "$..a")', 'error'],
  ['file.path_join("a//b/./c", "", "../../x/")', '"a/x"'],
  ['file.path_join("..", "/..", "a")', '"../../a"'],
  ['array.combine_maps([{a = [1]}], [{a = [1]}], ["a"])', 'error'],
  ['array.combine_maps([{b = 1}], [{a = [1]}], ["a"])', '[]'],
  ['array.combine_maps([{a = 1}], [{a = 1}], [1])', 'error'],
  ['array.combine_maps([{a = null}], [{a = null, b = 1}], ["a"])', '[{a: null, b: 1}]'],
  [
    'array.group_by([{a = "y"}, {b = 1}, {a = "x"}, {a = "y", c = 1}], "a", false)',
    '[{a: "", items: [{b: 1}]}, {a: "x", items: [{a: "x"}]}, {a: "y", items: [{a: "y"}, {a: "y", c: 1}]}]',
  ],
  ['coalesce(-0.0, encoding.from_base64(""), 3)', '3'],
  ['2^0.5 * 2^0.5 > 1.9', 'true'],
  ['2.0^-2', '0.25'],
  ['3^40', '-6289078614652622815'],
  ['1 < 18446744073709551615', 'false'],
]

const opt = { kind: 'capsule', type: 'optional_text', of: { kind: 'string', value: 'plain' } } as const
const names = new Map([['opt', opt]])

describe('library', it => {
  for (const [source, shown] of table)
    it(`evaluates ${source}`, () => {
      const { value, diagnostics } = evaluated(source, names)
      assert.is(diagnostics.length > 0 ? 'error' : show(value), shown)
    })

  it('leaves what nests too deeply', () => {
    const nested = `encoding.from_json("${'['.repeat(100_000)}")`
    assert.is(evaluated(nested).value.kind, 'unknown')
    assert.equal(
      evaluated(nested).diagnostics.map(({ code }) => code),
      ['ARB220'],
    )
  })

  it('leaves what expands to too much', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `x${at + 1}: &a${at + 1} [*a${at}, *a${at}]`)
    const { value, diagnostics } = evaluated(`encoding.from_yaml("x0: &a0 1\\n${lines.join('\\n')}")`)
    assert.is(value.kind, 'unknown')
    assert.equal(
      diagnostics.map(({ code }) => code),
      ['ARB220'],
    )
  })

  it('has every deprecated name beside its successor', () => {
    for (const { successor, function: standard } of library.values())
      if (successor) assert.is(library.get(successor)?.function, standard)
  })
})
