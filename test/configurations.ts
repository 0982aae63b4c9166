import fc from 'fast-check'

/** Blocks of a configuration, whose labels carry the number. */
export type Blocks = (label: number) => readonly string[]

/** What the components of a body are given: expressions of a list of namespaces, of a role, and of a text. */
interface Inputs {
  readonly names: string
  readonly role: string
  readonly text: string
}

type Components = (inputs: Inputs, label: number) => string

const discovery: Components = ({ names, role }, label) =>
  `discovery.kubernetes "d${label}" {\n  role = ${role}\n  namespaces {\n    names = ${names}\n  }\n}\n`

/** Every way in which an argument decides a grant: role, namespaces, object name, path, targets through relabeling, a token's file. */
const components: readonly Components[] = [
  discovery,
  ({ names }, label) => `loki.source.kubernetes_events "e${label}" {\n  namespaces = ${names}\n  forward_to = []\n}\n`,
  ({ names }, label) =>
    `prometheus.operator.servicemonitors "m${label}" {\n  namespaces = ${names}\n  forward_to = []\n}\n`,
  ({ text }, label) => `remote.kubernetes.secret "s${label}" {\n  namespace = "shop"\n  name      = ${text}\n}\n`,
  ({ names, text }, label) =>
    `${discovery({ names, role: '"pod"', text }, label)}discovery.relabel "r${label}" {
  targets = discovery.kubernetes.d${label}.targets
  rule {
    source_labels = ["__meta_kubernetes_namespace"]
    regex         = ${text}
    action        = "keep"
  }
}
loki.source.kubernetes "l${label}" {
  targets    = discovery.relabel.r${label}.output
  forward_to = []
}
`,
  ({ names, text }, label) =>
    `${discovery({ names, role: '"node"', text }, label)}prometheus.scrape "p${label}" {
  targets           = discovery.kubernetes.d${label}.targets
  scheme            = "https"
  metrics_path      = "/" + ${text}
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to        = []
}
`,
]

const literalNames = ['["shop"]', '["shop", "pay"]', '[]']
const names = fc.constantFrom(
  ...literalNames,
  '[sys.env("NS")]',
  '["shop", sys.env("NS")]',
  '[coalesce(sys.env("NS"), "shop")]',
  'string.split(sys.env("LIST"), ",")',
  'array.concat(["shop"], string.split(sys.env("LIST"), ","))',
  'argument.namespaces.value',
  '[string.format("%s-%s", sys.env("NS"), sys.env("NAME"))]',
  'encoding.from_json(coalesce(sys.env("JSON"), "[]"))',
)
const roles = fc.constantFrom(
  '"pod"',
  '"node"',
  '"endpoints"',
  'sys.env("ROLE")',
  'coalesce(sys.env("ROLE"), "ingress")',
  '{ "a" = "pod", "b" = "service" }[coalesce(sys.env("KEY"), "a")]',
)
const texts = fc.constantFrom(
  '"shop"',
  'sys.env("NAME")',
  'coalesce(sys.env("NAME"), "shop")',
  '"sh" + sys.env("NAME")',
)
const inputs: fc.Arbitrary<Inputs> = fc.record({ names, role: roles, text: texts })
const component = fc.constantFrom(...components)

/** A module with one component in it, the component given the module's own arguments. */
const moduleOf = (name: string, body: (inputs: Inputs) => string): string =>
  `declare "${name}" {
  argument "names" { }
  argument "role" {
    optional = true
    default  = "service"
  }
  argument "text" { }
${body({ names: 'argument.names.value', role: 'argument.role.value', text: 'argument.text.value' })}
  export "names" {
    value = argument.names.value
  }
}
`

const instance = (name: string, { names: list, role, text }: Inputs): string =>
  `${name} "x" {\n  names = ${list}\n  role  = ${role}\n  text  = ${text}\n}\n`

const foreach = (label: number, list: string, body: string): string =>
  `foreach "f${label}" {\n  collection = ${list}\n  var        = "each"\n  template {\n${body}  }\n}\n`

const plain = fc.tuple(component, inputs).map(
  ([make, given]): Blocks =>
    label => [make(given, label)],
)

const inModule = fc.tuple(component, inputs).map(
  ([make, given]): Blocks =>
    label => [moduleOf(`m${label}`, own => make(own, label)), instance(`m${label}`, given)],
)

const inModuleOfModule = fc.tuple(component, inputs).map(
  ([make, given]): Blocks =>
    label => [
      moduleOf(`i${label}`, own => make(own, label)),
      moduleOf(`o${label}`, own => instance(`i${label}`, own)),
      instance(`o${label}`, given),
    ],
)

const inImport = fc.tuple(component, inputs).map(
  ([make, given]): Blocks =>
    label => [
      `import.string "lib${label}" {\n  content = \`${moduleOf('m', own => make(own, label))}\`\n}\n`,
      instance(`lib${label}.m`, given),
    ],
)

const inForeach = fc.tuple(component, inputs).map(
  ([make, given]): Blocks =>
    label => [foreach(label, given.names, make({ ...given, names: '[each]', text: 'each' }, label))],
)

const inForeachOfModule = fc.tuple(component, inputs).map(
  ([make, given]): Blocks =>
    label => [
      moduleOf(`m${label}`, own => foreach(label, own.names, make({ ...own, names: '[each]' }, label))),
      foreach(label, '["once"]', instance(`m${label}`, given)),
    ],
)

const behindExport = fc.tuple(component, inputs).map(
  ([make, given]): Blocks =>
    label => [
      moduleOf(`m${label}`, () => ''),
      instance(`m${label}`, given),
      make({ ...given, names: `m${label}.x.names` }, label),
    ],
)

/** Blocks with components in the open, in modules, nested ones, imports and foreach, fed by literals and by what is not known. */
export const anyBlocks: fc.Arbitrary<Blocks> = fc.oneof(
  plain,
  inModule,
  inModuleOfModule,
  inImport,
  inForeach,
  inForeachOfModule,
  behindExport,
)

/** What every generated configuration may refer to. */
export const prelude = 'argument "namespaces" {\n  optional = true\n  default  = ["shop"]\n}\n'

/** Options that give values to what the generated configurations do not know; each changes one of them. */
export const anyValues: fc.Arbitrary<readonly string[]> = fc
  .record(
    {
      ROLE: fc.constantFrom('pod', 'ingress', 'node'),
      NS: fc.constantFrom('shop', 'pay', ''),
      NAME: fc.constantFrom('op', 'metrics/cadvisor', 'proxy'),
      LIST: fc.constantFrom('a,b', 'shop', ''),
      KEY: fc.constantFrom('a', 'b'),
      JSON: fc.constantFrom('["json"]', '[]'),
    },
    { requiredKeys: [] },
  )
  .chain(env =>
    fc
      .option(fc.constantFrom('["given"]', '[]'))
      .map(arg => [
        ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        ...(arg === null ? [] : ['--arg', `namespaces=${arg}`]),
      ]),
  )
