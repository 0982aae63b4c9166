import type { Entry } from '../entry.ts'
import { didYouMean } from '../suggest.ts'
import { type Close, passing } from './wording.ts'

/** A folder of the host that components look for at a path of the container. */
export interface MountNeed {
  readonly components: readonly string[]
  readonly hostPath: string
  readonly mountPath: string
}

/** Stage 5: pods, volumes and files around the configuration. */
export const deploymentEntries = {
  'config-file-without-options': {
    code: 'ARB581',
    severity: 'error',
    message: ({ file }: { file: string }) => `${file} has neither options nor a command at its top level`,
    help: 'write options: and under it what every command gets, or the name of a command and its options; if the file is something else, rename it',
  },
  'config-file-key': {
    code: 'ARB582',
    severity: 'error',
    message: ({ name, what }: { name: string; what: string }) => `${name} is not ${what} that the file can set`,
    helpFor: ({ name, close, isOfCommandLine }: Close & { name: string; isOfCommandLine: boolean }) =>
      isOfCommandLine ? `pass --${name} on the command line` : didYouMean(close),
  },
  'config-file-value': {
    code: 'ARB583',
    severity: 'error',
    message: ({ option, reason }: { option: string; reason: string }) =>
      `the value of ${option} is not valid: ${reason}`,
  },
  'documented-setting': {
    code: 'ARB595',
    severity: 'warning',
    message: ({ key, version, says }: { key: string; version: string; says: string }) =>
      `these values set ${key}, and chart ${version} was not read: it is documented that ${says}, which is not part of this answer`,
    help: 'render them with that chart, and compare the Role and the ClusterRole with the plan',
    helpFor: ({ source }: { source: string }) =>
      `render them with that chart, and compare the Role and the ClusterRole with the plan; documented at ${source}`,
  },
  'variable-too-long': {
    code: 'ARB577',
    severity: 'note',
    message: ({ variable }: { variable: string }) =>
      `references to other variables make ${variable} longer than is read (128 Ki characters, 4 Mi in one container); such variables count as unknown`,
  },
  'variables-unknown': {
    code: 'ARB593',
    severity: 'note',
    message: ({ object, names }: { object: string; names: readonly string[] }) =>
      `Flux replaces ${names.join(', ')} in ${object}, and the input does not say by what`,
    help: 'set them with --substitute NAME=VALUE, or pass what flux build kustomization prints',
  },
  'post-renderers': {
    code: 'ARB594',
    severity: 'warning',
    message: ({ object }: { object: string }) =>
      `the postRenderers of ${object} may change what the chart renders, and were not applied`,
    help: 'check what is deployed: helm get manifest NAME -n NAMESPACE | alloy-rbac check -',
  },
  'not-rendered': {
    code: 'ARB596',
    severity: 'error',
    message: ({ path, what }: { path: string; what: string }) =>
      `${path} is ${what}: it has to be rendered before it can be read`,
    help: 'pass what the tool makes of it',
    helpFor: ({ command }: { command: string }) => passing(command),
  },
  'otel-engine': {
    code: 'ARB599',
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `${name} runs the OpenTelemetry engine of Alloy, and what its pipelines need is not covered`,
    help: 'grant what the documentation of the components in its pipelines asks for; an Alloy configuration in its alloyengine extension is read',
  },
  'manifests-elsewhere': {
    code: 'ARB598',
    severity: 'warning',
    message: ({ objects, what }: { objects: readonly string[]; what: string }) =>
      `${objects.join(', ')} ${objects.length === 1 ? 'deploys' : 'deploy'} ${what}, which ${objects.length === 1 ? 'is' : 'are'} not rendered here`,
    help: 'render what it deploys: argocd app manifests NAME | alloy-rbac check -',
  },
  'no-such-workload': {
    code: 'ARB561',
    severity: 'error',
    message: ({ workload, names }: { workload: string; names: string }) =>
      `the input contains no workload ${workload}; it contains ${names}`,
    help: 'select one of them with --workload',
  },
  'several-workloads': {
    code: 'ARB562',
    severity: 'error',
    message: ({ names }: { names: string }) => `the input contains several configurations: ${names}`,
    help: 'select one of them with --workload, for denied the one that wrote the log; generate takes all of them with --all',
  },
  'values-beyond-reach': {
    code: 'ARB597',
    severity: 'warning',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `the values of ${name} belong to ${owner}, which neither another values file nor a patch reaches`,
    help: 'add them there, to the values that are there already',
  },
  'pod-security': {
    code: 'ARB563',
    severity: 'note',
    message: ({ level, lists }: { level: string; lists: readonly string[] }) =>
      `the strictest Pod Security Standard that allows the pod is ${level}; ${lists.join('; ')}`,
    helpFor: ({ level }: { level: string }) => `label the namespace with pod-security.kubernetes.io/enforce: ${level}`,
  },
  'separate-instance': {
    code: 'ARB564',
    severity: 'note',
    message: ({ components, level, grants }: { components: readonly string[]; level: string; grants: number }) =>
      `without ${components.join(', ')}, the pod would meet the ${level} standard, and ${grants} ${grants === 1 ? 'grant' : 'grants'} would be kept apart from what reaches the node`,
    help: 'run them in a separate instance, with the components that receive their data',
  },
  'low-port': {
    code: 'ARB565',
    severity: 'note',
    message: ({ port, component }: { port: string; component: string }) =>
      `${component} listens on ${port}, so the container runs as root with NET_BIND_SERVICE`,
    help: 'listen on port 1024 or higher, which alloy.extraPorts can map; or lower net.ipv4.ip_unprivileged_port_start, a safe sysctl, with global.podSecurityContext.sysctls; either one avoids root',
  },
  'autopilot-rejects': {
    code: 'ARB566',
    severity: 'warning',
    message: ({
      what,
      components,
      constraint,
    }: {
      what: readonly string[]
      components: readonly string[]
      constraint: string
    }) =>
      `GKE Autopilot rejects ${what.join(', ')} (${components.length === 0 ? 'no component needs it' : components.join(', ')}): ${constraint}`,
    help: 'run it on a Standard cluster, or under a WorkloadAllowlist; the cluster option --workload-policies=allow-net-admin allows NET_ADMIN',
  },
  'autopilot-denies': {
    code: 'ARB576',
    severity: 'warning',
    message: ({ grants, components }: { grants: readonly string[]; components: readonly string[] }) =>
      `GKE Autopilot denies ${grants.join(' · ')} (${components.join(', ')}) to every workload: nodes/proxy is managed there, and no role changes that`,
    help: 'discover the pods of the own node with discovery.kubernetes and a field selector on spec.nodeName, request only kubelet paths for which nodes/metrics or another fine-grained permission is enough, or let Google Cloud Managed Service for Prometheus collect the metrics of kubelets',
  },
  'autopilot-accepts': {
    code: 'ARB567',
    severity: 'note',
    message: (_: Record<never, never>) => 'GKE Autopilot would accept this pod',
  },
  'selinux-type': {
    code: 'ARB568',
    severity: 'note',
    message: ({ type }: { type: string }) =>
      `the default SELinux type of containers cannot reach what this pod needs on the node, so its SecurityContextConstraints set ${type}; this was not tried on a cluster`,
    help: 'try it on one node first; if the policy of your nodes has a narrower type, set that one in seLinuxContext',
  },
  listens: {
    code: 'ARB569',
    severity: 'note',
    message: ({ ports, port, clustered }: { ports: readonly string[]; port: number; clustered: boolean }) =>
      `the NetworkPolicy allows ${ports.length === 0 ? 'no ports of components' : ports.join(', ')}, and ${clustered ? `lets the members of the Alloy cluster reach Alloy's HTTP server on ${port}` : `lets no one reach Alloy's HTTP server on ${port}, which nothing in the configuration needs from other pods`}`,
    help: 'if something scrapes the metrics of Alloy itself, allow it too; alloy.listenAddr: 127.0.0.1 would also close the server, but then the readiness probe of the chart fails',
  },
  'probe-cannot-reach': {
    code: 'ARB570',
    severity: 'warning',
    message: ({ address }: { address: string }) =>
      `alloy.listenAddr is ${address}, where the readiness probe of the chart cannot reach Alloy, so no pod becomes ready`,
    help: 'leave it at 0.0.0.0 and close the server with --network-policy; from chart 1.2.1 on, alloy.enableHttpServerPort: false removes the probe',
  },
  'policy-on-host-network': {
    code: 'ARB571',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'the pod uses the host network, where most network plugins ignore a NetworkPolicy',
    help: 'close the ports in the firewall of the node',
  },
  'extra-objects-not-supported': {
    code: 'ARB572',
    severity: 'warning',
    message: ({ version, kinds }: { version: string; kinds: readonly string[] }) =>
      `chart ${version} has no extraObjects, so its values cannot carry ${kinds.join(' and ')}`,
    help: 'use --format manifests, or chart 0.11.0 or later',
  },
  'policies-add-up': {
    code: 'ARB573',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'networkPolicy.enabled is true, and what the policy of the chart allows is allowed whatever this policy says',
    help: 'set networkPolicy.enabled: false',
  },
  'secret-repeated': {
    code: 'ARB574',
    severity: 'warning',
    message: ({ names }: { names: readonly string[] }) =>
      `the document repeats the Secret ${names.join(', ')} from extraObjects with its data: Helm replaces lists, so anything left out would be lost`,
    help: 'protect the document like the values, or remove the Secret from extraObjects',
  },
  'name-lost-by-helm': {
    code: 'ARB578',
    severity: 'warning',
    message: ({ names }: { names: readonly string[] }) =>
      `Helm cannot pass on ${names.join(', ')}: the values leave ${names.length === 1 ? 'it' : 'them'} out`,
    help: 'correct the name or the path: no object of Kubernetes can have a control character or a line separator in its name',
  },
  'text-lost-by-helm': {
    code: 'ARB579',
    severity: 'warning',
    message: ({ texts }: { texts: readonly string[] }) =>
      `Helm cannot pass on ${texts.join(', ')}, and leaves out or changes the whole list or object of the values that contains it`,
    help: 'use a name without control characters, or generate --format manifests',
  },
  'link-not-followed': {
    code: 'ARB575',
    severity: 'note',
    message: ({ path }: { path: string }) => `${path} is a link that leaves the folder of the input, and was not read`,
    help: 'follow it with --allow-outside',
    helpFor: ({ inChart = false }: { inChart?: boolean }) => (inChart ? 'name what it leads to' : null),
  },
  'host-path-chosen': {
    code: 'ARB585',
    severity: 'note',
    message: ({ components, hostPath, mountPath }: MountNeed) =>
      `${components.join(', ')} reads ${mountPath}, where nothing is mounted, so ${hostPath} of the node is mounted there`,
    help: 'if the files are not those of the node, mount a ConfigMap, a Secret or a claim at that path or above it in your values; it is kept as it is',
  },
  'host-path-unneeded': {
    code: 'ARB586',
    severity: 'note',
    message: ({ hostPath, by, isKept }: { hostPath: string; by: string; isKept: boolean }) =>
      isKept
        ? `nothing that is known of the configuration needs ${hostPath} of the node (${by}); it stays, because not everything is known`
        : `nothing in the configuration needs ${hostPath} of the node (${by}), so the output no longer mounts it`,
  },
  'other-folder-mounted': {
    code: 'ARB587',
    severity: 'warning',
    message: ({ components, hostPath, mountPath, found, by }: MountNeed & { found: string; by: string }) =>
      `${components.join(', ')} looks for ${hostPath} of the node at ${mountPath}, where ${found} of the node is mounted (${by})`,
    help: 'what you mount stays; mount the folder that is looked for instead, or let the configuration look elsewhere',
  },
  'host-path-broad': {
    code: 'ARB588',
    severity: 'warning',
    message: ({ hostPath, by, instead }: { hostPath: string; by: string; instead: readonly string[] }) =>
      `${hostPath} of the node (${by}) shows more than the configuration needs, and stays as you mount it; ${instead.join(' and ')} would do`,
  },
  'mount-below-read-only': {
    code: 'ARB589',
    severity: 'warning',
    message: ({ path, folder }: { path: string; folder: string }) =>
      `a volume is mounted at ${path}, below ${folder}, which is mounted read-only: the container starts only if ${path} exists there`,
    help: 'create it on the node, or mount the volume somewhere else',
  },
  'written-on-the-node': {
    code: 'ARB592',
    severity: 'note',
    message: ({ hostPath, mountPath }: { hostPath: string; mountPath: string }) =>
      `what is written to ${mountPath}, such as positions, is kept in ${hostPath} of the node and outlives the pod; that is your choice, and it stays`,
    help: 'an emptyDir in its place would need no folder of the node, and would forget the positions with the pod',
  },
  'windows-left-alone': {
    code: 'ARB591',
    severity: 'note',
    message: () =>
      'the pod runs on Windows, so users, capabilities, profiles and volumes stay as your values have them; the rights are for any system',
  },
  'volume-not-writable': {
    code: 'ARB590',
    severity: 'error',
    message: ({ components, path, mountPath }: { components: readonly string[]; path: string; mountPath: string }) =>
      `${components.join(', ')} writes to ${path}, but no container can write to the volume that your values mount at ${mountPath}`,
    help: 'mount an emptyDir or a claim there, or choose another path',
  },
} as const satisfies Record<string, Entry>
