import * as assert from 'uvu/assert'
import { Unusable } from '../../src/cli/exit.ts'
import { readInputs } from '../../src/cli/inputs.ts'
import type { Io } from '../../src/cli/io.ts'
import { type Disk, diskOf } from '../../src/session/disk.ts'
import { describe } from '../harness.ts'

const fails = (code: string) => () => {
  throw Object.assign(new Error('no'), { code })
}
const memory = diskOf({ '/work/apps/a.yaml': 'a: 1\n', '/work/apps/deep/b.yaml': 'b: 1\n' })

describe('what the system does not let be read', it => {
  const table: readonly [title: string, disk: Partial<Disk>, said: string][] = [
    ['a path behind a closed folder', { kind: fails('EACCES') }, 'apps cannot be read: permission is denied'],
    ['links in a circle', { kind: fails('ELOOP') }, 'apps cannot be read: its links form a loop'],
    ['a closed folder', { list: fails('EACCES') }, 'apps cannot be read: permission is denied'],
    [
      'a closed folder within a folder',
      { list: path => (path.endsWith('deep') ? fails('EACCES')() : memory.list(path)) },
      'apps/deep cannot be read: permission is denied',
    ],
    ['a closed file', { readFile: fails('EACCES') }, 'apps/a.yaml cannot be read: permission is denied'],
  ]
  for (const [title, disk, said] of table) {
    it(`${title} ends the run, with its path and the reason`, () => {
      const io = { cwd: '/work', disk: { ...memory, writeFile: () => {}, ...disk } } as unknown as Io
      try {
        readInputs(['apps'], {}, io)
        assert.unreachable()
      } catch (error) {
        assert.instance(error, Unusable)
        assert.is((error as Error).message, said)
      }
    })
  }
})
