import { each, type Line, ofAlloy, ofYaml, type Shape } from '../shape.ts'

const config = 'discovery.kubernetes "k" {\n  role = "pod"\n}'
const content = (text: string): string =>
  `alloy:\n  configMap:\n    content: |\n${text.replaceAll(/^(?=.)/gm, '      ')}\n`
const namespaces = (size: number): string =>
  `discovery.kubernetes "k" {\n  role = "pod"\n  namespaces {\n    names = [${each(size, at => `"ns-${at}"`, ', ')}]\n  }\n}`
const several = (size: number): string =>
  each(size, at => `remote.kubernetes.secret "s${at}" {\n  namespace = "ns"\n  name      = "s${at}"\n}`)
const both = (size: number): string =>
  each(size, at => `remote.kubernetes.secret "s${at}" {\n  namespace = "ns-${at}"\n  name      = "s${at}"\n}`)

const rbac = (size: number, rule: (at: number) => string): string =>
  `${content(config)}rbac:\n  rules:\n${each(size, rule)}\n  clusterRules:\n    - apiGroups: [""]\n      resources: [pods]\n      verbs: [list, watch]`
const excess = (size: number): string =>
  rbac(
    size,
    at => `    - apiGroups: [""]\n      resources: [secrets]\n      resourceNames: [s${at}]\n      verbs: [get]`,
  )

const of =
  (argv: readonly string[], text: (size: number) => string) =>
  (size: number): Line => ({
    argv: [argv[0]!, 'config.alloy', ...argv.slice(1)],
    files: { 'config.alloy': `${text(size)}\n` },
  })

const roles = (size: number, subject: string): string => `${each(
  size,
  at => `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: r${at}, namespace: ns-${at} }
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: r${at}, namespace: ns-${at} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: r${at} }
subjects:
  - { kind: ServiceAccount, name: ${subject}, namespace: obs }`,
  '\n---\n',
)}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: alloy, namespace: obs }\ndata:\n  config.alloy: |\n${config.replaceAll(/^/gm, '    ')}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: alloy, namespace: obs }
spec:
  template:
    spec:
      serviceAccountName: alloy
      containers:
        - name: alloy
          image: docker.io/grafana/alloy:v1.18.1
          args: [run, /etc/alloy/config.alloy]
          volumeMounts: [{ name: config, mountPath: /etc/alloy }]
      volumes: [{ name: config, configMap: { name: alloy } }]`

const deployed = (access: string): string => `${roles(1, 'other')}\n---\n${access}`
const clusterRole = (name: string, label: string, rest: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: ${name}, labels: { of: ${label} } }\n${rest}`
const gathering = (label: string): string =>
  `aggregationRule: { clusterRoleSelectors: [{ matchLabels: { of: ${label} } }] }\nrules: []`
const bound = (name: string, role = name): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: ${name} }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }\nsubjects: [{ kind: ServiceAccount, name: alloy, namespace: obs }]`
const rules = 'rules: [{ apiGroups: [""], resources: [pods], verbs: [list] }]'

/** What plans are made of and compared with. */
export const check: readonly Shape[] = [
  ofAlloy('namespaces needed', 20, namespaces),
  ofAlloy('objects needed in one namespace', 20, several),
  ofAlloy('objects needed, each in a namespace', 20, both),
  {
    what: 'namespaces needed, as manifests',
    start: 20,
    make: of(['generate', '--format', 'manifests', '--namespace', 'obs'], namespaces),
  },
  { what: 'objects needed, as JSON', start: 20, make: of(['generate', '--format', 'json'], several) },
  { what: 'objects needed, as questions to kubectl', start: 20, make: of(['generate', '--format', 'can-i'], several) },
  { what: 'objects needed, against the defaults', start: 20, make: of(['diff'], several) },
  { what: 'objects needed, checked', start: 20, make: of(['check'], several) },
  { what: 'objects needed, checked, as SARIF', start: 20, make: of(['check', '--format', 'sarif'], several) },
  ofYaml('rules that nothing needs', 50, excess, ['check']),
  ofYaml('rules that nothing needs, in words of GitHub', 50, excess, ['check', '--format', 'github']),
  ofYaml(
    'equal rules',
    50,
    size => rbac(size, () => '    - apiGroups: [""]\n      resources: [pods]\n      verbs: [get, list, watch]'),
    ['check'],
  ),
  ofYaml(
    'names of one rule',
    100,
    size =>
      rbac(
        1,
        () =>
          `    - apiGroups: [""]\n      resources: [secrets]\n      resourceNames: [${each(size, at => `s${at}`, ', ')}]\n      verbs: [get]`,
      ),
    ['check'],
  ),
  ofYaml(
    'groups, resources and verbs of one rule',
    5,
    size =>
      rbac(
        1,
        () =>
          `    - apiGroups: [${each(size, at => `g${at}`, ', ')}]\n      resources: [${each(size, at => `r${at}`, ', ')}]\n      verbs: [${each(size, at => `v${at}`, ', ')}]`,
      ),
    ['check'],
  ),
  ofYaml('roles bound to the account', 20, size => roles(size, 'alloy'), ['check']),
  ofYaml('roles bound to another account', 50, size => roles(size, 'other'), ['check']),
  ofYaml(
    'aggregated roles that gather each other',
    5,
    size =>
      deployed(
        `${each(size, at => clusterRole(`a${at}`, 'x', gathering('x')), '\n---\n')}\n---\n${each(size, at => clusterRole(`r${at}`, 'x', rules), '\n---\n')}\n---\n${bound('a0')}`,
      ),
    ['check'],
  ),
  ofYaml(
    'aggregated roles each of which gathers the next, all bound',
    20,
    size =>
      deployed(
        each(
          size,
          at => `${clusterRole(`a${at}`, `l${at}`, gathering(`l${at + 1}`))}\n---\n${bound(`a${at}`)}`,
          '\n---\n',
        ),
      ),
    ['check'],
  ),
  ofYaml('Roles of one name', 20, size => roles(size, 'alloy').replaceAll(/name: r\d+/g, 'name: r'), ['check']),
  {
    what: 'entries of a baseline',
    start: 200,
    make: size => ({
      argv: ['check', 'config.alloy', '--baseline', 'known.json'],
      files: {
        'config.alloy': config,
        'known.json': JSON.stringify({
          version: 1,
          findings: Array.from({ length: size }, (_, at) => ({
            code: 'ARB402',
            subject: `cluster x${at} get`,
            reason: 'known',
          })),
        }),
      },
    }),
  },
  {
    what: 'findings written to a baseline',
    start: 50,
    make: size => ({
      argv: ['check', 'input.yaml', '--write-baseline', 'known.json'],
      files: { 'input.yaml': excess(size) },
    }),
  },
]
