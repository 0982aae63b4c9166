import * as assert from 'uvu/assert'
import { parse, parseAllDocuments, stringify } from 'yaml'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'
import { laid, patched, type Tree, treeAt } from '../merge.ts'

/** Where an input has the chart's values, and what its tool makes of the input and of what is printed for it. */
interface Shape {
  readonly title: string
  /** The file that has these values. */
  readonly input: (values: Tree) => string
  readonly applied: (input: string, printed: string) => string
  /** What is beside it. */
  readonly files?: Readonly<Record<string, string>>
}

/** Every document of an input, with a patch of the one that it names. */
function withPatch(input: string, printed: string): string {
  const patch = parse(printed) as Tree
  let found = 0
  const documents = parseAllDocuments(input).map(document => {
    const tree = document.toJS() as Tree
    const isNamed =
      tree['kind'] === patch['kind'] &&
      tree['apiVersion'] === patch['apiVersion'] &&
      treeAt(tree, 'metadata.name') === treeAt(patch, 'metadata.name') &&
      treeAt(tree, 'metadata.namespace') === treeAt(patch, 'metadata.namespace')
    if (isNamed) found++
    return stringify(isNamed ? patched(tree, patch) : tree)
  })
  assert.is(found, 1, 'the patch names one object of the input')
  return documents.join('---\n')
}

const object = (apiVersion: string, kind: string, spec: Tree): string =>
  stringify({ apiVersion, kind, metadata: { name: 'collector', namespace: 'obs' }, spec })
const flux = (values: Tree, more: Tree = {}, chart = 'alloy'): string =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart } }, values, ...more })
const source = (helm: Tree): Tree => ({
  chart: 'alloy',
  repoURL: 'https://charts.example',
  targetRevision: '1.11.1',
  helm,
})
const argo = (spec: Tree): string =>
  object('argoproj.io/v1alpha1', 'Application', { project: 'default', destination: { namespace: 'obs' }, ...spec })
const repository = { repoURL: 'https://git.example/home.git', targetRevision: 'HEAD', ref: 'home' }
const layered = (input: string, printed: string): string => stringify(laid(parse(input), parse(printed)))

/** A resource that k8s-monitoring has rendered: the chart lays the values of the collector over its own. */
const collector = (
  key: string,
  file = 'alloy.yaml',
  spec: Tree = { nameOverride: 'logs' },
): Pick<Shape, 'input' | 'applied'> => ({
  input: values =>
    `# Source: k8s-monitoring/templates/${file}\n${object('collectors.grafana.com/v1alpha1', 'Alloy', { ...values, ...spec })}`,
  applied: (input, printed) => {
    const tree = parse(input) as Tree
    return `# Source: k8s-monitoring/templates/${file}\n${stringify({ ...tree, spec: laid(tree['spec'], treeAt(parse(printed), key)) })}`
  },
})

const shapes: readonly Shape[] = [
  {
    title: 'an Alloy resource',
    input: values => object('collectors.grafana.com/v1alpha1', 'Alloy', values),
    applied: withPatch,
  },
  { title: 'a collector of k8s-monitoring', ...collector('collectors.logs') },
  {
    title: 'a collector of k8s-monitoring 3',
    ...collector('logs', 'alloy.yaml', { nameOverride: 'logs', ingress: {}, networkPolicy: {}, serviceMonitor: {} }),
  },
  {
    title: 'a sampler of k8s-monitoring',
    ...collector('destinations.collector.processors.tailSampling.collector', 'alloy-sampler.yaml', {}),
    input: values =>
      `# Source: k8s-monitoring/templates/alloy-sampler.yaml\n${object('collectors.grafana.com/v1alpha1', 'Alloy', values).replace('name: collector', 'name: mon-collector-sampler')}`,
  },
  { title: 'a HelmRelease', input: values => flux(values), applied: withPatch },
  {
    title: 'a HelmRelease of an umbrella chart',
    input: values => flux({ global: { team: 'shop' }, collector: values }, {}, 'umbrella'),
    applied: withPatch,
  },
  {
    title: 'a HelmRelease with values from a ConfigMap',
    input: values =>
      `${flux({}, { valuesFrom: [{ kind: 'ConfigMap', name: 'values' }] })}---\n${stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'values', namespace: 'obs' }, data: { 'values.yaml': stringify(values) } })}`,
    applied: withPatch,
  },
  {
    title: 'an Application with an object of values',
    input: values => argo({ source: source({ valuesObject: values }) }),
    applied: withPatch,
  },
  {
    title: 'an Application with a text of values',
    input: values => argo({ source: source({ values: stringify(values) }) }),
    applied: withPatch,
  },
  {
    title: 'one of several sources of an Application',
    input: values => argo({ sources: [repository, source({ valuesObject: values })] }),
    applied: withPatch,
  },
  {
    title: 'one of several sources with a text of values',
    input: values => argo({ sources: [source({ values: stringify(values) }), repository] }),
    applied: withPatch,
  },
  {
    title: 'an ApplicationSet',
    input: values =>
      object('argoproj.io/v1alpha1', 'ApplicationSet', {
        template: { spec: { destination: { namespace: 'obs' }, source: source({ valuesObject: values }) } },
      }),
    applied: withPatch,
  },
  { title: 'values of the chart', input: values => stringify(values), applied: layered },
  {
    title: 'values of an umbrella chart with globals',
    input: values => stringify({ global: { podSecurityContext: {} }, collector: values }),
    applied: layered,
  },
]

/** What the user has in lists, which Helm and patches replace as a whole. */
const lists: Tree = {
  extraObjects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' }, data: { a: 'b' } }],
}
const mounts: Tree = { extra: [{ name: 'own', mountPath: '/etc/own', readOnly: true }] }
const volumes: Tree = { extra: [{ name: 'own', configMap: { name: 'own' } }] }

const configurations: Readonly<Record<string, string>> = {
  nothing: 'logging {\n}\n',
  pods: 'discovery.kubernetes "pods" {\n  role = "pod"\n}\n',
  nodes: 'discovery.kubernetes "nodes" {\n  role = "node"\n}\n',
  'one namespace': 'discovery.kubernetes "own" {\n  role = "service"\n  namespaces {\n    names = ["shop"]\n  }\n}\n',
  logs: 'local.file_match "logs" {\n  path_targets = [{"__path__" = "/var/log/pods/*/*/*.log"}]\n}\nloki.source.file "logs" {\n  targets    = local.file_match.logs.targets\n  forward_to = []\n}\n',
}

const valuesWith = (content: string): Tree => ({
  alloy: { configMap: { content }, mounts },
  controller: { volumes },
  ...lists,
})

describe('what is printed, merged as its tool merges', it => {
  for (const { title, input, applied, files = {} } of shapes) {
    for (const [name, content] of Object.entries(configurations)) {
      it(`gives ${title} just what ${name} needs, and keeps what is there`, async () => {
        const before = input(valuesWith(content))
        const printed = await command(['generate', 'input.yaml', '--quiet'], { ...files, 'input.yaml': before })
        assert.is(printed.code, 0, printed.stderr)
        const after = applied(before, printed.stdout)
        const checked = await command(['check', 'input.yaml', '--quiet'], { ...files, 'input.yaml': after })
        assert.is(checked.code, 0, `${checked.stdout}\n${printed.stdout}`)
        for (const kept of ['/etc/own', 'name: own', 'a: b'])
          assert.ok(after.includes(kept), `${kept} is lost:\n${after}`)
        const again = await command(['generate', 'input.yaml', '--quiet'], { ...files, 'input.yaml': after })
        assert.equal(
          parseAllDocuments(applied(after, again.stdout)).map(each => each.toJS()),
          parseAllDocuments(after).map(each => each.toJS()),
        )
      })
    }
  }
})
