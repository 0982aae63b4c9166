import fc from 'fast-check'
import { proveValues } from '../../src/chart/prove/prove.ts'
import { widenToCluster } from '../../src/chart/rbac/widen.ts'
import { chartVersions, findRelease } from '../../src/chart/release/releases.ts'
import { values } from '../../src/chart/values.ts'
import { withoutLostNames } from '../../src/chart/write/lost-texts.ts'
import type { Grant } from '../../src/kubernetes/grant.ts'
import { type PlannedGrant, reduce } from '../../src/plan/reduce.ts'
import type { Privilege } from '../../src/rules/requirement.ts'
import { describe } from '../harness.ts'
import { planOf, reason } from './plans.ts'

/** Texts that YAML, Helm's templates or the shell would take for something else. */
const name = fc.constantFrom(
  'a',
  'b',
  'on',
  'y',
  '123',
  '0o17',
  '1e3',
  '~',
  '{{',
  '{{ .Values.x }}',
  "it's",
  '"',
  'a: b',
  '#c',
  '- d',
  'a\nb',
  '\u2028',
  '*',
  '&x',
  '%',
  '@',
)
const namespace = fc.option(fc.constantFrom('.', 'shop', 'on', '123', 'a', 'proof-namespace', '{{x}}'), { nil: null })
const grant: fc.Arbitrary<Grant> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('resource' as const),
      namespace,
      group: fc.constantFrom('', 'apps', 'monitoring.coreos.com'),
      resource: fc.constantFrom('pods', 'pods/log', 'secrets', 'nodes', 'things'),
      name: fc.option(name, { nil: null }),
      verb: fc.constantFrom('get', 'list', 'watch'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('url' as const),
      url: fc.constantFrom('/metrics', '/api/*', '/a b'),
      verb: fc.constantFrom('get', 'post'),
    }),
  },
)
const privilege: fc.Arbitrary<Privilege> = fc.oneof(
  fc.record({ kind: fc.constant('capability' as const), name: fc.constantFrom('SYS_ADMIN', 'BPF') }),
  fc.record({
    kind: fc.constant('pod' as const),
    field: fc.constantFrom(
      'hostPID',
      'hostNetwork',
      'privileged',
      'root',
      'token',
      'appArmorUnconfined',
      'seccompUnconfined',
      'privilegeEscalation',
      'writableRootFilesystem',
    ),
  }),
  fc.record({
    kind: fc.constant('mount' as const),
    hostPath: fc.constantFrom('/', '/proc', '/var/log', '/var/log/pods', '/x y', '/tmp'),
    readOnly: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('writable' as const),
    path: fc.constantFrom('/tmp', '/tmp/alloy/x', '/var/log/pods', '/Ä', '/on'),
  }),
  fc.record({
    kind: fc.constant('port' as const),
    port: fc.constantFrom(80, 514, 12345),
    protocol: fc.constant('TCP' as const),
  }),
)

const planned = (each: Grant): PlannedGrant => ({
  grant: each,
  certainty: 'certain',
  reasons: [reason('a.b\nc', 'a.b#x')],
})

describe('chart/values, for any plan', it => {
  it('holds what any chart renders', () => {
    const arbitrary = fc.record({
      grants: fc.array(grant, { maxLength: 8 }),
      privileges: fc.array(privilege, { maxLength: 4 }),
      version: fc.constantFrom(...chartVersions),
      granularity: fc.constantFrom('exact' as const, 'blocks' as const),
      cluster: fc.boolean(),
      nesting: fc.record({ at: fc.constantFrom([], ['alloy'], ['on', 'a b']), parentGlobal: fc.boolean() }),
    })
    fc.assert(
      fc.property(arbitrary, ({ grants, privileges, version, granularity, cluster, nesting }) => {
        const release = findRelease(version).value!
        const exact = { ...planOf([], privileges), grants: reduce(grants.map(planned)) }
        const plan = cluster ? widenToCluster(exact).plan : exact
        const made = values(plan, {
          release,
          alloy: release.alloy,
          kubernetes: '1.34',
          tool: 'x',
          granularity,
          nesting,
        }).value!
        const rules = made.placement === 'manifests' ? 'elsewhere' : 'values'
        proveValues(made.text, {
          release,
          plan: withoutLostNames(plan),
          beyond: made.beyond,
          rules,
          pod: made.pod,
          nesting,
          namespace: null,
          user: null,
        })
      }),
      { numRuns: 300 },
    )
  })
})
