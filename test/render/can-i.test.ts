import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { difference } from '../../src/chart/difference.ts'
import { findRelease } from '../../src/chart/history.ts'
import { canIScript } from '../../src/render/can-i.ts'
import { planOf } from '../chart/plans.ts'
import { describe, golden } from '../harness.ts'

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
  const folder = mkdtempSync(join(tmpdir(), 'can-i-'))
  try {
    writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\necho "$@" >> ${folder}/asked\n${answer}\n`)
    chmodSync(join(folder, 'kubectl'), 0o755)
    writeFileSync(join(folder, 'asked'), '')
    const { status, stdout } = spawnSync('sh', ['-s', '--', ...args], {
      input: script,
      encoding: 'utf8',
      env: { PATH: `${folder}:/usr/bin:/bin` },
    })
    return { status, stdout, asked: readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('render/can-i', it => {
  it('prints the script as in its file', () => golden('test/render/golden/can-i.sh', script))

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

  it('succeeds when all answers are as expected', () => {
    const answer =
      'case "$*" in *"get secrets --all"*|*"list secrets"*|*"watch secrets"*|*"secrets/"*) ;; esac\ncase "$*" in *needle*) ;; esac\n'
    const asked = run('echo no; exit 1', 'mon').asked
    const needs = asked
      .slice(0, 7)
      .map(line => `'${line.replaceAll("'", "'\\''")}') echo yes; exit 0 ;;`)
      .join('\n')
    const { status, stdout } = run(`${answer}case "$*" in\n${needs}\nesac\necho no\nexit 1`, 'mon')
    assert.match(stdout, /^19 of 19 as expected$/m)
    assert.is(status, 0)
  })

  it('stops when the cluster gives no answer, or the namespace is not given', () => {
    assert.is(run('exit 1', 'mon').status, 2)
    assert.is(run('echo yes').status, 2)
  })
})
