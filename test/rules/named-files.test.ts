import * as assert from 'uvu/assert'
import type { Value } from '../../src/evaluate/value/value.ts'
import type { Use } from '../../src/resolve/use.ts'
import { namedFiles } from '../../src/rules/named-files.ts'
import { describe } from '../harness.ts'

const unknown = { kind: 'unknown', because: 'environment', name: 'X', type: 'string' } as unknown as Extract<
  Value,
  { kind: 'unknown' }
>
const text = (value: string): Value => ({ kind: 'string', value })

/** A use whose one block has the arguments. */
function useOf(given: Readonly<Record<string, Value>>): Use {
  const attributes = new Map(Object.entries(given).map(([name, value]) => [name, { name, value }]))
  const blocks = [{ name: 'tls_config', body: { attributes, blocks: [] } }]
  return { arguments: { attributes: new Map(), blocks } } as unknown as Use
}

const table: readonly (readonly [
  title: string,
  given: Readonly<Record<string, Value>>,
  paths: readonly string[],
  isOpen?: boolean,
])[] = [
  ['an absolute path', { ca_file: text('/certs/ca.crt') }, ['/certs/ca.crt']],
  ['one of Windows', { filename: text('C:\\x') }, ['C:\\x']],
  ['the address of a socket', { host: text('unix:///run/x.sock') }, ['/run/x.sock']],
  ['no relative path, and no other text', { ca_file: text('ca.crt'), url: text('http://x/y'), path: text('/') }, []],
  [
    'texts of a list',
    { files: { kind: 'array', items: [text('/a'), text('b')], openElements: [text('/c')] } },
    ['/a', '/c'],
  ],
  [
    'texts of an object',
    { targets: { kind: 'object', entries: new Map([['__path__', text('/var/log/*.log')]]), open: false } },
    ['/var/log/*.log'],
  ],
  [
    'the folder of a text that is known in part',
    { ca_file: { kind: 'pattern', parts: ['/certs/x-', unknown] } },
    ['/certs/'],
  ],
  ['candidates', { ca_file: { ...unknown, candidates: [text('/a'), text('/b')] } }, ['/a', '/b']],
  ['what is not known, of a path', { ca_file: unknown }, [], true],
  ['and of which not even the folder is', { bookmark_path: { kind: 'pattern', parts: [unknown, '/x'] } }, [], true],
  ['but not what is called something else', { password: unknown, profile: unknown }, []],
]

describe('rules/named-files', it => {
  for (const [title, given, paths, isOpen = false] of table)
    it(`finds ${title}`, () => assert.equal(namedFiles([useOf(given)], []), { paths, isOpen }))

  it('finds paths of variables', () => {
    assert.equal(namedFiles([], ['/gcp/key.json', 'shop', '']), { paths: ['/gcp/key.json'], isOpen: false })
  })
})
