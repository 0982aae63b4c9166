import * as assert from 'uvu/assert'
import type { Value } from '../../src/evaluate/value/value.ts'
import type { Arguments } from '../../src/resolve/use.ts'
import type { Facts } from '../../src/rules/map/condition.ts'
import { constant } from '../../src/rules/map/lookup.ts'
import type { Names } from '../../src/rules/map/schema.ts'
import { labelOf, namespacesOf, objectNames } from '../../src/rules/scope.ts'
import type { Span } from '../../src/source.ts'
import { describe } from '../harness.ts'

const span: Span = { source: { path: 'config.alloy', text: '' }, start: 0, end: 0 }
const unknown: Value = { kind: 'unknown', because: 'environment', origin: span, name: 'X', type: 'string' }
const object = (entries: Readonly<Record<string, Value>>, open: boolean): Value => ({
  kind: 'object',
  entries: new Map(Object.entries(entries)),
  open,
})
const body = (attributes: Readonly<Record<string, Value>>, blocks: Arguments['blocks'] = []): Arguments => ({
  attributes: new Map(
    Object.entries(attributes).map(([name, value]) => [name, { name, value, span, valueSpan: span }]),
  ),
  blocks,
})
const facts = (of: Arguments): Facts => ({
  body: of,
  defaults: {},
  target: { alloy: '1.18.1', kubernetes: '1.34', kernel: null },
  shared: {},
  environment: new Set(),
})
const names = (places: readonly { name: string | null; certain: boolean }[]): readonly string[] =>
  places.map(({ name, certain }) => `${name ?? '*'}${certain ? '' : ' assumed'}`)

describe('the label of a target', it => {
  const cases: readonly [string, Value, readonly string[]][] = [
    ['is the first of the list', object({ a: constant('x'), b: constant('y') }, false), ['x']],
    ['may be the second', object({ b: constant('y') }, false), ['y']],
    ['is passed over when it is empty', object({ a: constant(''), b: constant('y') }, true), ['y']],
    ['may be anything when it may be there', object({ b: constant('y') }, true), ['*']],
    ['may be anything when it is not known', object({ a: unknown, b: constant('y') }, false), ['*']],
    ['names nothing when no label is there', object({ c: constant('z') }, false), []],
    ['names nothing when all labels are empty', object({ a: constant(''), b: constant('') }, true), []],
    ['may be anything when nothing is known of the target', unknown, ['* assumed']],
  ]
  for (const [title, labels, expected] of cases) {
    it(title, () =>
      assert.equal(names(labelOf({ labels, found: { value: labels, argument: null } }, ['a', 'b'])), expected),
    )
  }
})

describe('a field selector', it => {
  const rule: Names = { selector: { blocks: 'selectors', where: { role: 'pod' }, field: 'field' } }
  const selector = (role: Value | string, field: Value | string | null) => ({
    name: 'selectors',
    label: null,
    span,
    body: body({
      role: typeof role === 'string' ? constant(role) : role,
      ...(field === null ? {} : { field: typeof field === 'string' ? constant(field) : field }),
    }),
  })
  const pattern: Value = { kind: 'pattern', parts: ['metadata.name=', unknown] as never }
  const cases: readonly [string, Arguments['blocks'], readonly string[]][] = [
    ['pins a name', [selector('pod', 'metadata.name=a')], ['a']],
    ['pins a name beside other terms', [selector('pod', 'spec.nodeName=n, metadata.name==a')], ['a']],
    ['pins nothing for another role', [selector('node', 'metadata.name=a')], ['*']],
    ['pins nothing by exclusion', [selector('pod', 'metadata.name!=a')], ['*']],
    ['pins an unknown name', [selector('pod', pattern)], ['* assumed']],
    ['is the last of its role', [selector('pod', 'metadata.name=a'), selector('pod', 'metadata.name=b')], ['b']],
    ['is replaced by one without a field', [selector('pod', 'metadata.name=a'), selector('pod', null)], ['*']],
    [
      'may be replaced by one of an unknown role',
      [selector('pod', 'metadata.name=a'), selector(unknown, 'x=y')],
      ['* assumed'],
    ],
    [
      'is not replaced by an earlier one of an unknown role',
      [selector(unknown, null), selector('pod', 'metadata.name=a')],
      ['a'],
    ],
  ]
  for (const [title, blocks, expected] of cases) {
    it(title, () => assert.equal(names(objectNames(rule, facts(body({}, blocks)), null)), expected))
  }
})

describe('a list of namespaces', it => {
  const scope = { names: 'names', own: { own: true } } as const
  const list = (...items: readonly (string | Value)[]): Value => ({
    kind: 'array',
    items: items.map(item => (typeof item === 'string' ? constant(item) : item)),
    openElements: [],
  })
  const cases: readonly [string, Readonly<Record<string, Value>>, readonly string[]][] = [
    ['names each', { names: list('a', 'b') }, ['a', 'b']],
    ['means all when absent', {}, ['*']],
    ['means all when empty', { names: list() }, ['*']],
    ['means all with an empty string', { names: list('a', '') }, ['*']],
    ['may mean any where one is unknown', { names: list('a', unknown) }, ['a', '* assumed']],
    [
      'may mean each that the unknown can be',
      { names: { ...unknown, candidates: [list('a'), list()] } },
      ['a assumed', '* assumed'],
    ],
    ['has the own namespace added', { names: list('a'), own: constant(true) }, ['.', 'a']],
    ['is the own namespace alone', { names: list(), own: constant(true) }, ['.']],
    ['may have the own namespace added', { names: list('a'), own: unknown }, ['. assumed', 'a']],
    ['may be the own namespace or all', { names: list(), own: unknown }, ['* assumed']],
    ['is as it stands without the own namespace', { names: list('a'), own: constant(false) }, ['a']],
  ]
  for (const [title, attributes, expected] of cases) {
    it(title, () => assert.equal(names(namespacesOf(scope, facts(body(attributes)), null)), expected))
  }

  it('falls back to a fixed namespace', () => {
    const fallback = { names: 'names', fallback: { namespace: 'default' } } as const
    assert.equal(names(namespacesOf(fallback, facts(body({})), null)), ['default'])
  })
})
