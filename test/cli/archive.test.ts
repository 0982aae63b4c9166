import { gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { archivedFiles } from '../../src/cli/disk/archive.ts'
import { describe } from '../harness.ts'
import { command } from './io.ts'

interface Member {
  readonly path: string
  readonly text?: string
  readonly type?: string
  readonly prefix?: string
}

function member({ path, text = '', type = '0', prefix = '' }: Member): Buffer {
  const content = Buffer.from(text)
  const header = Buffer.alloc(512)
  header.write(path, 0)
  header.write('0000644\0', 100)
  header.write(content.length.toString(8).padStart(11, '0'), 124)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\u000000', 257)
  header.write(prefix, 345)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

const archive = (...members: readonly Member[]): Buffer => Buffer.concat([...members.map(member), Buffer.alloc(1024)])
const long = `alloy/${'a'.repeat(120)}`

const read: readonly (readonly [title: string, tar: Buffer, files: Readonly<Record<string, string>>])[] = [
  [
    'files without the folder of the chart',
    archive({ path: 'alloy/values.yaml', text: 'a: 1\n' }),
    { 'values.yaml': 'a: 1\n' },
  ],
  ['a prefix', archive({ path: 'example.alloy', prefix: 'alloy/config', text: 'x' }), { 'config/example.alloy': 'x' }],
  [
    'a long name of GNU tar',
    archive({ path: '././@LongLink', type: 'L', text: `${long}\0` }, { path: 'alloy/cut', text: 'x' }),
    { [long.slice(6)]: 'x' },
  ],
  [
    'a path of an extended header',
    archive({ path: 'PaxHeaders', type: 'x', text: `${`16 path=${'alloy/b'}`}\n` }, { path: 'cut', text: 'x' }),
    { b: 'x' },
  ],
  [
    'a global header',
    archive({ path: 'pax_global_header', type: 'g', text: '52 comment=x\n' }, { path: 'alloy/a', text: 'x' }),
    { a: 'x' },
  ],
  ['no links and folders', archive({ path: 'alloy/a', type: '2' }, { path: 'alloy/b/', type: '5' }), {}],
  ['no path that leaves the chart', archive({ path: 'alloy/../../etc/passwd', text: 'x' }), {}],
]

const refused: readonly (readonly [title: string, content: Buffer, why: RegExp])[] = [
  ['what is not compressed', Buffer.from('alloy'), /gzip/],
  ['what is cut off', gzipSync(archive({ path: 'alloy/a', text: 'x'.repeat(9999) })).subarray(0, 60), /gzip/],
  ['what is not an archive', gzipSync(Buffer.from('a'.repeat(2000))), /not a tar archive/],
  [
    'a header with another sum',
    gzipSync(Buffer.from(archive({ path: 'alloy/a' })).fill('b', 0, 1)),
    /not a tar archive/,
  ],
  [
    'an archive that ends within a file',
    gzipSync(member({ path: 'alloy/a', text: 'x'.repeat(2000) }).subarray(0, 1024)),
    /ends within a file/,
  ],
  ['more than fits', gzipSync(Buffer.alloc(65 * 1024 * 1024)), /more than 64 MiB/],
]

describe('chart archives', it => {
  for (const [title, tar, files] of read)
    it(`have ${title}`, () => {
      const found = archivedFiles(gzipSync(tar))
      assert.ok(!('why' in found), 'why' in found ? found.why : '')
      if ('why' in found) return
      const texts = [...found].map(([path, content]) => [path, new TextDecoder().decode(content)])
      assert.equal(Object.fromEntries(texts), files)
    })
  for (const [title, content, why] of refused)
    it(`are not ${title}`, () => {
      const found = archivedFiles(content)
      assert.match('why' in found ? found.why : '', why)
    })
})

describe('audit-chart of an archive', it => {
  const chart = archive(
    { path: 'alloy/Chart.yaml', text: 'name: alloy\nversion: 1.11.1\nappVersion: v1.18.1\n' },
    {
      path: 'alloy/values.yaml',
      text: 'rbac:\n  rules:\n    - {apiGroups: [""], resources: [pods], verbs: [list, delete]}\n  clusterRules: []\n',
    },
  )
  const files = { 'alloy-1.11.1.tgz': gzipSync(chart) }
  it('reads the rules in it', async () => {
    const { code, stdout } = await command(['audit-chart', 'alloy-1.11.1.tgz', '--format', 'values'], files)
    assert.is(code, 0)
    assert.match(stdout, /verbs: \["list"\]/)
  })
  it('writes nothing', async () => {
    const { code, stderr, written } = await command(['audit-chart', 'alloy-1.11.1.tgz', '--write'], files)
    assert.is(code, 2)
    assert.match(stderr, /--write cannot edit alloy-1\.11\.1\.tgz: unpack the archive/)
    assert.is(written.size, 0)
  })
  it('keeps the mark that a values file begins with', async () => {
    const values = `\ufeff${['rbac:', '  rules:', '    - {apiGroups: [""], resources: [pods], verbs: [list, delete]}', '  clusterRules: []', ''].join('\n')}`
    const { code, written } = await command(['audit-chart', 'values.yaml', '--write'], { 'values.yaml': values })
    assert.is(code, 0)
    assert.equal([...written.values()], [values.replace(', delete', '')])
  })
})
