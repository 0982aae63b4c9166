import { spawnSync } from 'node:child_process'
import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { command } from './io.ts'

/** Words before the cursor, the last one unfinished, and what is offered for it. */
const offers: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['commands', ['dif'], ['diff']],
  [
    'every command',
    [''],
    ['generate', 'diff', 'check', 'compare', 'installer', 'upgrade', 'denied', 'audit-chart', 'explain', 'completion'],
  ],
  ['options of a command', ['check', '--fail'], ['--fail-on']],
  ['no option of another command', ['diff', '--fail'], []],
  ['choices of an option', ['check', '--format', 'sa'], ['sarif']],
  ['every choice of an option', ['generate', '--only', ''], ['rbac', 'pod']],
  ['options after an input', ['generate', 'config.alloy', '--granul'], ['--granularity']],
  ['shells', ['completion', 'z'], ['zsh']],
]

const script = async (shell: string): Promise<string> => (await command(['completion', shell])).stdout

/** Runs a shell with a script on standard input; the words are its arguments. */
function ask(shell: readonly string[], text: string, words: readonly string[]): readonly string[] {
  const [program = '', ...flags] = shell
  const { status, stdout, stderr } = spawnSync(program, [...flags, ...words], { input: text, encoding: 'utf8' })
  assert.is(status, 0, stderr)
  assert.is(stderr, '')
  return stdout.split('\n').filter(line => line !== '')
}

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0

describe('completions', it => {
  it('are refused for a shell that is not known', async () => {
    const { code, stderr } = await command(['completion', 'tcsh'])
    assert.is(code, 2)
    assert.match(stderr, /bash, zsh, fish/)
  })

  if (isThere('bash'))
    for (const [title, words, offered] of offers)
      it(`bash offers ${title}`, async () => {
        const asked = `${await script('bash')}
COMP_WORDS=(alloy-rbac "$@"); COMP_CWORD=$#
_alloy_rbac
for each in "\${COMPREPLY[@]}"; do echo "$each"; done
`
        const found = ask(['bash', '-s', '--'], asked, words)
        assert.equal(
          offered.filter(each => !found.includes(each)),
          [],
        )
        if (words.at(-1) !== '') assert.equal(found, offered)
      })
  else console.log('skipped: completions in bash, because it is not installed')

  if (isThere('fish'))
    for (const [title, words, offered] of offers)
      it(`fish offers ${title}`, async () => {
        const line = ['alloy-rbac', ...words].join(' ')
        const asked = `${await script('fish')}\ncomplete -C ${JSON.stringify(line)}\n`
        const found = ask(['fish', '--no-config', '-c', asked], '', []).map(each => each.split('\t')[0] ?? '')
        assert.equal(
          offered.filter(each => !found.includes(each)),
          [],
        )
        if (offered.length === 0)
          assert.equal(
            found.filter(each => each.startsWith('-')),
            [],
          )
      })
  else console.log('skipped: completions in fish, because it is not installed')

  if (isThere('zsh'))
    for (const [title, words, offered] of offers)
      it(`zsh offers ${title}`, async () => {
        // What zsh itself does with what it is told is zsh's; here, what it is told.
        const asked = `compdef() { :; }
_describe() { print -l -- \${(P)2%%:*}; }
_arguments() { print -l -- "$@"; }
source /dev/stdin <<'SCRIPT'
${await script('zsh')}SCRIPT
words=(alloy-rbac "$@"); CURRENT=$#words
_alloy_rbac
`
        const told = ask(['zsh', '-f', '-s', '--'], asked, words).join('\n')
        assert.equal(
          offered.filter(each => !told.includes(each)),
          [],
        )
        if (offered.length === 0) assert.not.ok(told.includes(words.at(-1) ?? ''))
      })
  else console.log('skipped: completions in zsh, because it is not installed')
})
