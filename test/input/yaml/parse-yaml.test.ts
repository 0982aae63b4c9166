import * as assert from 'uvu/assert'
import { limits } from '../../../src/input/yaml/documents.ts'
import { readYaml } from '../../../src/input/yaml/parse-yaml.ts'
import { data, type Tree } from '../../../src/input/yaml/tree.ts'
import { locate } from '../../../src/source.ts'
import { describe } from '../../harness.ts'
import { said } from '../given.ts'

const read = (text: string) => readYaml({ path: 'v.yaml', text })

describe('readYaml takes scalars as Helm does', it => {
  const table: readonly [text: string, value: unknown][] = [
    ['yes', true],
    ['On', true],
    ['y', true],
    ['off', false],
    ['No', false],
    ['"on"', 'on'],
    ['tRue', 'tRue'],
    ['0b11', 3],
    ['0o17', 15],
    ['017', 15],
    ['0x1F', 31],
    ['1_000', 1000],
    ['-12', -12],
    ['0', 0],
    ['1e3', 1000],
    ['.5', 0.5],
    ['-.inf', Number.NEGATIVE_INFINITY],
    ['.nan', Number.NaN],
    ['12:30', '12:30'],
    ['2024-01-01', '2024-01-01'],
    ['~', null],
    ['Null', null],
    ['', null],
    ['v1.18', 'v1.18'],
    ['!!str 1', '1'],
    ['!custom x', 'x'],
  ]
  for (const [text, value] of table) {
    it(text || 'nothing', () => assert.equal(read(`a: ${text}`).value.map(data), [{ a: value }]))
  }
})

describe('readYaml resolves what YAML shares', it => {
  const table: readonly [title: string, text: string, documents: readonly unknown[]][] = [
    ['an alias is its anchor', 'a: &x {b: 1}\nc: *x', [{ a: { b: 1 }, c: { b: 1 } }]],
    ['an alias is the last anchor before it', 'a: &x 1\nb: &x 2\nc: *x', [{ a: 1, b: 2, c: 2 }]],
    [
      'a merge key gives way to keys beside it',
      'a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}',
      [{ a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
    ],
    ['the first of several merges wins', 'd: {<<: [{b: 1}, {b: 2, c: 3}]}', [{ d: { b: 1, c: 3 } }]],
    ['a quoted merge key is a key', 'd: {"<<": 1}', [{ d: { '<<': 1 } }]],
    ['several documents, empty ones left out', '---\n# only this\n---\na: 1\n...\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['JSON with tabs', '{\n\t"a": [\n\t\t1, {"b": null}\n\t]\n}', [{ a: [1, { b: null }] }]],
    ['keys that are no strings', '1: a\ntrue: b\n~: c', [{ 1: 'a', true: 'b', null: 'c' }]],
    ['a YAML 1.2 directive changes no type', '%YAML 1.2\n---\na: yes', [{ a: true }]],
  ]
  for (const [title, text, documents] of table) {
    it(title, () => {
      const { value, diagnostics } = read(text)
      assert.equal(said(diagnostics), [])
      assert.equal(value.map(data), documents)
    })
  }

  it('places are those of the file', () => {
    const [tree] = read('a:\n  - &x "b"\n  - *x\n').value
    const list = tree?.kind === 'map' ? tree.entries.get('a')!.value : null
    const spans = list?.kind === 'list' ? list.items.map(({ span }) => [span.start, span.end]) : []
    assert.equal(spans, [
      [10, 13],
      [10, 13],
    ])
  })
})

describe('readYaml says where a text is not YAML', it => {
  const table: readonly [title: string, text: string, said: readonly string[]][] = [
    [
      'a second colon',
      'a: 1\nb: c: d',
      ['ARB531 v.yaml:2:4 this is not YAML: a second colon on the line: quote the value, or start a new line'],
    ],
    [
      'a quote without an end',
      'a: "b\nc: 1\n',
      ['ARB531 v.yaml:3:1 this is not YAML: a quote, bracket, comma, or colon is missing'],
    ],
    ['a tab in the indentation', 'a:\n\tb: 1', ['ARB531 v.yaml:2:1 this is not YAML: a tab in the indentation']],
    [
      'an alias of nothing',
      'a: *x',
      ['ARB531 v.yaml:1:4 this is not YAML: an alias whose anchor does not come before it'],
    ],
    [
      'an alias within its anchor',
      'a: &x [*x]',
      ['ARB531 v.yaml:1:8 this is not YAML: an alias whose anchor does not come before it'],
    ],
    ['a merge of something else', 'a: {<<: 1}', ['ARB531 v.yaml:1:9 this is not YAML: a merge key accepts only maps']],
    ['a key that is a list', '? [a]\n: 1', ['ARB531 v.yaml:1:3 this is not YAML: a key must be text']],
    ['a key given twice', 'a: 1\nb: 2\na: 3', ['ARB532 v.yaml:3:1 the key a appears twice in one map']],
    [
      'each document for itself',
      'a: b: c\n---\na: 1\n---\na: @',
      [
        'ARB531 v.yaml:1:4 this is not YAML: a second colon on the line: quote the value, or start a new line',
        'ARB531 v.yaml:5:4 this is not YAML: a character that must be quoted at the start of a value',
      ],
    ],
  ]
  for (const [title, text, expected] of table) it(title, () => assert.equal(said(read(text).diagnostics), expected))

  it('a key given twice names the first place', () => {
    const [found] = read('a: 1\na: 3').diagnostics
    assert.equal(
      found!.related.map(({ span }) => locate(span.source, span.start)),
      [{ line: 1, column: 1 }],
    )
  })

  it('documents that parse are kept beside those that do not', () => {
    assert.equal(read('a: b: c\n---\na: 1').value.map(data), [{ a: 1 }])
  })

  it('a template of a chart is told to be rendered', () => {
    assert.match(read('{{- if .Values.a }}\na: 1\n{{- end }}\n').diagnostics[0]!.help!, /helm template/)
    assert.is(read('a: b: c').diagnostics[0]!.help, null)
  })

  it('says no more than a hundred of a stream, in documents of their own or in one', () => {
    assert.is(read('--- a: b: c\n'.repeat(101)).diagnostics.length, 100)
    assert.is(read('a: 1\n'.repeat(102)).diagnostics.length, 100)
  })
  it('says the same of a mistake once, and no more than three in a document', () => {
    assert.is(read('a: @\n'.repeat(10)).diagnostics.length, 3)
  })
})

describe('readYaml reads the same whether values are made early or late', it => {
  /** A value and where all that is written of it stands. */
  const placed = (tree: Tree): unknown => [
    tree.span.end > tree.span.start && [tree.span.start, tree.span.end],
    tree.kind === 'scalar' && tree.value,
    tree.kind === 'list' && tree.items.map(placed),
    tree.kind === 'map' &&
      [...tree.entries].map(([name, { key, value }]) => [
        name,
        key.end > key.start && [key.start, key.end],
        placed(value),
      ]),
  ]
  const read = (text: string, settleAfter: number) => {
    const { value, diagnostics } = readYaml({ path: 'v.yaml', text }, { ...limits, settleAfter })
    const said = diagnostics.map(each => `${each.code} ${each.span?.start}`)
    // What is not YAML is so in both; which of several mistakes is found first may differ.
    return {
      value: value.map(placed),
      said: said.some(each => each.startsWith('ARB531')) ? 'not YAML' : said.toSorted(),
    }
  }
  const same = (text: string): void => {
    const late = read(text, Number.POSITIVE_INFINITY)
    for (const settleAfter of [1, 5, 23]) assert.equal(read(text, settleAfter), late, text)
  }
  const texts = [
    'a: {b: [c, {d: e}], f: {g: h}}\ni: [[j], [k: l], {m: n}, o]\n',
    'a:\n- b: c\n  d: # text\n    e: f\n# more\n- - g\n  - {h: i} # text\n  # more\nj: |\n  *k &l %m\n  n\no: p\n',
    '{"a": [{"b": {}, "c": []},\n{"d": [1, 2,\n[3]]}], "e": {"f": "g"}}\n---\n- a: {b: c}\n- d: [e]\n',
    'a: &a {b: {c: d}}\ne: [*a, {f: g}]\nh: {<<: *a, i: {j: k}}\n---\n- a: {b: c}\n- d\n',
    '%TAG !t! tag:x,2000:\n---\n- !t!a {b: c}\n- !!map {d: e}\n- [!!str f, g]\n...\n- {h: i}\n- j\n',
    '? {a: b}\n: {c: d}\n? [e]\n: [f]\ng: [? {h: i} : [j], {k: l} : [m]]\n{n: o}: [p]\n',
    'a: 1\nb: {c: 1, c: 2}\nd: [{e: 1, e: 2}]\na: 2\n',
  ]
  for (const text of texts) {
    it(JSON.stringify(text), () => {
      assert.ok(read(text, 1).value.length > 0)
      same(text)
      for (let at = 0; at < text.length; at++) {
        same(text.slice(0, at) + text.slice(at + 1))
        for (const more of ['\n', ' ', ':', '[', '}', '*', '"']) same(text.slice(0, at) + more + text.slice(at))
      }
    })
  }
})

describe('readYaml refuses what would not end', it => {
  const refused = (text: string): readonly string[] => {
    const { value, diagnostics } = read(text)
    assert.equal(value, [])
    return said(diagnostics)
  }
  const laughs = (levels: number): string =>
    Array.from({ length: levels }, (_, at) =>
      at === 0
        ? 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
        : `a${at}: &a${at} [${Array(10)
            .fill(`*a${at - 1}`)
            .join(', ')}]`,
    ).join('\n')

  it('aliases of aliases', () => {
    assert.equal(refused(laughs(20)), [
      'ARB533 v.yaml:1:1 this YAML is expanded by its aliases to more than 1,000,000 values',
    ])
    assert.equal(read(laughs(4)).diagnostics, [])
  })

  it('brackets without end', () => {
    assert.equal(refused('['.repeat(5000)), ['ARB533 v.yaml:1:201 this YAML is nested more than 200 levels deep'])
    assert.equal(read(`${'['.repeat(200)}${']'.repeat(200)}`).diagnostics, [])
    assert.is(refused(`${'['.repeat(201)}${']'.repeat(201)}`).length, 1)
  })

  it('levels that all end at once', () => {
    const indented = Array.from({ length: 3_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')
    const deep = 'this YAML is nested more than 200 levels deep'
    assert.equal(refused(`${indented}\nb: 1`), [`ARB533 v.yaml:201:201 ${deep}`])
    assert.equal(refused(`${'- '.repeat(20_000)}\nb: 1`), [`ARB533 v.yaml:1:401 ${deep}`])
  })

  it('documents of more pieces than are read', () => {
    const text = '[a, b]\n---\n[a, b, c, d, e, f]\n'
    const atMost = (pieces: number) => readYaml({ path: 'v.yaml', text }, { pieces, settleAfter: 1_000 })
    const { value, diagnostics } = atMost(12)
    assert.equal(
      [value, said(diagnostics)],
      [[], ['ARB533 v.yaml:3:15 this YAML is of more than 12 pieces in one document']],
    )
    assert.is(atMost(30).value.length, 2)
  })

  it('more pieces than are read at once, where values are made of them', () => {
    const text = `items:\n${'- {a: [b, c], d: e}\n- f:\n    g: h\n'.repeat(200)}`
    const limited = { pieces: 2_000, settleAfter: 100 }
    assert.is(data(readYaml({ path: 'v.yaml', text }, limited).value[0]!)!['items' as never]['length'], 400)
    const flat = `items: [${'a, '.repeat(2_000)}]`
    assert.is(readYaml({ path: 'v.yaml', text: flat }, limited).diagnostics[0]!.code, 'ARB533')
  })

  it('too many values in all documents together', () => {
    const text = '[a, b]\n---\n[c, d]\n---\n[e]\n'
    assert.is(readYaml({ path: 'v.yaml', text }, limits, 8).value.length, 3)
    const { value, diagnostics } = readYaml({ path: 'v.yaml', text }, limits, 5)
    assert.equal([value, said(diagnostics)], [[], ['ARB533 v.yaml:2:1 this YAML is of more than 5 values in all']])
  })

  it('documents of too many values', () => {
    const lists = `items: [${'[a, b, c, d], '.repeat(220_000)}]`
    assert.equal(refused(lists), ['ARB533 v.yaml:1:3072705 this YAML is of more than 1,000,000 values in one document'])
  })

  it('lists in lists in lists', () => {
    assert.equal(refused('- '.repeat(2000)), ['ARB533 v.yaml:1:401 this YAML is nested more than 200 levels deep'])
  })
})

describe('frames around YAML that does not parse show no secret', it => {
  const table: readonly [title: string, text: string][] = [
    ['a password', 'password: "hunter2" x'],
    ['a token deeper down', 'a:\n  apiToken: hunter2: x'],
    ['a block below a key', 'secretKey: |\n  hunter2\n a: @'],
    ['a Secret', 'kind: Secret\ndata:\n  foo: hunter2: x'],
    ['a Secret of a list', '{"kind": "List", "items": [{\n"kind": "Secret",\n"data": {"foo": "hunter2" x}}]}'],
    ['an environment variable', '- name: DB_PASSWORD\n  value: hunter2: x'],
    ['an environment variable on one line', '- {name: DB_PASSWORD, value: "hunter2" "x"}'],
  ]
  for (const [title, text] of table) {
    it(title, () => {
      const { diagnostics } = read(text)
      assert.ok(diagnostics.length > 0)
      for (const { span, message } of diagnostics) {
        assert.not.match(span!.source.text, /hunter2/)
        assert.not.match(message, /hunter2/)
        assert.is(span!.source.text.length, text.length)
      }
    })
  }

  it('other lines stay as they are', () => {
    const [found] = read('kind: Secret\na: b\n---\nkind: ConfigMap\na: b: c').diagnostics
    assert.is(found!.span!.source.text, 'kind: Secret\na: *\n---\nkind: ConfigMap\na: b: c')
  })
})
