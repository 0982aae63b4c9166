import * as assert from 'uvu/assert'
import { command } from '../../cli/io.ts'
import { describe } from '../../harness.ts'

type Json = Readonly<Record<string, unknown>>

const values = `alloy:
  configMap:
    content: |
      discovery.kubernetes "pods" {
        role = "pod"
      }
      remote.kubernetes.secret "s" {
        namespace = "shop"
        name      = sys.env("NAME")
      }
  extraEnv:
    - { name: NAME, value: token }
  mounts:
    varlog: true
rbac:
  rules:
    - { apiGroups: [""], resources: [pods], verbs: [get, list, watch] }
  clusterRules:
    - { apiGroups: [""], resources: [nodes], verbs: [get] }
`

const resource = (type: string, attributes: Json, more: Json = {}): Json => ({
  address: `${type}.alloy`,
  mode: 'managed',
  type,
  name: 'alloy',
  values: attributes,
  ...more,
})

/** A state whose resources lie in a module of a module. */
const state = (...resources: readonly Json[]): string =>
  JSON.stringify({
    format_version: '1.0',
    terraform_version: '1.9.0',
    values: {
      root_module: {
        resources: [],
        child_modules: [{ address: 'module.a', child_modules: [{ address: 'module.a.module.b', resources }] }],
      },
    },
  })

const release = (more: Json = {}): Json =>
  resource('helm_release', {
    name: 'alloy',
    namespace: 'monitoring',
    chart: 'alloy',
    version: '1.11.1',
    values: [values],
    ...more,
  })

/** Documents without the places and names of their inputs. */
const plain = (text: string): unknown =>
  JSON.parse(text, (key: string, value: unknown) => {
    if (/^(?:path|line|column|endLine|endColumn|name|related|diagnostics|totals|reasons|address)$/.test(key))
      return undefined
    return value
  })

async function answers(
  files: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): Promise<readonly unknown[]> {
  const paths = Object.keys(files)
  const made = await command(['generate', ...paths, '--format', 'json', ...more], files)
  const checked = await command(['check', ...paths, '--format', 'json', ...more], files)
  assert.is(made.code, 0, made.stderr)
  return [plain(made.stdout), plain(checked.stdout)]
}

const target = ['--namespace', 'monitoring', '--chart-version', '1.11.1']

const content = 'discovery.kubernetes "pods" {\n  role = "pod"\n}\nprometheus.exporter.unix "host" {\n}\n'
const manifests = `apiVersion: v1
kind: ConfigMap
metadata: { name: alloy, namespace: mon }
data:
  config.alloy: |
${content.replaceAll(/^(?=.)/gm, '    ')}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: alloy, namespace: mon }
automountServiceAccountToken: true
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: alloy }
rules:
  - { apiGroups: [""], resources: [pods, secrets], verbs: [get, list] }
  - { nonResourceURLs: [/metrics], verbs: [get] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: alloy }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: alloy }
subjects: [{ kind: ServiceAccount, name: alloy, namespace: mon }]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: alloy, namespace: mon }
spec:
  selector: { matchLabels: { app: alloy } }
  template:
    metadata: { labels: { app: alloy } }
    spec:
      serviceAccountName: alloy
      automountServiceAccountToken: true
      hostPID: true
      nodeSelector: { kubernetes.io/os: linux }
      securityContext: { fsGroup: 473 }
      containers:
        - name: alloy
          image: docker.io/grafana/alloy:v1.18.1
          args: [run, /etc/alloy/config.alloy, --storage.path=/tmp/alloy]
          securityContext:
            runAsUser: 0
            readOnlyRootFilesystem: true
            allowPrivilegeEscalation: false
            capabilities: { add: [SYS_ADMIN], drop: [ALL] }
          volumeMounts:
            - { name: config, mountPath: /etc/alloy }
            - { name: data, mountPath: /tmp/alloy }
            - { name: root, mountPath: /host/root, readOnly: true }
      volumes:
        - name: config
          configMap: { name: alloy }
        - name: data
          emptyDir: {}
        - name: root
          hostPath: { path: / }
`

const named = (name: string, namespace?: string): readonly Json[] => [
  {
    name,
    annotations: null,
    generate_name: '',
    generation: 0,
    labels: {},
    resource_version: '1',
    uid: 'u',
    ...(namespace && { namespace }),
  },
]
const typed: readonly Json[] = [
  resource('kubernetes_config_map_v1', {
    id: 'mon/alloy',
    metadata: named('alloy', 'mon'),
    data: { 'config.alloy': content },
    binary_data: null,
    immutable: false,
  }),
  resource('kubernetes_service_account', {
    metadata: named('alloy', 'mon'),
    automount_service_account_token: true,
    image_pull_secret: [],
    secret: [],
  }),
  resource('kubernetes_cluster_role', {
    metadata: named('alloy'),
    aggregation_rule: [],
    rule: [
      {
        api_groups: [''],
        resources: ['pods', 'secrets'],
        verbs: ['get', 'list'],
        resource_names: null,
        non_resource_urls: null,
      },
      { api_groups: null, resources: null, verbs: ['get'], resource_names: [], non_resource_urls: ['/metrics'] },
    ],
  }),
  resource('kubernetes_cluster_role_binding_v1', {
    metadata: named('alloy'),
    role_ref: [{ api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'alloy' }],
    subject: [{ api_group: '', kind: 'ServiceAccount', name: 'alloy', namespace: 'mon' }],
  }),
  resource('kubernetes_daemonset', {
    id: 'mon/alloy',
    timeouts: null,
    wait_for_rollout: true,
    metadata: named('alloy', 'mon'),
    spec: [
      {
        min_ready_seconds: 0,
        selector: [{ match_expressions: [], match_labels: { app: 'alloy' } }],
        strategy: [{ type: 'RollingUpdate', rolling_update: [{ max_unavailable: '1' }] }],
        template: [
          {
            metadata: [{ annotations: {}, labels: { app: 'alloy' }, name: '', namespace: '' }],
            spec: [
              {
                service_account_name: 'alloy',
                automount_service_account_token: true,
                host_pid: true,
                host_ipc: false,
                host_network: false,
                dns_policy: 'ClusterFirst',
                node_selector: { 'kubernetes.io/os': 'linux' },
                security_context: [
                  { fs_group: '473', run_as_user: '', run_as_non_root: false, supplemental_groups: [], sysctl: [] },
                ],
                init_container: [],
                container: [
                  {
                    name: 'alloy',
                    image: 'docker.io/grafana/alloy:v1.18.1',
                    command: [],
                    args: ['run', '/etc/alloy/config.alloy', '--storage.path=/tmp/alloy'],
                    env: [],
                    env_from: [],
                    working_dir: '',
                    security_context: [
                      {
                        run_as_user: '0',
                        run_as_group: '',
                        read_only_root_filesystem: true,
                        allow_privilege_escalation: false,
                        privileged: false,
                        capabilities: [{ add: ['SYS_ADMIN'], drop: ['ALL'] }],
                        se_linux_options: [],
                        seccomp_profile: [],
                      },
                    ],
                    volume_mount: [
                      {
                        name: 'config',
                        mount_path: '/etc/alloy',
                        read_only: false,
                        sub_path: '',
                        mount_propagation: 'None',
                      },
                      { name: 'data', mount_path: '/tmp/alloy', read_only: false, sub_path: '' },
                      { name: 'root', mount_path: '/host/root', read_only: true, sub_path: '' },
                    ],
                  },
                ],
                volume: [
                  {
                    name: 'config',
                    config_map: [{ name: 'alloy', default_mode: '0644', items: [], optional: false }],
                    host_path: [],
                    secret: [],
                    empty_dir: [],
                  },
                  { name: 'data', empty_dir: [{ medium: '', size_limit: '' }] },
                  { name: 'root', host_path: [{ path: '/', type: '' }] },
                ],
              },
            ],
          },
        ],
      },
    ],
  }),
]

describe('terraform', it => {
  it('answers for a helm_release what it answers for its values', async () => {
    assert.equal(await answers({ 'plan.json': state(release()) }), await answers({ 'values.yaml': values }, target))
  })
  it('lays several values and single ones over each other as Helm does', async () => {
    const more = 'rbac:\n  rules: []\nalloy:\n  extraEnv: []\n'
    const set = [
      { name: 'alloy.extraEnv[0].name', value: 'NAME', type: '' },
      { name: 'alloy.mounts.varlog', value: 'false', type: '' },
      { name: String.raw`controller.nodeSelector.kubernetes\.io/arch`, value: 'amd64', type: 'string' },
      { name: 'alloy.extraArgs', value: String.raw`{--a=b\,c,--d}` },
    ]
    const set_list = [{ name: 'rbac.namespaces', value: ['shop'] }]
    const set_sensitive = [{ name: 'alloy.extraEnv[0].value', value: 'hidden', type: '' }]
    const same = [
      'rbac: { rules: [], namespaces: [shop] }',
      'alloy: { mounts: { varlog: false }, extraEnv: [{ name: NAME, value: hidden }], extraArgs: ["--a=b,c", --d] }',
      'controller: { nodeSelector: { kubernetes.io/arch: amd64 } }',
    ].join('\n')
    assert.equal(
      await answers({ 'plan.json': state(release({ values: [values, more], set, set_list, set_sensitive })) }),
      await answers({ 'values.yaml': values, 'more.yaml': same }, target),
    )
  })
  it('answers for typed resources what it answers for their manifests', async () => {
    assert.equal(await answers({ 'state.json': state(...typed) }), await answers({ 'all.yaml': manifests }))
  })
  it('answers for kubernetes_manifest and kubectl_manifest what it answers for their manifests', async () => {
    const documents = manifests.split('---\n')
    const [first = '', ...others] = documents
    const { parse } = await import('yaml')
    const resources = [
      resource('kubectl_manifest', { yaml_body: first }),
      ...others.map(each => resource('kubernetes_manifest', { manifest: parse(each) as Json, object: null })),
    ]
    assert.equal(await answers({ 'state.json': state(...resources) }), await answers({ 'all.yaml': manifests }))
  })
  it('names what is known only after apply, and withholds a plan where that holds the configuration', async () => {
    const plan = (attributes: Json, unknown: Json): string =>
      JSON.stringify({
        format_version: '1.2',
        planned_values: {
          root_module: { resources: [resource('helm_release', { name: 'alloy', chart: 'alloy', ...attributes })] },
        },
        resource_changes: [{ address: 'helm_release.alloy', change: { after_unknown: unknown } }],
      })
    const all = await command(['generate', 'p.json'], { 'p.json': plan({ namespace: 'mon' }, { values: true }) })
    assert.is(all.code, 1)
    assert.match(all.stderr, 'the values of helm_release.alloy, known only after apply')
    const one = await command(['generate', 'p.json'], {
      'p.json': plan({ namespace: 'mon', values: [values, null] }, { values: [false, true] }),
    })
    assert.is(one.code, 0)
    assert.match(one.stderr, 'values[1] of helm_release.alloy, known only after apply')
  })
  it('shows nothing of what is sensitive, nor of what stands beside an error on the one line of JSON', async () => {
    const secret = 'hunter2-secret'
    const held = values.replace('  mounts:', `    - { name: PASS, value: ${secret} }\n  mounts:`)
    const bad = held.replace('role = "pod"', `role = "pood"\n        // ${secret}`)
    for (const sensitive of [{}, { values: true }, { values: [true] }])
      for (const text of [bad, held])
        for (const name of ['generate', 'check', 'diff']) {
          const file = state({
            ...release({ values: [text], set_sensitive: [{ name: 'alloy.extraEnv[2].value', value: secret }] }),
            sensitive_values: sensitive,
          })
          const { stdout, stderr } = await command([name, 'state.json'], { 'state.json': file })
          assert.not.ok(`${stdout}${stderr}`.includes(secret), `${name}: ${stdout}${stderr}`)
        }
  })
  it('warns of single values that go before those that are printed', async () => {
    const set = [
      { name: 'rbac.create', value: 'false' },
      { name: 'alloy.clustering.enabled', value: 'true' },
    ]
    const { stderr } = await command(['generate', 'state.json'], { 'state.json': state(release({ set })) })
    assert.match(
      stderr,
      'parameters of helm_release.alloy come after its values, and set rbac.create to something else',
    )
    assert.match(stderr, 'remove these from set, set_list, and set_sensitive')
  })
  it('takes the pipelines of a plan as those of --remote', async () => {
    const remote =
      'alloy:\n  configMap:\n    content: |\n      remotecfg {\n        url = "https://fleet.example.com"\n      }\n'
    const pipeline = resource('grafana_fleet_management_pipeline', {
      name: 'pods',
      contents: content,
      matchers: ['collector.os="linux"'],
      enabled: true,
    })
    const file = state(release({ values: [remote] }), pipeline)
    const { code, stdout } = await command(['generate', 'state.json', '--remote-complete'], { 'state.json': file })
    assert.is(code, 0)
    assert.match(stdout, 'remote:pods/discovery.kubernetes.pods')
  })
  it('names the command for a state file of its own form, and for source', async () => {
    const raw = JSON.stringify({
      version: 4,
      terraform_version: '1.9.0',
      serial: 1,
      lineage: 'l',
      outputs: {},
      resources: [],
    })
    const { stderr, code } = await command(['generate', 'terraform.tfstate'], { 'terraform.tfstate': raw })
    assert.is(code, 1)
    assert.match(stderr, 'terraform show -json | alloy-rbac check -')
  })
})
