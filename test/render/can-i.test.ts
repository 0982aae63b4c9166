import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { difference } from '../../src/chart/rbac/difference.ts'
import { findRelease } from '../../src/chart/release/releases.ts'
import { canIScript } from '../../src/render/can-i.ts'
import { planOf } from '../chart/plans.ts'
import { describe, golden, root } from '../harness.ts'

const release = findRelease('1.11.1').value!
const plan = planOf([
  'cluster pods list,watch',
  '. configmaps[alloy] get',
  'shop pods/log get',
  'cluster replicasets.apps list',
  "shop secrets[it's] get",
  'url /metrics get',
])
const script = canIScript(difference(plan, release), { tool: 'alloy-rbac 0.1.0', namespace: null, account: null })

/** Runs the script with a kubectl that answers as told and writes down what it was asked. */
function run(answer: string, ...args: readonly string[]) {
  return runIn('sh', answer, ...args)
}

function runIn(shell: string, answer: string, ...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'can-i-'))
  try {
    writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\necho "$@" >> ${folder}/asked\n${answer}\n`)
    chmodSync(join(folder, 'kubectl'), 0o755)
    writeFileSync(join(folder, 'asked'), '')
    const { status, stdout, stderr } = spawnSync(shell, ['-s', '--', ...args], {
      input: script,
      encoding: 'utf8',
      env: { PATH: `${folder}:/usr/bin:/bin` },
    })
    return { status, stdout, stderr, asked: readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('render/can-i', it => {
  it('prints the script as in its file', () => golden('test/render/golden/can-i.sh', script))

  if (spawnSync('shellcheck', ['--version']).status === 0)
    it('is a script in which shellcheck finds nothing', () => {
      for (const shell of [`${root}src/render/can-i.sh`, `${root}test/render/golden/can-i.sh`]) {
        const { status, stdout } = spawnSync('shellcheck', [shell], { encoding: 'utf8' })
        assert.equal(status, 0, stdout)
      }
    })
  else console.log('skipped: shellcheck on the can-i script, because it is not installed')

  it('asks as the service account, for every need', () => {
    const { asked } = run('echo yes', 'mon', 'robot')
    assert.equal(asked.slice(0, 7), [
      'auth can-i list pods --all-namespaces --as=system:serviceaccount:mon:robot',
      'auth can-i watch pods --all-namespaces --as=system:serviceaccount:mon:robot',
      'auth can-i get configmaps/alloy --namespace mon --as=system:serviceaccount:mon:robot',
      'auth can-i get pods --subresource=log --namespace shop --as=system:serviceaccount:mon:robot',
      'auth can-i list replicasets.apps --all-namespaces --as=system:serviceaccount:mon:robot',
      "auth can-i get secrets/it's --namespace shop --as=system:serviceaccount:mon:robot",
      'auth can-i get /metrics --as=system:serviceaccount:mon:robot',
    ])
    assert.is(asked.length, 7 + 12)
  })

  it('fails when a need is denied or an excess allowed', () => {
    assert.is(run('echo yes', 'mon').status, 1)
    const { status, stdout } = run('echo "no - no RBAC policy matched"; exit 1', 'mon')
    assert.is(status, 1)
    assert.match(stdout, /12 of 19 as expected/)
  })

  /** The needs, as kubectl is asked for them. */
  const needs = run('echo yes', 'mon').asked.slice(0, 7)
  /** A kubectl that allows these questions and no other. */
  const allowing = (questions: readonly string[]) => {
    const cases = questions.map(question => `'${question.replaceAll("'", "'\\''")}') echo yes ;;`)
    return ['case "$*" in', ...cases, '*) echo no; exit 1 ;;', 'esac'].join('\n')
  }

  it('succeeds when all answers are as expected', () => {
    const { status, stdout } = run(allowing(needs), 'mon')
    assert.is(stdout, '19 of 19 as expected\n')
    assert.is(status, 0)
  })

  it('does not take the denial of a kind that the cluster does not serve for an answer', () => {
    const warning = `case "$*" in *"list replicasets"*) echo "Warning: the server doesn't have a resource type" >&2 ;; esac`
    const { status, stdout } = run(
      `${warning}\n${allowing(needs.filter(need => !need.includes('replicasets')))}`,
      'mon',
    )
    assert.match(stdout, /^cannot be checked .*: kubectl auth can-i list replicasets\.apps /)
    assert.match(stdout, /^18 of 18 as expected\n1 could not be checked$/m)
    assert.is(status, 0)
  })

  it('stops when the cluster gives no answer, or the namespace is not given', () => {
    const { status, stderr } = run('echo "error: You must be logged in" >&2; exit 1', 'mon')
    assert.is(status, 2)
    assert.match(stderr, /no answer to: kubectl auth can-i list pods .*\nerror: You must be logged in$/m)
    assert.is(run('echo yes').status, 2)
  })

  it('is read alike by every shell at hand', () => {
    const shells = ['dash', 'bash'].filter(shell => spawnSync(shell, ['-c', ':']).error === undefined)
    for (const shell of shells) {
      assert.equal(runIn(shell, 'echo yes', 'mon', "o'dd"), run('echo yes', 'mon', "o'dd"), shell)
    }
  })
})
