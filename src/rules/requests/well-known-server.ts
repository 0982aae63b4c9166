import { alternatives } from '../../evaluate/value/contents.ts'
import type { Value } from '../../evaluate/value/value.ts'

/** A server that the labels of a target name. */
export type WellKnownServer = 'api server' | 'kubelet'

/** Labels that hold the name of a Service, or of what has that of its Service. */
const serviceNames = [
  '__meta_kubernetes_service_name',
  '__meta_kubernetes_endpoints_name',
  '__meta_kubernetes_endpointslice_label_kubernetes_io_service_name',
  '__meta_kubernetes_endpoints_label_kubernetes_io_service_name',
]

/** Labels of a Service, and of its endpoints, that say what runs there. */
const applications = ['service', 'endpoints', 'endpointslice'].flatMap(object =>
  ['k8s_app', 'app_kubernetes_io_name'].map(label => `__meta_kubernetes_${object}_label_${label}`),
)

/**
 * The servers that labels may name; null stands for others, and for none. The Service of the API server is called `kubernetes` in
 * every cluster. The Service without a selector that the operator of Prometheus keeps for kubelets is called `kubelet`, mostly behind
 * the name of a release, or says so in a label.
 */
export function wellKnownServer(labels: ReadonlyMap<string, Value>): readonly (WellKnownServer | null)[] {
  const told = [
    ...serviceNames.map(name => serversOf(labels.get(name), serviceOf)),
    ...applications.map(name => serversOf(labels.get(name), text => (text === 'kubelet' ? 'kubelet' : null))),
    serversOf(labels.get('__meta_kubernetes_service_label_component'), text =>
      text === 'apiserver' ? 'api server' : null,
    ),
    serversOf(labels.get('__meta_kubernetes_endpointslice_name'), sliceOf),
  ].filter(servers => servers.some(server => server !== null))
  return told.find(servers => servers.length === 1) ?? told[0] ?? [null]
}

/** A part of a name that is not known. */
const anything = '\u0000'

function serversOf(
  value: Value | undefined,
  read: (text: string) => WellKnownServer | null,
): readonly (WellKnownServer | null)[] {
  if (value === undefined) return []
  const texts = alternatives(value).map(each => {
    if (each.kind === 'string') return each.value
    return each.kind === 'pattern' ? each.parts.map(part => (typeof part === 'string' ? part : anything)).join('') : ''
  })
  return [...new Set(texts.map(read))]
}

const serviceOf = (name: string): WellKnownServer | null => {
  if (name === 'kubernetes') return 'api server'
  return /(^|-)kubelet$/.test(name) ? 'kubelet' : null
}

/** A slice has the name of its Service with some letters behind. */
const sliceOf = (name: string): WellKnownServer | null => {
  const service = name.replace(/-[^-]*$/, '')
  return service === name || service.includes(anything) ? null : serviceOf(service)
}
