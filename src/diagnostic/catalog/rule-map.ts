import { repairs, unknownArgument } from '../argument-helps.ts'
import type { Entry } from '../entry.ts'
import { proxyAvoided } from '../proxy-avoided.ts'
import { didYouMean, few } from '../suggest.ts'
import { type Close, narrowedBy } from './wording.ts'

/** A change of a release that its documentation names. */
export interface Documented {
  readonly component?: string
  readonly since: string
  readonly says: string
  readonly source: string
}

/** What a note of the map says; `forLinux`: of what Windows alone has, where the pod is not known to run there. */
const remark = ({ component, text, forLinux }: Remark): string =>
  `${component}: ${text}${forLinux ? '; what is printed here is for Linux nodes' : ''}`

interface Remark {
  readonly component: string
  readonly text: string
  readonly forLinux?: true
}

/** Stage 3: components, arguments and releases, as the rule map knows them. */
export const ruleMapEntries = {
  'unknown-component': {
    code: 'ARB301',
    severity: 'error',
    message: ({ component }: { component: string }) => `${component} is not a component of any known Alloy release`,
    helpFor: ({ close }: Close) => didYouMean(close),
  },
  'component-without-rules': {
    code: 'ARB302',
    severity: 'error',
    message: ({ component }: { component: string }) =>
      `${component} is an Alloy component, but its needs are not known; it may need anything`,
    help: 'accept an incomplete plan with --on-unknown warn, or add the default rules with --on-unknown defaults',
  },
  'component-of-another-release': {
    code: 'ARB303',
    severity: 'error',
    message: ({ component, history, release }: { component: string; history: string; release: string }) =>
      `${component} ${history}; this is Alloy ${release}`,
    help: 'set the release with --alloy-version, or use a component that this release has',
  },
  'unstable-component': {
    code: 'ARB304',
    severity: 'warning',
    message: ({ component, stability, allowed }: { component: string; stability: string; allowed: string }) =>
      `${component} is ${stability}, but the deployment allows only ${allowed}`,
    helpFor: ({ stability }: { stability: string }) => `set stabilityLevel to ${stability}`,
  },
  'community-component': {
    code: 'ARB305',
    severity: 'warning',
    message: ({ component }: { component: string }) =>
      `${component} is a community component, but the deployment does not enable community components`,
    help: 'run Alloy with --feature.community-components.enabled',
  },
  'unknown-newer-version': {
    code: 'ARB310',
    severity: 'warning',
    message: ({ what, version, newest }: { what: string; version: string; newest: string }) =>
      `${what} ${version} is newer than the newest known version; ${newest} is used`,
    help: 'update alloy-rbac, or pass a known version',
  },
  'component-warning': {
    code: 'ARB311',
    severity: 'warning',
    message: remark,
  },
  'component-refused': {
    code: 'ARB315',
    severity: 'error',
    message: ({ component, text }: { component: string; text: string }) => `${component}: ${text}`,
    help: 'change the argument: Alloy does not start with it',
  },
  'component-note': {
    code: 'ARB312',
    severity: 'note',
    message: remark,
  },
  'windows-folder-not-mounted': {
    code: 'ARB316',
    severity: 'note',
    message: ({ folder, components }: { folder: string; components: readonly string[] }) =>
      `nothing is mounted at ${folder}, which ${few(components, 3).join(', ')} may read or write: this pod does not have the folders of its Windows node`,
    help: 'mount a hostPath volume there, or a ConfigMap or a claim; a HostProcess container needs none',
  },
  'unverified-fact': {
    code: 'ARB313',
    severity: 'note',
    message: ({ rule, component }: { rule: string; component: string }) =>
      `the needs of ${component} in ${rule} are general knowledge, not verified against the source or a recording`,
  },
  'unread-release': {
    code: 'ARB314',
    severity: 'warning',
    message: ({ asked, read, unread, of }: { asked: string; read: string; unread: readonly string[]; of: number }) =>
      `Alloy ${asked} was not read and is answered as ${read}: ${unread.length} of ${of} components of this configuration ${unread.length === 1 ? 'has' : 'have'} not been read again for it, so what they need is assumed: ${unread.join(', ')}`,
    help: 'read the release notes for changes of access, update alloy-rbac, or pass --alloy-version for a release that was read',
    helpFor: ({ documented }: { documented: readonly Documented[] }) =>
      documented.length === 0
        ? null
        : `update alloy-rbac, or pass --alloy-version for a release that was read; documented, but not read: ${documented.map(({ component, since, says, source }) => `${component} from ${since} on: ${says} (${source})`).join('; ')}`,
  },
  'token-leaves-cluster': {
    code: 'ARB321',
    severity: 'warning',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which is not part of the cluster; nothing is granted for it`,
    help: 'send a token for that server instead, or remove the token from the request',
  },
  'token-over-plain-http': {
    code: 'ARB322',
    severity: 'warning',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host} over plain HTTP; nothing is granted for it`,
    help: 'set scheme = "https", or remove the token from the request',
  },
  'plain-http-at-run-time': {
    code: 'ARB325',
    severity: 'note',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, over plain HTTP to those whose scheme is http; nothing is granted for these`,
    help: 'keep only targets with __scheme__ = "https", or remove the token from the request',
  },
  'delegated-authorization': {
    code: 'ARB323',
    severity: 'note',
    message: ({ component, host, path }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which may ask the API server whether ${path} is allowed; this is assumed`,
  },
  'node-proxy-scrape': {
    code: 'ARB324',
    severity: 'note',
    message: ({ component, path }: { component: string; host: string; path: string }) =>
      `${component} reaches kubelets through the API server (${path}), which requires nodes/proxy: this permission allows everything a kubelet can do`,
    help: 'scrape the kubelet at its own address, which requires only nodes/metrics',
    helpFor: proxyAvoided,
  },
  'unknown-argument': {
    code: 'ARB331',
    severity: 'error',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} has no ${kind} ${name}`,
    helpFor: unknownArgument,
  },
  'argument-of-another-release': {
    code: 'ARB332',
    severity: 'error',
    message: ({ name, owner, history, release }: { name: string; owner: string; history: string; release: string }) =>
      `${name} of ${owner} ${history}; this is Alloy ${release}`,
    help: 'set the release with --alloy-version, or remove it',
  },
  'missing-argument': {
    code: 'ARB333',
    severity: 'error',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} requires the ${kind} ${name}`,
  },
  'block-as-attribute': {
    code: 'ARB334',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `${name} of ${owner} is a block, but is written as an attribute`,
    helpFor: ({ name }: { name: string }) => `write ${name} { … } without the =`,
  },
  'attribute-as-block': {
    code: 'ARB335',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `${name} of ${owner} is an attribute, but is written as a block`,
    helpFor: ({ name }: { name: string }) => `write ${name} = …`,
  },
  'repeated-argument': {
    code: 'ARB336',
    severity: 'error',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} accepts the ${kind} ${name} only once`,
    help: 'remove one of them, or merge them',
  },
  'unlabeled-block': {
    code: 'ARB337',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) => `block ${name} of ${owner} has no label`,
    help: 'add a label after the name: a double-quoted identifier',
  },
  'labeled-block': {
    code: 'ARB338',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) => `block ${name} of ${owner} takes no label`,
    help: 'remove the label',
  },
  'argument-type': {
    code: 'ARB341',
    severity: 'error',
    message: ({ argument, owner, problem }: { argument: string; owner: string; problem: string }) =>
      `${argument} of ${owner} ${problem}`,
    helpFor: ({ problem }: { problem: string }) => repairs[problem] ?? null,
  },
  'unknown-value': {
    code: 'ARB342',
    severity: 'error',
    message: ({
      argument,
      owner,
      value,
      values,
    }: {
      argument: string
      owner: string
      value: string
      values: readonly string[]
    }) =>
      `${argument} of ${owner} cannot be ${JSON.stringify(value)}, expected one of ${values.filter(each => each !== '').join(', ')}`,
    helpFor: ({ close }: Close) => didYouMean(close && JSON.stringify(close)),
  },
  'reserved-header': {
    code: 'ARB347',
    severity: 'error',
    message: ({ argument, owner, header }: { argument: string; owner: string; header: string }) =>
      `${argument} of ${owner} cannot set the header ${JSON.stringify(header)}, which Alloy reserves`,
    helpFor: ({ header }: { header: string }) =>
      header.toLowerCase() === 'authorization'
        ? 'use authorization { … }, basic_auth { … }, or bearer_token_file'
        : null,
    help: 'remove the header',
  },
  'unknown-server': {
    code: 'ARB343',
    severity: 'note',
    message: ({ component }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to servers that are known only at run time; kubelets, and servers that check their clients with the API server, are assumed`,
    helpFor: narrowedBy,
  },
  'unknown-kubelet-path': {
    code: 'ARB346',
    severity: 'note',
    message: ({ component }: { component: string; host: string; path: string }) =>
      `${component} requests a kubelet path that is known only at run time; every readable part of the kubelet API is assumed, including nodes/proxy`,
    help: 'write the path in the configuration, for example metrics_path = "/metrics/cadvisor", or keep only targets whose path starts with it',
  },
  'no-such-use': {
    code: 'ARB345',
    severity: 'error',
    message: ({ thing }: { thing: string }) => `the configuration does not instantiate ${thing}`,
    help: 'name a component of the configuration with its label, for example prometheus.scrape.kubelet',
    helpFor: ({ close }: Close) => didYouMean(close),
  },
  'unknown-path': {
    code: 'ARB344',
    severity: 'note',
    message: ({ component, host, assumed }: { component: string; host: string; path: string; assumed: string }) =>
      `${component} sends the service account's token to ${host}; the path is known only at run time, and ${assumed} is assumed`,
    help: 'if the server checks other paths, grant them yourself: { nonResourceURLs: ["/path"], verbs: ["get"] }',
  },
} as const satisfies Record<string, Entry>
