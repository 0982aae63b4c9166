import * as assert from 'uvu/assert'
import { isKubeletPath, kubeletGrants } from '../../src/kubernetes/kubelet.ts'
import { unknownPart } from '../../src/kubernetes/request-attributes.ts'
import { describe } from '../harness.ts'

describe('kubeletGrants', it => {
  const cases: readonly [string, string, string, readonly string[]][] = [
    ['/metrics', '/metrics', '1.34', ['nodes/metrics']],
    ['below /metrics', '/metrics/cadvisor', '1.34', ['nodes/metrics']],
    ['a longer first segment is another path', '/metricsx', '1.34', ['nodes/proxy']],
    ['the beginning of a path is another path', '/met', '1.34', ['nodes/proxy']],
    ['/stats/summary', '/stats/summary', '1.34', ['nodes/stats']],
    ['/logs', '/logs/x', '1.34', ['nodes/log']],
    ['/checkpoint', '/checkpoint/a/b/c', '1.34', ['nodes/checkpoint']],
    ['/statusz', '/statusz', '1.34', ['nodes/statusz']],
    ['/flagz', '/flagz', '1.34', ['nodes/configz']],
    ['/statusz before 1.33', '/statusz', '1.32', ['nodes/proxy']],
    ['/flagz before 1.33', '/flagz', '1.32', ['nodes/proxy']],
    ['/allocatedPods', '/allocatedPods', '1.37', ['nodes/pods']],
    ['/allocatedPods before 1.37', '/allocatedPods', '1.36', ['nodes/proxy']],
    ['a slash at the end', '/metrics/', '1.34', ['nodes/metrics']],
    ['a doubled slash', '//pods', '1.34', ['nodes/pods']],
    ['a dot', '/./metrics/cadvisor', '1.34', ['nodes/metrics']],
    ['/pods with fine-grained authorisation', '/pods', '1.33', ['nodes/pods']],
    ['/pods before it', '/pods', '1.32', ['nodes/proxy']],
    ['/runningpods', '/runningpods/', '1.34', ['nodes/pods']],
    ['/healthz', '/healthz/ping', '1.34', ['nodes/healthz']],
    ['/configz', '/configz', '1.34', ['nodes/configz']],
    ['/configz before 1.33', '/configz', '1.9', ['nodes/proxy']],
    ['profiles', '/debug/pprof/heap', '1.34', ['nodes/proxy']],
    ['an unknown part below /metrics', `/metrics/${unknownPart}`, '1.34', ['nodes/metrics']],
    [
      'nothing known of the path',
      unknownPart,
      '1.34',
      [
        'nodes/metrics',
        'nodes/stats',
        'nodes/log',
        'nodes/checkpoint',
        'nodes/statusz',
        'nodes/configz',
        'nodes/proxy',
      ],
    ],
  ]
  for (const [title, path, kubernetes, expected] of cases) {
    it(title, () =>
      assert.equal(
        kubeletGrants({ path, method: 'GET' }, kubernetes).map(each => (each.kind === 'resource' ? each.resource : '')),
        expected,
      ),
    )
  }
})

describe('the verb at a kubelet', it => {
  const verbs: Readonly<Record<string, string>> = {
    GET: 'get',
    POST: 'create',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: 'delete',
    HEAD: '',
    OPTIONS: '',
    get: '',
  }
  for (const [method, verb] of Object.entries(verbs))
    it(`${method} is ${verb === '' ? 'none' : verb}`, () => {
      const [grant] = kubeletGrants({ path: '/metrics', method }, '1.34')
      assert.is(grant?.verb, verb)
    })
})

describe('isKubeletPath', it => {
  const table: readonly (readonly [path: string, expected: boolean])[] = [
    ['/metrics/cadvisor', true],
    ['/metrics/resource', true],
    ['/metrics/probes', true],
    ['/stats/summary', true],
    ['/runningpods/', true],
    ['/metrics', false],
    ['/metrics/cadvisor/more', false],
    ['/pods', false],
    [unknownPart, false],
  ]
  for (const [path, expected] of table) it(JSON.stringify(path), () => assert.is(isKubeletPath(path), expected))
})
