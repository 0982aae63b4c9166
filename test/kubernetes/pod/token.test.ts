import * as assert from 'uvu/assert'
import { isInTokenFolder, isTokenFile, leadsToTokenFolder, namesTokenFile } from '../../../src/kubernetes/pod/token.ts'
import { describe } from '../../harness.ts'

describe('isTokenFile', it => {
  const cases: readonly [string, boolean][] = [
    ['/var/run/secrets/kubernetes.io/serviceaccount/token', true],
    ['/run/secrets/kubernetes.io/serviceaccount/token', true],
    ['/var/run/secrets/kubernetes.io/serviceaccount/..data/token', true],
    ['/var/run/secrets/kubernetes.io/serviceaccount/ca.crt', false],
    ['/etc/token', false],
    ['/var/run/secrets/kubernetes.io//serviceaccount/token', true],
    ['/var/run/secrets/./kubernetes.io/serviceaccount/token', true],
    ['/etc/alloy/../../var/run/secrets/kubernetes.io/serviceaccount/token', true],
    ['var/run/secrets/kubernetes.io/serviceaccount/token', true],
    ['/var/run/secrets/kubernetes.io/serviceaccount/token/', true],
    ['/var/run/secrets/kubernetes.io/serviceaccount/../token', false],
    ['/var/run/secrets/kubernetes.io/serviceaccount/token.old', false],
    ['', false],
  ]
  for (const [path, expected] of cases) it(path, () => assert.is(isTokenFile(path), expected))
  it('the certificate lies in the folder', () =>
    assert.ok(isInTokenFolder('/run/secrets/kubernetes.io/serviceaccount/ca.crt')))
})

describe('isInTokenFolder', it => {
  const cases: readonly [string, boolean][] = [
    ['/run/secrets/kubernetes.io/serviceaccount/', true],
    ['/run/secrets/kubernetes.io/serviceaccount//namespace', true],
    ['/run/secrets/kubernetes.io/serviceaccount-of-mine', false],
    ['/run/secrets/kubernetes.io/serviceaccount/../other', false],
  ]
  for (const [path, expected] of cases) it(path, () => assert.is(isInTokenFolder(path), expected))
})

describe('namesTokenFile', it => {
  const cases: readonly [string, string, boolean][] = [
    ['a path', '/var/run/secrets/kubernetes.io/serviceaccount/token', true],
    ['YAML', 'bearer_token_file: "/run/secrets//kubernetes.io/serviceaccount/token"\n', true],
    ['JSON', '{"bearer_token_file":"/run/secrets/kubernetes.io/serviceaccount/token"}', true],
    ['another file', 'bearer_token_file: /etc/other/token', false],
    ['a word that only looks like it', 'token', false],
  ]
  for (const [title, text, expected] of cases) it(title, () => assert.is(namesTokenFile(text), expected))
})

describe('leadsToTokenFolder', it => {
  it('takes a beginning with a doubled slash', () => assert.ok(leadsToTokenFolder('/var/run//secrets/')))
  it('refuses another folder', () => assert.not(leadsToTokenFolder('/etc/')))
})
