// What standard error says of a file that was written: nothing where all is well, else that it is there, and what there was to say.
import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { command } from './io.ts'

const pods = 'discovery.kubernetes "pods" {\n  role = "pod"\n}\n'
const files = {
  'clean.alloy': pods,
  'noted.alloy': pods.replace('"pod"', 'sys.env("ROLE")'),
  'warned.alloy': `${pods.replace('"pod"', 'sys.env("ROLE")')}
prometheus.scrape "plain" {
  targets           = [{__address__ = "example.com"}]
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to        = []
}
`,
  'broken.alloy': 'discovery.kubernetes "pods" {\n',
}

const lines: readonly (readonly [title: string, line: string, last: string])[] = [
  ['is named with its warnings', 'generate warned.alloy -o out', 'out was written, with 1 warning and 1 note'],
  ['is named with what --quiet leaves', 'generate warned.alloy -o out --quiet', 'out was written, with 1 warning'],
  ['is named where there are notes alone', 'diff noted.alloy -o out', 'out was written, with 1 note'],
  ['is not named where notes are not shown', 'diff noted.alloy -o out --quiet', ''],
  ['is not named where there is nothing to say', 'generate clean.alloy -o out', ''],
  ['is not named where it is JSON', 'generate warned.alloy -o out --format json', ''],
  ['is not named where it is standard output', 'check warned.alloy -o - --format sarif', ''],
  ['is named with findings', 'check warned.alloy -o out', 'out was written, with 8 warnings and 1 note'],
  [
    'is named with the others of the run',
    'diff noted.alloy -o out --also markdown=out.md',
    'out, out.md were written, with 1 note',
  ],
  [
    'is a folder where there is one for several',
    'generate warned.alloy --all -o out/',
    'out/ was written, with 1 warning and 1 note',
  ],
]

describe('a file that is written', it => {
  for (const [title, line, last] of lines) {
    it(title, async () => {
      const { stderr } = await command(line.split(' '), files)
      assert.is(stderr.trimEnd().split('\n').at(-1), last)
    })
  }
  it('is not named where none is', async () => {
    const { stderr, written } = await command(['generate', 'broken.alloy', '-o', 'out'], files)
    assert.is(written.size, 0)
    assert.not.match(stderr, /written/)
  })
})
