import * as assert from 'uvu/assert'
import { isEveryones } from '../../src/kubernetes/everyone.ts'
import { type Grant, grantLine } from '../../src/kubernetes/grant.ts'
import { describe } from '../harness.ts'

const url = (path: string, verb = 'get'): Grant => ({ kind: 'url', url: path, verb })
const resource = (group: string, name: string, verb: string): Grant => ({
  kind: 'resource',
  namespace: null,
  group,
  resource: name,
  name: null,
  verb,
})

describe('isEveryones', it => {
  const table: readonly (readonly [grant: Grant, kubernetes: string, expected: boolean])[] = [
    [url('/healthz'), '1.34', true],
    [url('/healthz/etcd'), '1.34', false],
    [url('/healthz', 'post'), '1.34', false],
    [url('/healthz', 'head'), '1.34', false],
    [url('/openapi/v2'), '1.34', true],
    [url('/apis/apps/v1'), '1.34', true],
    [url('/version/'), '1.34', true],
    [url('/livez/etcd'), '1.34', false],
    [url('/.well-known/openid-configuration'), '1.34', true],
    [url('/metrics'), '1.34', false],
    [resource('authorization.k8s.io', 'selfsubjectaccessreviews', 'create'), '1.34', true],
    [resource('authorization.k8s.io', 'selfsubjectrulesreviews', 'create'), '1.34', true],
    [resource('authentication.k8s.io', 'selfsubjectreviews', 'create'), '1.34', true],
    [resource('authorization.k8s.io', 'subjectaccessreviews', 'create'), '1.34', false],
    [resource('certificates.k8s.io', 'clustertrustbundles', 'list'), '1.36', false],
    [resource('certificates.k8s.io', 'clustertrustbundles', 'list'), '1.37', true],
    [resource('certificates.k8s.io', 'clustertrustbundles', 'create'), '1.37', false],
  ]
  for (const [grant, kubernetes, expected] of table)
    it(`${grantLine(grant)}, ${kubernetes}`, () => assert.is(isEveryones(grant, kubernetes), expected))
})
