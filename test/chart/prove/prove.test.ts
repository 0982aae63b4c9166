import * as assert from 'uvu/assert'
import type { JsonMap } from '../../../src/chart/json.ts'
import { manifests } from '../../../src/chart/manifests.ts'
import { unnested } from '../../../src/chart/nesting.ts'
import { proveManifests, proveValues } from '../../../src/chart/prove/prove.ts'
import { findRelease } from '../../../src/chart/release/releases.ts'
import { values } from '../../../src/chart/values.ts'
import { describe } from '../../harness.ts'
import { planOf } from '../plans.ts'

const release = findRelease('1.11.1').value!
const plan = planOf(
  ['cluster pods list,watch', 'cluster nodes list', 'shop secrets[token] get'],
  [
    { kind: 'mount', hostPath: '/var/log/journal', readOnly: true },
    { kind: 'pod', field: 'hostPID' },
  ],
)
const options = { release, alloy: '1.18.1', kubernetes: '1.34', tool: 'alloy-rbac 0.1.0' }
const value = values(plan, options).value!
const obligation = {
  release,
  plan,
  beyond: [],
  rules: 'values',
  pod: value.pod,
  nesting: unnested,
  namespace: null,
  user: null,
} as const

/** Each way to spoil the text, and what the proof then says. */
const spoilt: readonly (readonly [title: string, from: string | RegExp, to: string, says: RegExp])[] = [
  ['a need that is gone', '"watch"', '"list"', /needed but denied: cluster pods watch/],
  ['a verb too many', 'verbs: ["get"]', 'verbs: ["get", "list"]', /granted but not needed: shop secrets\[token\] list/],
  ['another name', '["token"]', '["other"]', /needed but denied: shop secrets\[token\] get/],
  [
    'a namespace by name',
    /namespace: '\{\{ include "alloy.namespace" \. \}\}'/,
    'namespace: "proof-namespace"',
    /needed but denied/,
  ],
  [
    'a role that does not exist',
    "kind: Role\n      name: '{{ include",
    "kind: Role\n      name: 'x{{ include",
    /needed but denied/,
  ],
  ['an empty list', /clusterRules:\n(?: {4}.*\n)+/, 'clusterRules: []\n', /does not render with them: one empty list/],
  ['a name that is a number', '["token"]', '[0b11]', /granted but not needed|needed but denied/],
  ['a host namespace too few', 'hostPID: true', 'hostPID: false', /hostPID is false, not true/],
  [
    'a container that may escalate',
    'allowPrivilegeEscalation: false',
    'allowPrivilegeEscalation: true',
    /allowPrivilegeEscalation/,
  ],
  ['root', 'runAsUser: 473', 'runAsUser: 0', /runAsUser is 0/],
  ['a capability', 'drop: ["ALL"]', 'add: ["SYS_ADMIN"]\n      drop: ["ALL"]', /capabilities.add/],
  [
    'another path of the host',
    'path: "/var/log/journal"',
    'path: "/var/log"',
    /\/var\/log\/journal of the host is not mounted/,
  ],
  ['a mount that may be written', /\n *readOnly: true/, '', /\/var\/log\/journal of the host is not mounted/],
  [
    'a storage path without volume',
    'mountPath: "/tmp/alloy"',
    'mountPath: "/tmp/other"',
    /\/tmp\/alloy is not on a writable volume/,
  ],
  ['two mounts at one path', 'mountPath: "/tmp/alloy"', 'mountPath: "/var/log/journal"', /two volumes are mounted/],
  ['no YAML', 'rbac:', 'rbac: [', /./],
]

describe('chart/prove', it => {
  it('lets right values pass', () => proveValues(value.text, obligation))

  for (const [title, from, to, says] of spoilt) {
    it(`catches ${title}`, () => {
      const text = value.text.replace(from, to)
      assert.is.not(text, value.text)
      assert.throws(() => proveValues(text, obligation), says)
    })
  }

  it('catches a token that is kept back', () => {
    assert.throws(
      () => proveValues(`${value.text}serviceAccount: {automountServiceAccountToken: false}\n`, obligation),
      /token/,
    )
  })

  it('lets pass what extra objects of the user grant, and no more', () => {
    const binding = (verb: string): readonly JsonMap[] => [
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'own' },
        rules: [{ apiGroups: [''], resources: ['services'], verbs: [verb] }],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'own' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'own' },
        subjects: [
          {
            kind: 'ServiceAccount',
            name: '{{ include "alloy.serviceAccountName" . }}',
            namespace: '{{ include "alloy.namespace" . }}',
          },
        ],
      },
    ]
    const user = { extraObjects: binding('get') }
    const made = values(plan, { ...options, user }).value!
    proveValues(made.text, { ...obligation, pod: made.pod, user })
    const other = { extraObjects: binding('list') }
    assert.throws(
      () => proveValues(made.text, { ...obligation, pod: made.pod, user: other }),
      /granted but not needed: cluster services get/,
    )
  })

  it('catches values that are nested elsewhere', () => {
    assert.throws(
      () => proveValues(value.text, { ...obligation, nesting: { at: ['alloy', 'alloy'], parentGlobal: false } }),
      /granted but not needed|needed but denied/,
    )
  })

  it('proves manifests, and catches one that lacks a grant', () => {
    const as = { name: 'collector', namespace: 'mon' }
    const made = manifests(plan, { ...options, ...as }).value!
    proveManifests(made.text, plan, made, as)
    assert.throws(() => proveManifests(made.text.replace('"watch"', '"list"'), plan, made, as), /needed but denied/)
    assert.throws(() => proveManifests(made.text, plan, made, { ...as, name: 'other' }), /needed but denied/)
    assert.throws(() => proveManifests(made.text.replace('---\n', ''), plan, made, as), /./)
  })
})
