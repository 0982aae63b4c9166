/** SARIF's names. error: no plan, or Alloy is denied something; warning: the plan is right, the deployment is not; note: right, possibly wider than needed. */
export type Severity = 'error' | 'warning' | 'note'

/** What the catalog knows of a code. */
export interface Entry {
  readonly severity: Severity
  /** Kebab-case name, for SARIF and documentation. */
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: each entry types its own arguments; `Args` recovers them
  readonly message: (args: any) => string
  /** One imperative sentence, without a final stop's worth of padding. */
  readonly help?: string
}

/**
 * Every diagnostic the program can report. The first digit is the stage: 0 syntax, 1 modules and references, 2 evaluation,
 * 3 rule map and versions, 4 check, 5 chart and values. Codes are never reused.
 */
export const catalog = {
  ARB001: {
    severity: 'error',
    name: 'unexpected-token',
    message: ({ found, expected }: { found: string; expected: string }) => `expected ${expected}, found ${found}`,
  },
  ARB201: {
    severity: 'note',
    name: 'assumed',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `${argument} of ${component} is known only at run time; every value it may have is covered`,
  },
  ARB202: {
    severity: 'note',
    name: 'assumed-by-cluster',
    message: ({ rule, component }: { rule: string; component: string }) =>
      `${component} needs what ${rule} grants only if objects of the cluster ask for it; they are taken to exist`,
  },
  ARB203: {
    severity: 'note',
    name: 'optional-not-granted',
    message: ({ rule, component, loss }: { rule: string; component: string; loss: string }) =>
      `${rule} is optional for ${component} and not granted: ${loss}`,
    help: 'grant it with --optional',
  },
  ARB311: {
    severity: 'warning',
    name: 'component-warning',
    message: ({ component, text }: { component: string; text: string }) => `${component}: ${text}`,
  },
  ARB312: {
    severity: 'note',
    name: 'component-note',
    message: ({ component, text }: { component: string; text: string }) => `${component}: ${text}`,
  },
  ARB313: {
    severity: 'note',
    name: 'unverified-fact',
    message: ({ rule, component }: { rule: string; component: string }) =>
      `what ${rule} asks for ${component} is background knowledge, verified neither in source nor by a recording`,
  },
  ARB321: {
    severity: 'warning',
    name: 'token-leaves-cluster',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which is not part of the cluster; nothing is granted for it`,
    help: 'send a token of that server instead, or remove the token from the request',
  },
  ARB322: {
    severity: 'warning',
    name: 'token-over-plain-http',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host} over plain http; nothing is granted for it`,
    help: 'set scheme = "https", or remove the token from the request',
  },
  ARB323: {
    severity: 'note',
    name: 'delegated-authorisation',
    message: ({ component, host, path }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which may ask the API server whether ${path} is allowed; that is assumed`,
  },
  ARB324: {
    severity: 'note',
    name: 'node-proxy-scrape',
    message: ({ component, path }: { component: string; host: string; path: string }) =>
      `${component} reaches kubelets through the API server (${path}), for which nodes/proxy is needed: it allows everything a kubelet can do`,
    help: 'scrape the kubelet at its own address, for which nodes/metrics is enough: leave __address__ and __metrics_path__ as the node role sets them, with metrics_path = "/metrics"',
  },
} as const satisfies Record<string, Entry>

/** A code of the catalog. */
export type Code = keyof typeof catalog
/** What the message of a code is made from. */
export type Args<C extends Code> = Parameters<(typeof catalog)[C]['message']>[0]
