import { quote } from '../fuzz/expression.ts'
import type { Random } from '../fuzz/random.ts'

/** A configuration that reads variables, and what they hold. */
export interface Filling {
  readonly text: string
  readonly values: ReadonlyMap<string, string>
}

/** Who is asked, and what there is to ask: a kubelet has no path of the API server. */
const places = [
  {
    addresses: ['10.0.0.1:10250', '10.0.0.1', 'shop.shop.svc:8443', 'example.com', ''],
    paths: ['/metrics', '/metrics/cadvisor', '/stats/summary', '/pods', '/healthz', ''],
    hosts: ['$1', '$1:10250', '$1:443'],
    captures: ['$1', '/metrics/$1', '/$1'],
  },
  {
    addresses: ['kubernetes.default.svc:443', 'kubernetes.default.svc', '10.0.0.1'],
    paths: [
      '/metrics',
      '/api/v1/nodes/a/proxy/metrics',
      '/api/v1/namespaces/shop/services/web/proxy/metrics',
      '/apis/metrics.k8s.io/v1beta1/nodes',
      '/api/v1/namespaces/shop/configmaps/cm',
      '/api/v1/watch/namespaces/shop/pods',
      '/api/v1/namespaces/shop/pods?watch=true',
      '/debug/pprof/',
      '',
    ],
    hosts: ['$1', '$1:443'],
    captures: ['$1', '/api/v1/nodes/$1/proxy/metrics', '/api/v1/$1'],
  },
]
const schemes = ['https', 'https', 'http', '']
const labels = ['__address__', '__metrics_path__', '__scheme__', '__meta_kubernetes_node_name', 'x']
const regexes = ['(.*)', '(.+)', '(.*):10250', '([^:]+)(?::\\d+)?', 'https', 'https;(.+)', 'a', '__meta_(.+)', '']
const actions = ['keep', 'drop', 'labelmap', 'labeldrop', 'labelkeep']
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', '']

/** Scrapes behind relabel rules, and requests, with the service account's token; of each text a part is allowed in a variable. */
export function scraping(random: Random): Filling {
  const values = new Map<string, string>()
  const variable = (value: string): string => {
    const name = `E${values.size}`
    values.set(name, value)
    return `sys.env(${quote(name)})`
  }
  /**
   * A text of the list, in full or with its beginning, its end or all of it in a variable; an address parts at its port, a path
   * behind a slash.
   */
  const text = (from: readonly string[]): string => {
    const value = random.pick(from)
    const cuts = [...value.matchAll(/:(?=\d+$)|\/(?=.)|(?<=^\w{2})/g)].map(({ index, 0: cut }) => index + cut.length)
    const cut = random.pick([value.length, ...cuts])
    const known = [quote(value.slice(0, cut)), quote(value.slice(cut))] as const
    return random.pick([
      () => quote(value),
      () => quote(value),
      () => variable(value),
      () => `${known[0]} + ${variable(value.slice(cut))}`,
      () => `${variable(value.slice(0, cut))} + ${known[1]}`,
    ])()
  }
  const optional = (name: string, make: () => string): string => (random.chance(0.5) ? `  ${name} = ${make()}\n` : '')
  const { addresses, paths, hosts, captures } = random.pick(places)
  const held: Readonly<Record<string, readonly string[]>> = {
    __address__: [...addresses, ...hosts],
    __metrics_path__: [...paths, ...captures],
    __scheme__: schemes,
    __meta_kubernetes_node_name: ['node', '$1'],
    x: ['a', '$1', ...schemes, ...paths],
  }
  const target = () =>
    `{ __address__ = ${text(addresses)}, __metrics_path__ = ${text(paths)}, __scheme__ = ${text(schemes)}, x = ${text(held['x']!)} }`
  const rules = random.list(0, 4, () => {
    const label = random.pick(labels)
    const lines = [
      `source_labels = [${random.list(1, 2, () => quote(random.pick(labels))).join(', ')}]`,
      ...(random.chance(0.7) ? [`regex = ${text(regexes)}`] : []),
      ...(random.chance(0.6)
        ? [`target_label = ${text([label])}`, `replacement = ${text(held[label]!)}`]
        : [`action = ${quote(random.pick(actions))}`]),
    ]
    return `  rule {\n${lines.map(line => `    ${line}\n`).join('')}  }\n`
  })
  const token = 'bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"'
  const configuration = `discovery.kubernetes "k" {
  role = ${quote(random.pick(['node', 'pod', 'service', 'endpoints']))}
}
discovery.relabel "r" {
  targets = ${random.pick(['discovery.kubernetes.k.targets', `[${random.list(1, 2, target).join(', ')}]`])}
${rules.join('')}}
prometheus.scrape "s" {
  targets = discovery.relabel.r.output
${optional('scheme', () => text(schemes))}${optional('metrics_path', () => text(paths))}  ${token}
  forward_to = []
}
remote.http "h" {
  url = "https://" + ${text(addresses)} + ${text(paths)}
${optional('method', () => text(methods))}  client {
    ${token}
  }
}
`
  return { text: configuration, values }
}

/** The configuration with what its variables hold in their places. */
export const literally = ({ text, values }: Filling): string =>
  text.replaceAll(/sys\.env\("(E\d+)"\)/g, (_, name: string) => quote(values.get(name)!))
