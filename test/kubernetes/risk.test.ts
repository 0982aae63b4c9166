import * as assert from 'uvu/assert'
import { riskOf } from '../../src/kubernetes/risk.ts'
import { describe } from '../harness.ts'
import { grantIn } from './lines.ts'

const table: readonly (readonly [line: string, rank: number | null, sentence: RegExp])[] = [
  ['cluster * get', 0, /every kind of object/],
  ['cluster secrets get', 0, /passwords/],
  ['cluster secrets watch', 0, /passwords/],
  ['cluster secrets create', 2, /changes objects/],
  ['cluster nodes/proxy get', 1, /any port/],
  ['shop services/proxy create', 1, /any port/],
  ['shop pods/exec create', 1, /runs commands/],
  ['shop rolebindings.rbac.authorization.k8s.io create', 1, /more permissions/],
  ['shop rolebindings.rbac.authorization.k8s.io get', null, /^/],
  ['shop serviceaccounts/token create', 1, /more permissions/],
  ['cluster users impersonate', 1, /acts as other users/],
  ['shop secrets impersonate-on:serviceaccount:get', 1, /acts as other users/],
  ['shop serviceaccounts.authentication.k8s.io impersonate:serviceaccount', 1, /acts as other users/],
  ['cluster users.authentication.k8s.io *', 1, /acts as other users/],
  ['shop pods delete', 2, /changes objects/],
  ['shop pods *', 2, /changes objects/],
  ['shop configmaps list', 3, /credentials/],
  ['shop pods/log get', 3, /containers print/],
  ['cluster nodes/configz get', 3, /a kubelet knows/],
  ['cluster nodes/metrics get', null, /^/],
  ['shop pods get', null, /^/],
  ['url /metrics get', null, /^/],
]

describe('kubernetes/risk', it => {
  for (const [line, rank, sentence] of table) {
    it(`${line} gives away ${rank ?? 'nothing'}`, () => {
      const risk = riskOf(grantIn(line))
      assert.is(risk === null ? null : risk.rank, rank)
      assert.match(risk?.sentence ?? '', sentence)
    })
  }
})
