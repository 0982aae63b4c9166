import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { parseAllDocuments } from 'yaml'
import { argumentsOf, inputsOf } from '../case.ts'
import { describe, root } from '../harness.ts'
import { command } from './io.ts'

/** Configurations in one file that stand for themselves. */
const configurations = new Map([
  ...readdirSync(`${root}examples`)
    .filter(name => readdirSync(`${root}examples/${name}`).includes('config.alloy'))
    .map(name => [name, readFileSync(`${root}examples/${name}/config.alloy`, 'utf8')] as const),
  ...readdirSync(`${root}test/cases`).flatMap(name => {
    const folder = `${root}test/cases/${name}`
    const { 'config.alloy': text, ...others } = inputsOf(folder)
    const alone = text !== undefined && Object.keys(others).length === 0 && argumentsOf(folder).length === 0
    return alone ? [[name, text] as const] : []
  }),
])

const versions = ['--alloy-version', '1.18.1', '--chart-version', '1.11.1', '--kube-version', '1.34']

interface Rule {
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly nonResourceURLs?: readonly string[]
  readonly verbs: readonly string[]
}

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly namespace?: string }
  readonly rules?: readonly Rule[]
}

/** A rule as rules that grant one thing each. */
const single = ({
  apiGroups = [],
  resources = [],
  resourceNames,
  nonResourceURLs = [],
  verbs,
}: Rule): readonly Rule[] =>
  verbs.flatMap(verb => [
    ...nonResourceURLs.map(url => ({ nonResourceURLs: [url], verbs: [verb] })),
    ...apiGroups.flatMap(group =>
      resources.flatMap(resource =>
        (resourceNames ?? [null]).map(name => ({
          apiGroups: [group],
          resources: [resource],
          ...(name === null ? {} : { resourceNames: [name] }),
          verbs: [verb],
        })),
      ),
    ),
  ])

/** A workload beside what generate prints for it. */
const workload = (config: string): readonly object[] => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'alloy', namespace: 'monitoring' },
    data: { 'config.alloy': config },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'alloy', namespace: 'monitoring' },
    spec: {
      template: {
        spec: {
          serviceAccountName: 'alloy',
          containers: [
            {
              name: 'alloy',
              image: 'docker.io/grafana/alloy:v1.18.1',
              args: ['run', '/etc/alloy/config.alloy', '--stability.level=experimental'],
              volumeMounts: [{ name: 'config', mountPath: '/etc/alloy' }],
            },
          ],
          volumes: [{ name: 'config', configMap: { name: 'alloy' } }],
        },
      },
    },
  },
]

async function grantsOf(objects: readonly object[]) {
  const stdin = objects.map(each => JSON.stringify(each)).join('\n---\n')
  const { code, stdout } = await command(['check', '-', '--format', 'json', ...versions], {}, { stdin })
  const { workloads } = JSON.parse(stdout)
  const { missing, excess, phantom } = workloads[0]
  return { code, missing, beyond: [...excess, ...phantom] }
}

describe('cli/check of what generate prints', it => {
  let removed = 0
  for (const [name, config] of configurations)
    it(`is content with it, and names any one grant that is taken away: ${name}`, async () => {
      const made = await command(
        [
          'generate',
          'config.alloy',
          '--format',
          'manifests',
          '--only',
          'rbac',
          '--namespace',
          'monitoring',
          ...versions,
        ],
        { 'config.alloy': config },
      )
      if (made.code !== 0) return
      const manifests = parseAllDocuments(made.stdout).map(each => each.toJS() as Manifest)
      const objects = manifests.map(each => (each.rules ? { ...each, rules: each.rules.flatMap(single) } : each))
      const whole = await grantsOf([...objects, ...workload(config)])
      assert.equal([whole.missing, whole.beyond], [[], []])
      for (const [at, object] of objects.entries())
        for (const rule of object.rules ?? []) {
          const less = objects.with(at, { ...object, rules: object.rules!.filter(each => each !== rule) })
          const { code, missing, beyond } = await grantsOf([...less, ...workload(config)])
          assert.is(code, 1)
          assert.equal(beyond, [])
          assert.equal(missing.map(plain), [expected(rule, object)])
          removed++
        }
    })
  it('took away many', () => assert.ok(removed > 100, `${removed} only`))
})

interface Missing {
  readonly namespace?: string | null
  readonly apiGroup?: string
  readonly resource?: string
  readonly name?: string | null
  readonly url?: string
  readonly verb: string
}

const plain = ({ namespace, apiGroup, resource, name, url, verb }: Missing): Missing =>
  url === undefined
    ? { namespace: namespace!, apiGroup: apiGroup!, resource: resource!, name: name!, verb }
    : { url, verb }

function expected(rule: Rule, { kind, metadata }: Manifest): Missing {
  const [verb = ''] = rule.verbs
  if (rule.nonResourceURLs) return { url: rule.nonResourceURLs[0]!, verb }
  return {
    namespace: kind === 'Role' ? metadata.namespace! : null,
    apiGroup: rule.apiGroups![0]!,
    resource: rule.resources![0]!,
    name: rule.resourceNames?.[0] ?? null,
    verb,
  }
}
