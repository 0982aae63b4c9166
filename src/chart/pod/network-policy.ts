import type { Plan } from '../../plan/plan.ts'
import type { Reason } from '../../rules/requirement.ts'
import type { JsonMap } from '../json.ts'
import { madeLabel, type Naming } from '../rbac/objects.ts'
import { reasonLines } from '../write/comment.ts'
import type { Remark } from '../write/write-yaml.ts'

/** Alloy's own HTTP server, and who needs it. */
export interface Server {
  readonly port: number
  /** Whether the other members of a cluster ask it. */
  readonly clustered: boolean
}

/** A NetworkPolicy, with remarks whose paths start in it. */
export interface Policy {
  readonly object: JsonMap
  readonly remarks: readonly Remark[]
}

/** A port of components that anyone may reach. */
interface OpenPort {
  readonly port: number
  readonly protocol: string
  readonly reasons: readonly Reason[]
}

/** The ports that components open to others; Alloy's own server is none of them. */
export const openPorts = (plan: Plan, server: Server): readonly OpenPort[] =>
  plan.privileges.flatMap(({ privilege, reasons }) =>
    privilege.kind === 'port' && privilege.loopback !== true && privilege.port !== server.port
      ? [{ port: privilege.port, protocol: privilege.protocol, reasons }]
      : [],
  )

/**
 * Admits to the pods with some labels just what they listen for: the ports of components from anywhere, Alloy's own server from the
 * pods of its cluster. Probes need no rule: what the node of a pod sends to it is always admitted. What the pods send is left open.
 */
export function networkPolicy(plan: Plan, server: Server, labels: JsonMap, naming: Naming): Policy {
  const open = openPorts(plan, server)
  const ports = open.map(({ port, protocol }) => ({ port, protocol }))
  const rules: readonly { readonly rule: JsonMap; readonly lines: readonly string[] }[] = [
    ...(ports.length > 0 ? [{ rule: { ports }, lines: reasonLines(open.flatMap(({ reasons }) => reasons)) }] : []),
    ...(server.clustered
      ? [
          {
            rule: {
              from: [{ podSelector: { matchLabels: labels } }],
              ports: [{ port: server.port, protocol: 'TCP' }],
            },
            lines: ["Members of the Alloy cluster connect to each other's HTTP server."],
          },
        ]
      : []),
  ]
  return {
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: naming.name,
        namespace: naming.namespace,
        labels: { ...naming.labels, 'app.kubernetes.io/component': 'networking', [madeLabel]: 'alloy-rbac' },
      },
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: rules.map(({ rule }) => rule),
      },
    },
    remarks: rules.map(({ lines }, at) => ({ path: ['spec', 'ingress', at], lines })),
  }
}
