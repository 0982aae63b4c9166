import type { Plan } from '../plan/plan.ts'
import { reasonLines } from './comment.ts'
import type { Remark } from './document.ts'
import type { JsonMap } from './json.ts'
import { madeLabel, type Naming } from './objects.ts'

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

/**
 * Admits to the pods with some labels just what they listen for: the ports of components from anywhere, Alloy's own server from the
 * pods of its cluster. Probes need no rule: what the node of a pod sends to it is always admitted. What the pods send is left open.
 */
export function networkPolicy(plan: Plan, server: Server, labels: JsonMap, naming: Naming): Policy {
  const open = plan.privileges.filter(({ privilege }) => privilege.kind === 'port' && privilege.loopback !== true)
  const ports = open.flatMap(({ privilege }) =>
    privilege.kind === 'port' ? [{ port: privilege.port, protocol: privilege.protocol }] : [],
  )
  const rules: readonly { readonly rule: JsonMap; readonly lines: readonly string[] }[] = [
    ...(ports.length > 0 ? [{ rule: { ports }, lines: reasonLines(open.flatMap(({ reasons }) => reasons)) }] : []),
    ...(server.clustered
      ? [
          {
            rule: {
              from: [{ podSelector: { matchLabels: labels } }],
              ports: [{ port: server.port, protocol: 'TCP' }],
            },
            lines: ["The members of the cluster ask each other's HTTP server."],
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
