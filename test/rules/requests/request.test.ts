import * as assert from 'uvu/assert'
import type { Value } from '../../../src/evaluate/value/value.ts'
import type { Arguments } from '../../../src/resolve/use.ts'
import { carriesToken } from '../../../src/rules/carries-token.ts'
import { constant, lookUp } from '../../../src/rules/map/lookup.ts'
import type { RequestRule } from '../../../src/rules/map/schema.ts'
import { endpoints } from '../../../src/rules/requests/endpoint.ts'
import type { Span } from '../../../src/source.ts'
import { describe } from '../../harness.ts'

const span: Span = { source: { path: 'config.alloy', text: '' }, start: 0, end: 0 }
const object = (entries: Readonly<Record<string, string>>): Value => ({
  kind: 'object',
  entries: new Map(Object.entries(entries).map(([name, value]) => [name, constant(value)])),
  open: false,
})
const list = (...items: readonly Value[]): Value => ({ kind: 'array', items, openElements: [] })
const body = (attributes: Readonly<Record<string, Value>>): Arguments => ({
  attributes: new Map(
    Object.entries(attributes).map(([name, value]) => [name, { name, value, span, valueSpan: span }]),
  ),
  blocks: [],
})

describe('endpoints of requests', it => {
  const rule: RequestRule = {
    token: ['bearer_token_file'],
    targets: 'targets',
    scheme: 'scheme',
    path: 'path',
    pathLabel: '__profile_path__',
    prefix: 'prefix',
    prefixLabel: '__profile_path_prefix__',
    evidence: [],
  }
  const cases: readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, string][] = [
    ['take the arguments where labels are absent', { scheme: 'https', path: '/a' }, {}, 'https://h/a'],
    ['let labels go before arguments', { path: '/a' }, { __profile_path__: '/b', __scheme__: 'https' }, 'https://h/b'],
    ['pass over labels of other components', { path: '/a' }, { __metrics_path__: '/b' }, 'http://h/a'],
    ['put a prefix in front', { path: '/a', prefix: '/p/' }, {}, 'http://h/p/a'],
    [
      'let the label of the prefix go before its argument',
      { path: 'a', prefix: '/p' },
      { __profile_path_prefix__: '/q' },
      'http://h/q/a',
    ],
  ]
  for (const [title, args, labels, expected] of cases) {
    it(title, () => {
      const values = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, constant(value)]))
      const targets = list(object({ __address__: 'h', ...labels }))
      const facts = {
        body: body({ ...values, targets }),
        defaults: {},
        target: { alloy: '1.18.1', kubernetes: '1.34', kernel: null },
        shared: {},
        environment: new Set<string>(),
      }
      const found = endpoints(rule, facts)
      assert.equal(
        found.map(({ scheme, host, path }) => `${scheme}://${host}${path}`),
        [expected],
      )
    })
  }
})

describe('a path through a list', it => {
  it('means some element', () => {
    const targets = list(object({ address: 'a' }), object({ name: 'none' }), object({ address: 'b' }))
    const found = lookUp(body({ targets }), 'targets.address').values.map(({ value }) => value)
    assert.equal(found, [constant('a'), constant('b')])
  })
})

describe('the token', it => {
  const file = '/var/run/secrets/kubernetes.io/serviceaccount/token'
  const pattern = (text: string): Value => ({
    kind: 'pattern',
    parts: [text, { kind: 'unknown', because: 'environment', origin: span, name: 'X', type: 'string' }],
  })
  const cases: readonly [string, Value, boolean][] = [
    ['is its file', constant(file), true],
    ['is its file without the link', constant('/run/secrets/kubernetes.io/serviceaccount/..data/token'), true],
    ['is named in a text', constant(`http:\n  bearer_token_file: ${file}\n`), true],
    ['is named in a text that is known in part', pattern(`bearer_token_file: "${file}"\ntimeout: `), true],
    ['is not a file whose name begins so', constant(`${file}s`), false],
    ['is not a file elsewhere', constant(`/srv${file}`), false],
    ['is not the certificate beside it', constant('/run/secrets/kubernetes.io/serviceaccount/ca.crt'), false],
  ]
  for (const [title, value, expected] of cases) it(title, () => assert.is(carriesToken(value), expected))
})
