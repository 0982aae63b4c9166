import * as assert from 'uvu/assert'
import type { Json, JsonMap } from '../../../src/chart/json.ts'
import { chartVersions, findRelease } from '../../../src/chart/release/releases.ts'
import { renderChart, withAgent } from '../../../src/chart/release/render.ts'
import { olderThan } from '../../../src/version.ts'
import { describe } from '../../harness.ts'

const install = { release: 'r', namespace: 'mon' }
const render = (version: string, values: JsonMap, as = install) => renderChart(findRelease(version).value!, values, as)

function objects(version: string, values: JsonMap, as = install): readonly JsonMap[] {
  const rendered = render(version, values, as)
  if (rendered.kind === 'broken') throw new Error(rendered.because)
  return rendered.objects
}

/** What is at a path of the first object of a kind. */
function find(all: readonly JsonMap[], kind: string, path: readonly (string | number)[]): Json | undefined {
  let at: Json | undefined = all.find(object => object['kind'] === kind)
  for (const key of path) at = (at as Readonly<Record<string | number, Json>> | undefined)?.[key]
  return at
}

/** A value at a path, and nothing else. */
const nested = (path: string, value: Json): JsonMap =>
  path.split('.').reduceRight((inner: Json, key) => ({ [key]: inner }), value) as JsonMap

const some = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]
const more = [
  { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
  { nonResourceURLs: ['/metrics'], verbs: ['get'] },
]
const namespaces = ['a', 'b']

/** Verified with real Helm on every release: what 1.4.0 to 1.6.2 make of a shape, and what 1.7.0 and later make of it. */
const shapes: readonly (readonly [title: string, rbac: JsonMap, before: boolean, since: boolean])[] = [
  ['both lists full', { rules: some, clusterRules: more }, true, true],
  ['rules empty', { rules: [], clusterRules: more }, false, false],
  ['clusterRules empty', { rules: some, clusterRules: [] }, false, false],
  ['both empty', { rules: [], clusterRules: [] }, false, true],
  ['rules null', { rules: null, clusterRules: more }, false, false],
  ['clusterRules null', { rules: some, clusterRules: null }, false, false],
  ['both null', { rules: null, clusterRules: null }, false, true],
  ['rules empty and clusterRules null', { rules: [], clusterRules: null }, false, true],
  ['rules null and clusterRules empty', { rules: null, clusterRules: [] }, false, true],
  ['the same rule in both', { rules: some, clusterRules: some }, true, true],
  ['rules alone', { rules: some }, true, true],
  ['clusterRules alone', { clusterRules: more }, true, true],
  ['empty rules alone', { rules: [] }, false, false],
  ['empty clusterRules alone', { clusterRules: [] }, false, false],
  ['create false and both null', { create: false, rules: null, clusterRules: null }, true, true],
  ['namespaces with both', { namespaces, rules: some, clusterRules: more }, true, true],
  ['namespaces with empty rules', { namespaces, rules: [], clusterRules: more }, true, true],
  ['namespaces with null rules', { namespaces, rules: null, clusterRules: more }, false, true],
  ['namespaces with empty clusterRules', { namespaces, rules: some, clusterRules: [] }, true, true],
  ['namespaces with null clusterRules', { namespaces, rules: some, clusterRules: null }, true, true],
  ['namespaces with both empty', { namespaces, rules: [], clusterRules: [] }, true, true],
  ['namespaces with both null', { namespaces, rules: null, clusterRules: null }, false, true],
  ['a namespace that is a boolean without quotes', { namespaces: ['on'], rules: some, clusterRules: [] }, false, false],
  ['a namespace that is a number without quotes', { namespaces: ['123'], rules: some, clusterRules: [] }, false, false],
  ['a list that is a text', { rules: 'x' }, false, false],
  ['namespaces with a text', { namespaces, rules: 'x', clusterRules: more }, false, false],
]

describe('chart/model', it => {
  for (const [title, rbac, before, since] of shapes) {
    it(`renders ${title} as every release does`, () => {
      for (const version of chartVersions) {
        const expected = olderThan(version, '1.4.0') || (olderThan(version, '1.7.0') ? before : since)
        assert.is(render(version, { rbac }).kind, expected ? 'objects' : 'broken', version)
      }
    })
  }

  it('lays agent over alloy, but for what is empty', () => {
    const table: readonly (readonly [alloy: JsonMap, agent: JsonMap, merged: JsonMap])[] = [
      [{ a: 1 }, { a: 2 }, { a: 2 }],
      [{ a: 1 }, { a: 0 }, { a: 1 }],
      [{}, { a: 0 }, { a: 0 }],
      [{ a: { b: 1, c: 1 } }, { a: { b: 2 } }, { a: { b: 2, c: 1 } }],
      [{ a: 'text' }, { a: { b: 2 } }, { a: { b: 2 } }],
      [{ a: { b: 2 } }, { a: 'text' }, { a: 'text' }],
    ]
    for (const [alloy, agent, merged] of table) assert.equal(withAgent({ alloy, agent })['alloy'], merged)
    assert.equal(withAgent({ alloy: { a: 1 }, agent: 'text' })['alloy'], { a: 1 })
  })

  it('knows extra objects that hold numbers, truths and nothing', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, count: 3, on: true, off: null }
    assert.equal(
      objects('1.11.1', { extraObjects: [object] }).find(({ kind }) => kind === 'ConfigMap'),
      object,
    )
  })

  it('says what two lists that are none render as', () => {
    for (const [rbac, because] of [
      [{ rules: 'x', clusterRules: 'y' }, 'rbac.rules and rbac.clusterRules render as a string'],
      [{ rules: 'x', clusterRules: [] }, 'rbac.rules and rbac.clusterRules render as a string'],
      [{ rules: 'x', clusterRules: more }, 'rbac.rules and rbac.clusterRules render as invalid YAML'],
      [{ rules: some, clusterRules: 'y' }, 'rbac.rules and rbac.clusterRules render as invalid YAML'],
    ] as const)
      assert.is((render('1.11.1', { rbac }) as { readonly because?: string }).because, because)
  })

  it('fails in every release where a map is null or a text that the templates look into', () => {
    for (const version of chartVersions) {
      for (const path of findRelease(version).value!.maps) {
        for (const value of [null, 'x']) {
          const because = `${path} is not a map`
          assert.equal(render(version, nested(path, value)), { kind: 'broken', because }, `${version} ${path}`)
        }
      }
    }
    assert.is(render('1.1.1', { networkPolicy: null }).kind, 'objects')
    assert.is(render('1.1.2', { networkPolicy: null }).kind, 'broken')
    assert.is(render('1.11.1', { crds: null }).kind, 'objects')
  })

  // Verified with real Helm 3: the templates fail, or print `serviceAccountName: 7`, which the API server refuses.
  const nameValues: readonly (readonly [path: string, value: Json, because: string | null])[] = [
    ...[7, true, ['a'], { a: 'b' }].flatMap((value: Json) => [
      ['nameOverride', value, 'nameOverride is not text'] as const,
      ['fullnameOverride', value, 'fullnameOverride is not text'] as const,
      ['serviceAccount.name', value, 'serviceAccount.name renders without quotes and is not read as text'] as const,
      ['namespaceOverride', value, 'namespaceOverride renders without quotes and is not read as text'] as const,
      ['rbac.namespaces', [value], 'rbac.namespaces[0] renders without quotes and is not read as text'] as const,
    ]),
    ['fullnameOverride', 'on', 'fullnameOverride renders without quotes and is not read as text'],
    ['nameOverride', '7', null],
    ...['nameOverride', 'fullnameOverride', 'serviceAccount.name', 'namespaceOverride'].flatMap(path =>
      [null, '', 0, false, [], {}, 'a'].map(value => [path, value, null] as const),
    ),
  ]
  it('makes names of texts only, and takes what is empty for not given', () => {
    for (const [path, value, because] of nameValues) {
      const rendered = render('1.11.1', nested(path, value))
      assert.is(rendered.kind === 'broken' ? rendered.because : null, because, `${path} ${JSON.stringify(value)}`)
    }
  })

  it('keeps the default of a list that is not given', () => {
    const rules = find(objects('1.11.1', { rbac: { rules: some } }), 'ClusterRole', ['rules']) as readonly Json[]
    assert.is(rules.length, 5)
    assert.equal(rules[1], { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] })
  })

  it('ignores the lists before 1.4.0, and renders ten rules of its own', () => {
    const made = objects('1.3.1', { rbac: { rules: [], clusterRules: null, namespaces: ['a'] } })
    assert.is((find(made, 'ClusterRole', ['rules']) as readonly Json[]).length, 10)
    assert.is(find(made, 'Role', []), undefined)
  })

  it('makes one Role and one binding a namespace, from rules alone', () => {
    const made = objects('1.11.1', { rbac: { namespaces, rules: some, clusterRules: more } })
    assert.equal(
      made.map(({ kind, metadata }) => [kind, (metadata as JsonMap)['namespace']]),
      [
        ['ServiceAccount', 'mon'],
        ['Role', 'a'],
        ['RoleBinding', 'a'],
        ['Role', 'b'],
        ['RoleBinding', 'b'],
      ],
    )
    assert.equal(find(made, 'Role', ['rules']), some)
    assert.equal(find(made, 'RoleBinding', ['subjects']), [
      { kind: 'ServiceAccount', name: 'r-alloy', namespace: 'mon' },
    ])
  })

  const names: readonly (readonly [
    title: string,
    values: JsonMap,
    release: string,
    fullname: string,
    account: string,
  ])[] = [
    ['joins release and chart', {}, 'r', 'r-alloy', 'r-alloy'],
    ['takes a release that holds the name of the chart', {}, 'my-alloy', 'my-alloy', 'my-alloy'],
    ['obeys fullnameOverride', { fullnameOverride: 'zz' }, 'r', 'zz', 'zz'],
    ['obeys nameOverride', { nameOverride: 'collector' }, 'r', 'r-collector', 'r-collector'],
    [
      'cuts at 63 characters and drops a final hyphen',
      { fullnameOverride: `${'x'.repeat(62)}-yy` },
      'r',
      'x'.repeat(62),
      'x'.repeat(62),
    ],
    ['obeys the name of the account', { serviceAccount: { name: 'robot' } }, 'r', 'r-alloy', 'robot'],
    ['falls back to the default account', { serviceAccount: { create: false } }, 'r', 'r-alloy', 'default'],
    ['binds an account that exists', { serviceAccount: { create: false, name: 'robot' } }, 'r', 'r-alloy', 'robot'],
  ]
  for (const [title, values, release, fullname, account] of names) {
    it(title, () => {
      const made = objects('1.11.1', values, { release, namespace: 'mon' })
      assert.is(find(made, 'ClusterRole', ['metadata', 'name']), fullname)
      assert.is(find(made, 'ClusterRoleBinding', ['subjects', 0, 'name']), account)
    })
  }

  it('moves everything with namespaceOverride from 0.12.1 on, but not before', () => {
    const place = (version: string) =>
      find(objects(version, { namespaceOverride: 'other' }), 'ServiceAccount', ['metadata', 'namespace'])
    assert.equal([place('0.12.0'), place('0.12.1')], ['mon', 'other'])
  })

  it('lets automountServiceAccountToken reach the account from 0.12.2 on', () => {
    const mounted = (version: string) =>
      find(objects(version, { serviceAccount: { automountServiceAccountToken: false } }), 'ServiceAccount', [
        'automountServiceAccountToken',
      ])
    assert.equal([mounted('0.12.1'), mounted('0.12.2')], [undefined, false])
  })

  const secret = (name: string): JsonMap => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name } })

  it('evaluates the helpers in extraObjects from 0.11.0 on', () => {
    const values = {
      namespaceOverride: 'other',
      extraObjects: [
        secret(
          '{{ include "alloy.fullname" . }}-{{ include "alloy.namespace" $ }}-{{ .Release.Namespace }}-{{ $.Release.Name }}-{{"{{"}}',
        ),
      ],
    }
    assert.is(find(objects('0.11.0', values), 'Secret', ['metadata', 'name']), 'r-alloy-other-mon-r-{{')
    assert.is(find(objects('0.10.1', values), 'Secret', []), undefined)
  })

  it('takes a map of extra objects in the order of its keys', () => {
    const made = objects('1.11.1', { extraObjects: { b: secret('second'), a: secret('first') } })
    assert.equal(
      made.slice(-2).map(({ metadata }) => (metadata as JsonMap)['name']),
      ['first', 'second'],
    )
  })

  it('leaves alone what only Helm can evaluate, and says where it stands', () => {
    for (const name of [
      '{{ .Values.x }}',
      '{{ printf "a" }}',
      '{{ include "alloy.labels" . }}',
      '{{ open',
      '{{ .Release.constructor }}',
    ]) {
      const rendered = render('1.11.1', { extraObjects: [secret('x'), secret(name)] })
      assert.equal(rendered.kind === 'objects' && rendered.opaque, [1], name)
    }
  })

  it('breaks on an extra object that is a text', () => {
    assert.is(render('1.11.1', { extraObjects: ['kind: Secret'] }).kind, 'broken')
  })

  const pods: readonly (readonly [
    title: string,
    values: JsonMap,
    path: readonly (string | number)[],
    expected: unknown,
  ])[] = [
    ['has no security context by default', {}, ['containers', 0, 'securityContext'], undefined],
    [
      'has that of the values',
      { alloy: { securityContext: { runAsUser: 1 } } },
      ['containers', 0, 'securityContext'],
      { runAsUser: 1 },
    ],
    [
      'lets agent win over alloy',
      { agent: { securityContext: { runAsUser: 1 } }, alloy: { securityContext: { runAsUser: 2, runAsGroup: 3 } } },
      ['containers', 0, 'securityContext'],
      { runAsUser: 1, runAsGroup: 3 },
    ],
    [
      'does not let an empty value of agent win',
      { agent: { mounts: { varlog: false } }, alloy: { mounts: { varlog: true } } },
      ['volumes', 1, 'name'],
      'varlog',
    ],
    [
      'mounts the logs of the host at the same path',
      { alloy: { mounts: { varlog: true } } },
      ['containers', 0, 'volumeMounts', 1],
      { name: 'varlog', mountPath: '/var/log', readOnly: true },
    ],
    ['leaves host namespaces alone', {}, ['hostPID'], undefined],
    ['enters the process namespace of the host', { controller: { hostPID: true } }, ['hostPID'], true],
    ['hardens the reloader by itself', {}, ['containers', 1, 'securityContext', 'runAsUser'], 65534],
    [
      'adds to the context of the reloader',
      { configReloader: { securityContext: { runAsUser: 1 } } },
      ['containers', 1, 'securityContext', 'runAsGroup'],
      65534,
    ],
    [
      'drops a default that is null',
      { configReloader: { securityContext: { runAsUser: null } } },
      ['containers', 1, 'securityContext', 'runAsUser'],
      undefined,
    ],
    ['has no reloader when that is off', { configReloader: { enabled: false } }, ['containers', 1], undefined],
    ['runs under the account', { serviceAccount: { name: 'robot' } }, ['serviceAccountName'], 'robot'],
  ]
  for (const [title, values, path, expected] of pods) {
    it(`the pod ${title}`, () => {
      const rendered = render('1.11.1', values)
      assert.is(rendered.kind, 'objects')
      let at: unknown = rendered.kind === 'objects' ? rendered.pod : null
      for (const key of path) at = (at as Readonly<Record<string | number, unknown>> | undefined)?.[key]
      assert.equal(at, expected)
    })
  }
})
