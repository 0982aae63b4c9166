import * as assert from 'uvu/assert'
import type { Value } from '../../../src/evaluate/value/value.ts'
import type { Argument, Arguments } from '../../../src/resolve/use.ts'
import { type Facts, judge } from '../../../src/rules/map/condition.ts'
import { constant } from '../../../src/rules/map/lookup.ts'
import type { Condition, Scalar } from '../../../src/rules/map/schema.ts'
import type { Span } from '../../../src/source.ts'
import { describe } from '../../harness.ts'

const span: Span = { source: { path: 'config.alloy', text: '' }, start: 0, end: 0 }
const unknown = (candidates?: readonly Value[]): Value => ({
  kind: 'unknown',
  because: 'environment',
  origin: span,
  name: 'X',
  type: 'string',
  ...(candidates ? { candidates } : {}),
})
const text = (value: string): Value => ({ kind: 'string', value })
const object = (entries: Readonly<Record<string, Value>>): Value => ({
  kind: 'object',
  entries: new Map(Object.entries(entries)),
  open: false,
})
const pattern = (...parts: readonly (string | Value)[]): Value => ({ kind: 'pattern', parts: parts as never })
const list = (...items: readonly Value[]): Value => ({ kind: 'array', items, openElements: [] })

type Body = { readonly [name: string]: Value | Scalar | readonly Body[] | null }

/** A block body written as data: a list of bodies is a repeated block. */
function body(from: Body): Arguments {
  const attributes = new Map<string, Argument>()
  const blocks: Arguments['blocks'][number][] = []
  for (const [name, value] of Object.entries(from)) {
    if (Array.isArray(value))
      for (const each of value as readonly Body[]) blocks.push({ name, label: null, span, body: body(each) })
    else attributes.set(name, { name, value: asValue(value as Value | Scalar | null), span, valueSpan: span })
  }
  return { attributes, blocks }
}

function asValue(value: Value | Scalar | null): Value {
  if (value === null) return { kind: 'null' }
  return typeof value === 'object' ? value : constant(value)
}

const facts = (from: Body, more: Partial<Facts> = {}): Facts => ({
  body: body(from),
  defaults: {},
  target: { alloy: '1.18.1', kubernetes: '1.34', kernel: null },
  shared: {},
  environment: new Set(),
  ...more,
})

const token = '/var/run/secrets/kubernetes.io/serviceaccount/token'

describe('judge', it => {
  const cases: readonly [string, Condition, Body, boolean | null, Partial<Facts>?][] = [
    ['an empty condition holds', {}, {}, true],
    ['an equal string', { role: 'pod' }, { role: 'pod' }, true],
    ['another string', { role: 'pod' }, { role: 'node' }, false],
    ['one of several', { role: ['pod', 'node'] }, { role: 'node' }, true],
    ['none of several', { role: ['pod', 'node'] }, { role: 'service' }, false],
    ['an unknown string', { role: 'pod' }, { role: unknown() }, null],
    ['candidates that all match', { role: ['a', 'b'] }, { role: unknown([text('a'), text('b')]) }, true],
    ['candidates of which none matches', { role: 'c' }, { role: unknown([text('a'), text('b')]) }, false],
    ['candidates of which one matches', { role: 'a' }, { role: unknown([text('a'), text('b')]) }, null],
    [
      'a pattern that cannot be it',
      { role: 'pod' },
      { role: { kind: 'pattern', parts: ['x', unknown() as never] } },
      false,
    ],
    [
      'a pattern that may be it',
      { role: 'pod' },
      { role: { kind: 'pattern', parts: ['p', unknown() as never] } },
      null,
    ],
    [
      'a pattern with another end',
      { role: 'pod' },
      { role: { kind: 'pattern', parts: [unknown() as never, 'x'] } },
      false,
    ],
    ['an absent argument is not equal', { role: 'pod' }, {}, false],
    ['a default stands in for it', { role: 'pod' }, {}, true, { defaults: { role: 'pod' } }],
    ['null is the zero value, not the default', { role: 'pod' }, { role: null }, false, { defaults: { role: 'pod' } }],
    ['null equals the zero value', { enabled: false }, { enabled: null }, true],
    ['a list contains', { names: 'a' }, { names: list(text('b'), text('a')) }, true],
    ['a list does not contain', { names: 'a' }, { names: list(text('b')) }, false],
    ['a list with an unknown element', { names: 'a' }, { names: list(text('b'), unknown()) }, null],
    ['a list with a known element beside an unknown', { names: 'a' }, { names: list(text('a'), unknown()) }, true],
    ['a list that may go on', { names: 'a' }, { names: { kind: 'array', items: [], openElements: [unknown()] } }, null],
    ['a bool', { on: true }, { on: true }, true],
    ['a bool is no string', { on: true }, { on: 'true' }, false],
    ['a number', { port: 80 }, { port: 80 }, true],
    ['a number in a string', { port: 80 }, { port: '80' }, true],
    ['a map means and', { a: 1, b: 2 }, { a: 1, b: 3 }, false],
    ['and with an unknown', { a: 1, b: 'x' }, { a: 1, b: unknown() }, null],
    ['false beats unknown in and', { a: 1, b: 'x' }, { a: 2, b: unknown() }, false],
    ['a list means or', [{ a: 1 }, { b: 2 }], { a: 0, b: 2 }, true],
    ['true beats unknown in or', [{ a: 'x' }, { b: 2 }], { a: unknown(), b: 2 }, true],
    ['or with an unknown', [{ a: 'x' }, { b: 2 }], { a: unknown(), b: 1 }, null],
    ['$any', { $any: [{ a: 1 }, { a: 2 }] }, { a: 2 }, true],
    ['$all', { $all: [{ a: 1 }, { a: 2 }] }, { a: 2 }, false],
    ['$not turns', { $not: { a: 1 } }, { a: 2 }, true],
    ['$not of unknown is unknown', { $not: { a: 'x' } }, { a: unknown() }, null],
    ['$alloy in range', { $alloy: '>=1.18.0' }, {}, true],
    ['$alloy out of range', { $alloy: '<1.18.0' }, {}, false],
    ['$kubernetes', { $kubernetes: '<1.33' }, {}, false],
    ['$kernel not stated is the newest', { $kernel: '<5.11' }, {}, false],
    [
      '$kernel stated',
      { $kernel: '<5.11' },
      {},
      true,
      { target: { alloy: '1.18.1', kubernetes: '1.34', kernel: '5.4' } },
    ],
    ['$unset, set', { $unset: 'from' }, { from: 'NODE' }, false, { unset: new Set(['OTHER']) }],
    ['$unset, not set', { $unset: 'from' }, { from: 'NODE' }, true, { unset: new Set(['NODE']) }],
    ['$unset, by default', { $unset: 'from' }, {}, true, { unset: new Set(['NODE']), defaults: { from: 'NODE' } }],
    ['$unset, of an unknown name', { $unset: 'from' }, { from: unknown() }, false, { unset: new Set(['NODE']) }],
    ['$unset, of no argument', { $unset: 'from' }, {}, false, { unset: new Set(['NODE']) }],
    ['$unset, where nothing is known', { $unset: 'from' }, { from: 'NODE' }, false],
    ['$env', { $env: 'KUBECONFIG' }, {}, true, { environment: new Set(['KUBECONFIG']) }],
    ['$env not set', { $env: 'KUBECONFIG' }, {}, false],
    [
      '$use at a prefix',
      { $use: 'own', $at: 'client' },
      { client: [{ file: 'x' }] },
      true,
      { shared: { own: { file: 'x' } } },
    ],
    ['$use without a prefix', { $use: 'own' }, { client: [{ file: 'x' }] }, false, { shared: { own: { file: 'x' } } }],
    ['a path through a block', { 'client.file': 'x' }, { client: [{ file: 'x' }] }, true],
    ['some block of a repeated one', { 'label.from': 'pod' }, { label: [{ from: 'node' }, { from: 'pod' }] }, true],
    [
      '$block wants one block with all',
      { $block: { path: 'label', where: { a: 1, b: 2 } } },
      { label: [{ a: 1 }, { b: 2 }] },
      false,
    ],
    ['$block finds it', { $block: { path: 'label', where: { a: 1, b: 2 } } }, { label: [{ a: 1, b: 2 }] }, true],
    [
      '$block sees the defaults in it',
      { $block: { path: 'label', where: { from: 'pod' } } },
      { label: [{}] },
      true,
      { defaults: { 'label.from': 'pod' } },
    ],
    [
      'a default in a block that is there',
      { 'label.from': 'pod' },
      { label: [{}] },
      true,
      { defaults: { 'label.from': 'pod' } },
    ],
    [
      'a path into an object',
      { 'selector.app': 'x' },
      { selector: { kind: 'object', entries: new Map([['app', text('x')]]), open: false } },
      true,
    ],
    ['set: a block', { client: { set: true } }, { client: [{}] }, true],
    ['set: nothing', { client: { set: true } }, {}, false],
    ['set: false of nothing', { client: { set: false } }, {}, true],
    ['set: null is absent', { client: { set: true } }, { client: null }, false],
    ['set: an unknown string is present', { client: { set: true } }, { client: unknown() }, true],
    ['empty: nothing', { names: { empty: true } }, {}, true],
    ['empty: an empty string', { names: { empty: true } }, { names: '' }, true],
    ['empty: a list', { names: { empty: true } }, { names: list(text('a')) }, false],
    ['empty: an empty list', { names: { empty: true } }, { names: list() }, true],
    ['empty: a number', { names: { empty: true } }, { names: 0 }, false],
    ['empty: a number is none', { names: { empty: false } }, { names: 0 }, true],
    ['empty: an unknown string', { names: { empty: true } }, { names: unknown() }, null],
    [
      'empty: a pattern with text',
      { names: { empty: false } },
      { names: { kind: 'pattern', parts: ['a', unknown() as never] } },
      true,
    ],
    ['empty: an object', { labels: { empty: true } }, { labels: object({ a: text('x') }) }, false],
    ['empty: an empty object', { labels: { empty: true } }, { labels: object({}) }, true],
    [
      'empty: an object that may have entries',
      { labels: { empty: true } },
      { labels: { ...object({}), open: true } as Value },
      null,
    ],
    ['matches: a text', { config: { matches: 'b+' } }, { config: 'abc' }, true],
    ['matches: no text', { config: { matches: 'b+' } }, { config: 'ac' }, false],
    ['matches: a known part', { config: { matches: 'b+' } }, { config: pattern(unknown(), 'abc', unknown()) }, true],
    ['matches: what is not known', { config: { matches: 'b+' } }, { config: pattern(unknown(), 'ac') }, null],
    ['matches: what is known in half', { config: { matches: 'a[^b]' } }, { config: pattern('a', unknown()) }, null],
    ['matches: a beginning', { config: { matches: '^a' } }, { config: pattern('ab', unknown()) }, true],
    ['matches: no beginning within', { config: { matches: '^a' } }, { config: pattern(unknown(), 'ab') }, null],
    ['matches: an end', { config: { matches: 'b$' } }, { config: pattern(unknown(), 'ab') }, true],
    ['matches: no end within', { config: { matches: 'b$' } }, { config: pattern('ab', unknown()) }, null],
    ['serviceAccountToken: its file', { file: { serviceAccountToken: true } }, { file: token }, true],
    ['serviceAccountToken: another file', { file: { serviceAccountToken: true } }, { file: '/etc/token' }, false],
    [
      'serviceAccountToken: what was read from it',
      { token: { serviceAccountToken: true } },
      { token: { kind: 'capsule', type: 'secret', of: { ...(unknown() as object), token: true } as Value } },
      true,
    ],
    ['serviceAccountToken: false', { file: { serviceAccountToken: false } }, { file: '/etc/token' }, true],
    [
      'serviceAccountToken: a variable holds another',
      { token: { serviceAccountToken: true } },
      { token: unknown() },
      false,
    ],
    [
      'serviceAccountToken: a module may hand it in',
      { token: { serviceAccountToken: true } },
      { token: { ...(unknown() as object), because: 'argument' } as Value },
      null,
    ],
    ['prefix', { path: { prefix: '/host' } }, { path: '/host/proc' }, true],
    [
      'prefix of a pattern',
      { path: { prefix: '/host' } },
      { path: { kind: 'pattern', parts: ['/host/', unknown() as never] } },
      true,
    ],
    [
      'prefix that a pattern may have',
      { path: { prefix: '/host' } },
      { path: { kind: 'pattern', parts: ['/h', unknown() as never] } },
      null,
    ],
    ['containsPrefix', { names: { containsPrefix: 'k8s.' } }, { names: list(text('a'), text('k8s.x')) }, true],
    ['port of an address', { listen: { port: [1, 1024] } }, { listen: '0.0.0.0:514' }, true],
    ['port at the end of the range', { listen: { port: [1, 1024] } }, { listen: ':1024' }, false],
    ['port as a number', { listen: { port: [1, 1024] } }, { listen: 80 }, true],
    [
      'port of an address that is known in half',
      { listen: { port: [1, 1024] } },
      { listen: pattern(unknown(), ':514') },
      true,
    ],
    ['port whose last digits are known', { listen: { port: [1, 1024] } }, { listen: pattern(unknown(), '514') }, null],
    ['port of an unknown address', { listen: { port: [1, 1024] } }, { listen: unknown() }, null],
  ]
  for (const [title, condition, from, expected, more] of cases) {
    it(title, () => assert.is(judge(condition, facts(from, more)).truth, expected))
  }
  it('names the arguments that leave it open', () => {
    const { open } = judge({ role: 'pod', node: true }, facts({ role: unknown(), node: true }))
    assert.equal(
      open.map(({ argument }) => argument?.name),
      ['role'],
    )
  })
  it('refuses a shared condition that does not exist', () =>
    assert.throws(() => judge({ $use: 'none' }, facts({})), /does not exist/))
})
