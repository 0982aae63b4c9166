// Several documents of one run: each is, byte for byte, what a run for that format alone writes.
import * as assert from 'uvu/assert'
import { formats } from '../../src/cli/options.ts'
import { describe } from '../harness.ts'
import { command } from './io.ts'

const pods = 'discovery.kubernetes "pods" {\n  role = "pod"\n}\n'
const files = {
  'config.alloy': pods,
  'other.alloy': pods.replace('pod"\n', 'node"\n'),
  'broken.alloy': 'discovery.kubernetes "pods" {\n',
}

const besides: Readonly<Record<string, readonly string[]>> = {
  generate: ['--namespace', 'monitoring'],
  upgrade: ['--from', '1.4.0', '--to', '1.11.1'],
  compare: ['other.alloy'],
  installer: ['--for', 'helm', '--namespace', 'obs'],
}

describe('--also', it => {
  for (const [name, all] of Object.entries(formats)) {
    it(`writes in each format what ${name} prints in it`, async () => {
      const line = [name, 'config.alloy', ...(besides[name] ?? [])]
      const also = all.flatMap(format => ['--also', `${format}=also.${format}`])
      const together = await command([...line, ...also], files)
      for (const format of all) {
        const alone = await command([...line, '--format', format], files)
        assert.is(together.written.get(`/work/also.${format}`), alone.stdout, format)
        assert.is(together.code, alone.code)
      }
      assert.is(together.stdout, (await command(line, files)).stdout)
    })
  }
  it('writes beside the files of a folder', async () => {
    const { code, written } = await command(
      ['generate', 'config.alloy', '--all', '-o', 'out/', '--also', 'json=all.json'],
      files,
    )
    assert.is(code, 0)
    assert.equal([...written.keys()].sort(), ['/work/all.json', '/work/out/configuration.yaml'])
  })
  it('never colors a file', async () => {
    const { written } = await command(['check', 'config.alloy', '--color', 'always', '--also', 'text=t'], files)
    assert.not.match(written.get('/work/t') ?? '\u001b', '\u001b')
  })
  it('writes nothing without a plan', async () => {
    for (const name of ['generate', 'diff']) {
      const { code, written } = await command([name, 'broken.alloy', '--also', 'json=x'], files)
      assert.is(code, 1)
      assert.is(written.size, 0)
    }
  })
  it('writes nothing where one of the formats has no document, and says why', async () => {
    const { code, stderr, written } = await command(['generate', 'config.alloy', '--also', 'manifests=x'], files)
    assert.is(code, 1)
    assert.match(stderr, /--namespace/)
    assert.is(written.size, 0)
  })
  it('writes the report of check without a verdict, and a log of what could not be read', async () => {
    const broken = await command(['check', 'broken.alloy', '--also', 'json=x'], files)
    assert.is(JSON.parse(broken.written.get('/work/x') ?? '{}').status, 'no-plan')
    const absent = await command(['check', 'absent.alloy', '--also', 'sarif=x', '--also', 'json=y'], files)
    assert.is(absent.code, 3, absent.stderr)
    assert.is(JSON.parse(absent.written.get('/work/x') ?? '{}').version, '2.1.0')
    assert.is(absent.written.get('/work/y'), undefined)
  })

  const overlaps: readonly (readonly [title: string, words: readonly string[]])[] = [
    ['an input', ['--also', 'json=config.alloy']],
    ['the document', ['--also', 'json=x', '-o', './x']],
    ['the diagnostics', ['--also', 'json=x', '--diagnostics', 'x']],
    ['another of its kind', ['--also', 'json=x', '--also', 'markdown=x']],
  ]
  for (const [title, words] of overlaps) {
    it(`does not replace ${title}`, async () => {
      const { code, stderr, written } = await command(['check', 'config.alloy', ...words], files)
      assert.is(code, 2)
      assert.match(stderr, /--also (json|markdown)=\S+ (would overwrite an input|are the same file)|are the same file/)
      assert.is(written.size, 0)
    })
  }
  it('is wrong usage where a format is asked for twice', async () => {
    const { code, stderr } = await command(['check', 'config.alloy', '--also', 'json=x', '--also', 'json=y'], files)
    assert.is(code, 2)
    assert.match(stderr, 'json is asked for twice')
  })
})
