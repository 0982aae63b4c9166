import { each, type Line, ofYaml, type Shape } from '../shape.ts'

const config = 'discovery.kubernetes "k" {\n  role = "pod"\n}'
const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by))
const values = (more: string): string => `alloy:\n  configMap:\n    content: |\n${indented(config, 6)}\n${more}`
const pod = (more: string, name = 'alloy'): string => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${name}
  namespace: obs
spec:
  selector: {}
  template:
    spec:
      serviceAccountName: alloy
      containers:
        - name: alloy
          image: docker.io/grafana/alloy:v1.18.1
          args: [run, /etc/alloy/config.alloy]
${more}
          volumeMounts:
            - name: config
              mountPath: /etc/alloy
      volumes:
        - name: config
          configMap: { name: alloy }`
const map = (more = '', name = 'alloy'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: obs\ndata:\n  config.alloy: |\n${indented(config, 4)}\n${more}`
const stream = (...documents: readonly string[]): string => documents.join('\n---\n')
const variable = (name: string, value: string): string => `            - name: ${name}\n              value: "${value}"`
const env = (text: string): string => `          env:\n${text}`

const folder =
  (ending: string, text: (at: number) => string, argv: readonly string[]) =>
  (size: number): Line => ({
    argv,
    files: Object.fromEntries(Array.from({ length: size }, (_, at) => [`conf/f${at}${ending}`, text(at)])),
  })

/** Workloads, each with a configuration that one thing is wrong with. */
const workloads = (size: number): readonly unknown[] =>
  Array.from({ length: size }, (_, at) => {
    const volumeMounts = [{ name: 'config', mountPath: '/etc/alloy' }]
    const args = ['run', '/etc/alloy/config.alloy']
    const containers = [{ name: 'alloy', image: 'grafana/alloy:v1.18.1', args, volumeMounts }]
    const volumes = [{ name: 'config', configMap: { name: `c${at}` } }]
    const text = `${config}\ndiscovery.kubernetes "x" {\n  role = "pod"\n  roll = 1\n}\n`
    return [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${at}` }, data: { 'config.alloy': text } },
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: `p${at}` },
        spec: { template: { spec: { containers, volumes } } },
      },
    ]
  }).flat()

/** A configuration with more text, in which Flux replaces variables: those of a map, or any. */
const flux = (known: string, more: string): string =>
  stream(
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k }\nspec: { path: ".", postBuild: { ${known === '' ? 'substituteFrom: [{ kind: Secret, name: s }]' : `substitute: { ${known} }`} } }`,
    map().replace('config.alloy: |\n', `config.alloy: |\n${indented(more, 4)}\n`),
    pod(''),
  )

/** What YAML, values, manifests and folders hold. */
export const inputs: readonly Shape[] = [
  ofYaml('keys of the values', 1_000, size => values(each(size, at => `k${at}: v`))),
  ofYaml('lines of a literal', 5_000, size => values(`more: |\n${each(size, at => `  line ${at}`)}`)),
  ofYaml('comments in YAML', 5_000, size => values(each(size, at => `# comment ${at}`))),
  ofYaml('elements of a flow list', 2_000, size => values(`more: [${each(size, at => `v${at}`, ', ')}]`)),
  ofYaml('aliases', 500, size => values(`base: &base { a: 1, b: 2 }\n${each(size, at => `k${at}: *base`)}`)),
  ofYaml('merge keys', 200, size => values(`base: &base { a: 1, b: 2 }\n${each(size, at => `k${at}:\n  <<: *base`)}`)),
  ofYaml('anchors each of which doubles the one before', 5, size =>
    values(`a0: &a0 [x]\n${each(size, at => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`)}`),
  ),
  ofYaml('lines that YAML refuses', 200, size => values(each(size, at => `k${at}: [`))),
  ofYaml('repeated keys', 200, size => values(each(size, () => 'k: v'))),
  ofYaml('template actions', 200, size => values(each(size, at => `k${at}: {{ .Values.x }}`))),
  ofYaml(
    'mounts of the values',
    100,
    size =>
      `${values('  mounts:\n    extra:')}\n${each(size, at => `      - name: v${at}\n        mountPath: /m/${at}`)}\ncontroller:\n  volumes:\n    extra:\n${each(size, at => `      - name: v${at}\n        hostPath: { path: /h/${at} }`)}`,
  ),
  ofYaml(
    'mounts of the values, checked',
    100,
    size =>
      `${values('  mounts:\n    extra:')}\n${each(size, at => `      - name: v${at}\n        mountPath: /m/${at}`)}\ncontroller:\n  volumes:\n    extra:\n${each(size, at => `      - name: v${at}\n        hostPath: { path: /h/${at} }`)}`,
    ['check'],
  ),
  ofYaml(
    'variables of the values',
    200,
    size => `${values('  extraEnv:')}\n${each(size, at => `    - name: V${at}\n      value: x`)}`,
  ),
  ofYaml('extra objects of the values', 200, size =>
    values(
      `extraObjects:\n${each(size, at => `  - apiVersion: v1\n    kind: ConfigMap\n    metadata: { name: m${at} }`)}`,
    ),
  ),
  ofYaml('rules of the values', 200, size =>
    values(
      `rbac:\n  rules:\n${each(size, at => `    - apiGroups: [""]\n      resources: [pods]\n      resourceNames: [p${at}]\n      verbs: [get]`)}\n  clusterRules:\n    - nonResourceURLs: [/x]\n      verbs: [get]`,
    ),
  ),
  ofYaml(
    'documents',
    200,
    size =>
      stream(
        map(),
        pod(''),
        each(size, at => `apiVersion: v1\nkind: Service\nmetadata:\n  name: s${at}`, '\n---\n'),
      ),
    ['check'],
  ),
  ofYaml(
    'ConfigMaps',
    200,
    size =>
      stream(
        pod(''),
        map(),
        each(size, at => map('', `m${at}`), '\n---\n'),
      ),
    ['check'],
  ),
  ofYaml('keys of a ConfigMap', 200, size => stream(pod(''), map(each(size, at => `  k${at}.alloy: ""`))), ['check']),
  ofYaml(
    'ConfigMaps that share one identity',
    200,
    size =>
      stream(
        pod(''),
        each(size, () => map(), '\n---\n'),
      ),
    ['check'],
  ),
  ofYaml(
    'workloads',
    20,
    size =>
      stream(
        map(),
        each(size, at => pod('', `a${at}`), '\n---\n'),
      ),
    ['check'],
  ),
  ofYaml('variables of a container', 500, size => stream(map(), pod(env(each(size, at => variable(`V${at}`, 'x'))))), [
    'check',
  ]),
  ofYaml(
    'variables that each refer to the one before',
    300,
    size =>
      stream(map(), pod(env(`${variable('V0', 'x')}\n${each(size, at => variable(`V${at + 1}`, `$(V${at})x`))}`))),
    ['check'],
  ),
  ofYaml(
    'variables that each double the one before',
    5,
    size =>
      stream(
        map(),
        pod(env(`${variable('V0', 'x')}\n${each(size, at => variable(`V${at + 1}`, `$(V${at})$(V${at})`))}`)),
      ),
    ['check'],
  ),
  ofYaml(
    'arguments that double a variable',
    5,
    size => stream(map(), pod(env(`${variable('V0', 'x'.repeat(size))}\n${variable('V1', '$(V0)'.repeat(size))}`))),
    ['check'],
  ),
  ofYaml(
    'mounts of a pod',
    100,
    size =>
      stream(
        map(),
        `${pod(env(variable('A', 'x')))}\n${each(size, at => `        - name: v${at}\n          hostPath: { path: /h/${at} }`)}`.replace(
          '              mountPath: /etc/alloy',
          `              mountPath: /etc/alloy\n${each(size, at => `            - name: v${at}\n              mountPath: /m/${at}`)}`,
        ),
      ),
    ['check'],
  ),
  ofYaml(
    'containers of a pod',
    100,
    size =>
      stream(
        map(),
        pod('').replace(
          '      containers:',
          `      containers:\n${each(size, at => `        - name: c${at}\n          image: busybox`)}`,
        ),
      ),
    ['check'],
  ),
  ofYaml(
    'container arguments',
    300,
    size => stream(map(), pod('').replace('[run, ', `[run, ${each(size, at => `--x${at}=1`, ', ')}, `)),
    ['check'],
  ),
  ofYaml(
    'elements of a List',
    200,
    size =>
      `apiVersion: v1\nkind: List\nitems:\n${each(size, at => `- apiVersion: v1\n  kind: ConfigMap\n  metadata: { name: m${at} }`)}\n- ${indented(map(), 2).trim()}\n- ${indented(pod(''), 2).trim()}`,
    ['check'],
  ),
  {
    what: 'workloads and findings on one line of JSON',
    start: 8,
    make: size => ({
      argv: ['check', 'input.json'],
      files: { 'input.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: workloads(size) }) },
    }),
  },
  ofYaml(
    'workloads of one name, each in a namespace',
    20,
    size => each(size, at => stream(map(), pod('')).replaceAll('namespace: obs', `namespace: n${at}`), '\n---\n'),
    ['check'],
  ),
  ofYaml(
    'variables of Flux',
    200,
    size =>
      flux(
        'a: b',
        each(size, at => `// \${v${at}}`),
      ),
    ['check'],
  ),
  ofYaml(
    'variables of Flux that are not known',
    200,
    size =>
      flux(
        '',
        each(size, at => `// \${v${at}}`),
      ),
    ['check'],
  ),
  ofYaml('variables of Flux that nothing closes', 200, size => flux('a: b', `// ${'${a:='.repeat(size)}`), ['check']),
  {
    what: 'files of a configuration',
    start: 100,
    make: folder('.alloy', at => config.replace('"k"', `"k${at}"`), ['generate', 'conf']),
  },
  {
    what: 'files of a GitOps folder',
    start: 50,
    make: size => ({
      argv: ['check', 'conf'],
      files: { ...folder('.yaml', at => map('', `m${at}`), [])(size).files, 'conf/pod.yaml': stream(map(), pod('')) },
    }),
  },
  {
    what: 'folders of a GitOps folder',
    start: 50,
    make: size => ({
      argv: ['check', 'conf'],
      files: { ...folder('/a.yaml', at => map('', `m${at}`), [])(size).files, 'conf/pod.yaml': stream(map(), pod('')) },
    }),
  },
  {
    what: 'values files, merged',
    start: 30,
    make: size => {
      const { files } = folder('.yaml', at => `k${at}: v`, [])(size)
      return { argv: ['generate', 'first.yaml', ...Object.keys(files)], files: { 'first.yaml': values(''), ...files } }
    },
  },
]
