import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as assert from 'uvu/assert'
import { describe, root } from '../harness.ts'
import { takeAway } from './shell.ts'

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })

/** A repository of its own with the files of a folder, all of them in one commit. */
function commit(folder: string): string {
  git(folder, 'init', '--quiet')
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--no-verify', '--message', 'All')
  return git(folder, 'rev-parse', 'HEAD').trim()
}

/** The checkout as it is now, without what git ignores. */
function copyOfCheckout(to: string): void {
  const names = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
  for (const name of names.filter(name => name !== '')) {
    mkdirSync(dirname(join(to, name)), { recursive: true })
    cpSync(join(root, name), join(to, name))
  }
}

/** What pre-commit does in a repository that names the hook. */
function hook(folder: string, home: string): { readonly code: number | null; readonly text: string } {
  const ran = spawnSync('pre-commit', ['run', '--all-files'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PRE_COMMIT_HOME: home },
  })
  return { code: ran.status, text: ran.stdout + ran.stderr }
}

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0

describe('the hook for pre-commit', it => {
  it('is not packed with what npm prints of a build', () =>
    assert.match(readFileSync(`${root}.npmrc`, 'utf8'), /^foreground-scripts=false$/m))
  if (!isThere('pre-commit')) {
    console.log('skipped: the installation of the hook, because there is no pre-commit here')
    return
  }
  it('is installed from a clone, passes where nothing lacks and fails where a grant lacks', () => {
    const folder = mkdtempSync(`${tmpdir()}/alloy-rbac-`)
    try {
      const checkout = join(folder, 'checkout')
      copyOfCheckout(checkout)
      const rev = commit(checkout)
      const config = `repos: [{ repo: ${checkout}, rev: ${rev}, hooks: [{ id: alloy-rbac, args: [values.yaml, values-production.yaml] }] }]`
      const user = (name: string, lacking: boolean): string => {
        const at = join(folder, name)
        cpSync(`${root}test/ci`, at, { recursive: true })
        if (lacking) takeAway(at)
        writeFileSync(join(at, '.pre-commit-config.yaml'), config)
        commit(at)
        return at
      }
      const home = join(folder, 'home')
      const clean = hook(user('clean', false), home)
      assert.is(clean.code, 0, clean.text)
      assert.match(clean.text, /^alloy-rbac check\.+Passed$/m)
      const lacking = hook(user('lacking', true), home)
      assert.is(lacking.code, 1, lacking.text)
      assert.match(lacking.text, /needs list on pods cluster-wide, which no role of the account grants/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
