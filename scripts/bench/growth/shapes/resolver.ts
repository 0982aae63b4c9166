import { chainOf, instancesOf } from '../../inputs.ts'
import { each, holding, ofAlloy, type Shape } from '../shape.ts'

const discovery = (at: number): string => `discovery.kubernetes "d${at}" {\n  role = "pod"\n}`
const passing = (at: number): string =>
  `discovery.relabel "r${at}" {\n  targets = ${at === 0 ? 'discovery.kubernetes.d0.targets' : `discovery.relabel.r${at - 1}.output`}\n  rule {\n    target_label = "l${at}"\n    replacement  = "x"\n  }\n}`

/** Numbers, so many that as many again of each make a size. */
const numbers = (size: number): string => `[${each(Math.ceil(Math.sqrt(size)), String, ', ')}]`

/** What components, modules and references come to. */
export const resolver: readonly Shape[] = [
  ofAlloy('components', 500, size => each(size, discovery)),
  ofAlloy(
    'components that refer to one',
    500,
    size =>
      `loki.process "p" {\n  forward_to = []\n}\n${each(size, at => `loki.source.kubernetes "s${at}" {\n  targets    = []\n  forward_to = [loki.process.p.receiver]\n}`)}`,
  ),
  ofAlloy(
    'components of which one gathers the targets',
    200,
    size =>
      `${each(size, discovery)}\nloki.source.kubernetes "s" {\n  targets    = array.concat(${each(size, at => `discovery.kubernetes.d${at}.targets`, ', ')})\n  forward_to = []\n}`,
  ),
  ofAlloy(
    'components each of which refers to the next',
    100,
    size =>
      `${each(size, at => `loki.process "p${at}" {\n  forward_to = [loki.process.p${at + 1}.receiver]\n}`)}\nloki.process "p${size}" {\n  forward_to = []\n}`,
  ),
  ofAlloy('components in one cycle', 200, size =>
    each(size, at => `loki.process "p${at}" {\n  forward_to = [loki.process.p${(at + 1) % size}.receiver]\n}`),
  ),
  ofAlloy(
    'relabelings one after the other',
    50,
    size =>
      `${discovery(0)}\n${each(size, passing)}\nprometheus.scrape "s" {\n  targets    = discovery.relabel.r${size - 1}.output\n  forward_to = []\n}`,
  ),
  ofAlloy(
    'components that all scrape as many targets',
    20,
    size =>
      `discovery.relabel "t" {\n  targets = [${each(size, at => `{ __address__ = "a${at}:80" }`, ', ')}]\n}\n${each(size, at => `prometheus.scrape "s${at}" {\n  targets    = discovery.relabel.t.output\n  forward_to = []\n}`)}`,
  ),
  ofAlloy(
    'relabelings one after the other, each scraped',
    20,
    size =>
      `${discovery(0)}\n${each(size, passing)}\n${each(size, at => `prometheus.scrape "s${at}" {\n  targets    = discovery.relabel.r${at}.output\n  forward_to = []\n}`)}`,
  ),
  ofAlloy('references to nothing, to one of many long names', 50, size =>
    each(
      size,
      at =>
        `discovery.kubernetes "${'a'.repeat(40)}${at}" {\n  role = "pod"\n}\nprometheus.scrape "s${at}" {\n  targets    = discovery.kubernetes.${'a'.repeat(40)}x${at}.targets\n  forward_to = []\n}`,
    ),
  ),
  ofAlloy('references to nothing', 300, size =>
    each(size, at => `loki.process "p${at}" {\n  forward_to = [loki.process.q${at}.receiver]\n}`),
  ),
  ofAlloy('unknown components', 500, size => each(size, at => `discovery.kubernetess "d${at}" {\n  role = "pod"\n}`)),
  ofAlloy(
    'unknown arguments',
    500,
    size => `discovery.kubernetes "d" {\n  role = "pod"\n${each(size, at => `  rolle${at} = "x"`)}\n}`,
  ),
  ofAlloy('components of one name', 500, size => each(size, () => discovery(0))),
  ofAlloy('instances of a module', 300, size => instancesOf(size, () => 'shop')),
  ofAlloy('instances of a module, each given another value', 100, size => instancesOf(size, at => `ns-${at}`)),
  ofAlloy('modules each of which instantiates the next', 100, size => chainOf(size)),
  ofAlloy('modules that nothing instantiates', 500, size =>
    each(size, at => `declare "m${at}" {\n  argument "x" { }\n}`),
  ),
  ofAlloy('modules of one instance each', 200, size =>
    each(size, at => `declare "m${at}" {\n  ${discovery(0)}\n}\nm${at} "x" { }`),
  ),
  ofAlloy(
    'arguments of one module',
    500,
    size =>
      `declare "m" {\n${each(size, at => `  argument "a${at}" { }`)}\n${holding('argument.a0.value')}\n}\nm "x" {\n${each(size, at => `  a${at} = "v"`)}\n}`,
  ),
  ofAlloy(
    'modules in a text',
    200,
    size =>
      `import.string "i" {\n  content = \`${each(size, at => `declare "m${at}" {\n  ${discovery(0)}\n}`)}\`\n}\n${each(size, at => `i.m${at} "x" { }`)}`,
  ),
  ofAlloy('imports of texts', 200, size =>
    each(size, at => `import.string "i${at}" {\n  content = "declare \\"m\\" { }"\n}\ni${at}.m "x" { }`),
  ),
  ofAlloy(
    'rounds of a foreach',
    200,
    size =>
      `foreach "f" {\n  collection = [${each(size, at => `"ns-${at}"`, ', ')}]\n  var        = "each"\n  template {\n    discovery.kubernetes "d" {\n      role = "pod"\n      namespaces {\n        names = [each]\n      }\n    }\n  }\n}`,
  ),
  ofAlloy(
    'rounds of a foreach within those of another',
    16,
    size =>
      `foreach "f" {\n  collection = ${numbers(size)}\n  var        = "v"\n  template {\n    foreach "g" {\n      collection = ${numbers(size)}\n      var        = "w"\n      template {\n        ${discovery(0)}\n      }\n    }\n  }\n}`,
  ),
]
