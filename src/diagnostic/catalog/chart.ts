import type { Entry } from '../entry.ts'
import { passing } from './wording.ts'

/** Stage 5: releases of the chart, and what it can express. */
export const chartEntries = {
  'resource-names-account': {
    code: 'ARB513',
    severity: 'warning',
    message: ({ object, account }: { object: string; account: string }) =>
      `${object} names the account ${account} and roles, and what its controller makes of that is not judged`,
    help: 'add the bindings that it makes to the input: kubectl get rolebindings,clusterrolebindings -A -o yaml',
  },
  'newer-chart': {
    code: 'ARB501',
    severity: 'warning',
    message: ({ version, newest }: { version: string; newest: string }) =>
      `chart ${version} is newer than ${newest}, the newest version that was read, and is treated like that version`,
    help: 'compare the rbac section of its values.yaml with that version, or update alloy-rbac',
  },
  'unread-chart': {
    code: 'ARB512',
    severity: 'note',
    message: ({ version, newest, keys }: { version: string; newest: string; keys: readonly string[] }) =>
      `these values rely on chart ${version} reading ${keys.join(', ')} as ${newest} does`,
    help: 'render them with that chart, and compare the Role, the ClusterRole and the pod with the plan',
  },
  'unknown-chart': {
    code: 'ARB502',
    severity: 'error',
    message: ({ version, oldest, newest }: { version: string; oldest: string; newest: string }) =>
      `${version} is not a release of the grafana/alloy chart; expected a release from ${oldest} to ${newest}`,
    help: 'set a released version with --chart-version',
  },
  'chart-without-rules': {
    code: 'ARB503',
    severity: 'warning',
    message: ({ version, grants }: { version: string; grants: number }) =>
      `chart ${version} hard-codes its rules in the template and has no extraObjects: its values cannot carry the ${grants} ${grants === 1 ? 'grant' : 'grants'}, and grant nothing`,
    help: 'apply the output of --format manifests alongside the release, or use chart 0.11.0 or later',
  },
  'token-always-mounted': {
    code: 'ARB504',
    severity: 'note',
    message: ({ version }: { version: string }) =>
      `nothing needs the service account's token, but chart ${version} mounts it anyway`,
    help: 'use chart 0.12.2 or later, whose values can turn the token off',
  },
  'host-ipc': {
    code: 'ARB505',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'the configuration needs hostIPC, but no release of the chart has a value for it',
    help: 'add hostIPC to the pod with a post-renderer',
  },
  'namespace-not-given': {
    code: 'ARB506',
    severity: 'error',
    message: (_: Record<never, never>) => 'the namespace Alloy runs in is not known, but manifests must name it',
    help: 'set it with --namespace',
  },
  'widened-to-cluster': {
    code: 'ARB507',
    severity: 'note',
    message: ({ grants, lines }: { grants: number; lines: readonly string[] }) =>
      `--scope cluster widens ${grants} ${grants === 1 ? 'grant' : 'grants'} from single namespaces to all namespaces: ${lines.join('; ')}`,
    help: 'omit --scope cluster to grant them only where they are needed',
  },
  'widened-by-defaults': {
    code: 'ARB508',
    severity: 'warning',
    message: ({ version, grants }: { version: string; grants: number }) =>
      `part of the configuration is not known, so the default rules of chart ${version} are granted too: ${grants} more ${grants === 1 ? 'grant' : 'grants'}`,
    help: 'provide the unknown part, or omit --on-unknown defaults',
  },
  'extra-rules-dropped': {
    code: 'ARB509',
    severity: 'note',
    message: ({ grants, lines }: { grants: number; lines: readonly string[] }) =>
      `the values grant ${grants} ${grants === 1 ? 'permission' : 'permissions'} beyond the chart's defaults that the configuration does not need: ${lines.join('; ')}`,
    help: 'keep them with --keep-extra',
  },
  'values-do-not-render': {
    code: 'ARB510',
    severity: 'error',
    message: ({ version, because }: { version: string; because: string }) =>
      `chart ${version} does not render with these values: ${because}`,
    help: 'fix the values you passed',
  },
  'values-make-invalid-pod': {
    code: 'ARB511',
    severity: 'error',
    message: ({ because }: { because: string }) => `these values do not make a valid pod: ${because}`,
    help: 'fix the values you passed',
  },
  'changes-not-applied': {
    code: 'ARB515',
    severity: 'warning',
    message: ({ path, keys }: { path: string; keys: readonly string[] }) =>
      `${keys.join(', ')} of ${path} change the objects that are read, and are not applied here`,
    help: 'pass what kustomize makes of the folder',
    helpFor: ({ command }: { command: string }) => passing(command),
  },
  'release-by-default': {
    code: 'ARB516',
    severity: 'warning',
    message: ({ by, text, assumed }: { by: string; text: string; assumed: string }) =>
      `${by} is ${text}, and the input does not set the variable; its default, ${assumed}, is assumed`,
    help: 'set the variable with --substitute NAME=VALUE',
  },
  'values-overruled': {
    code: 'ARB517',
    severity: 'warning',
    message: ({ owner, names }: { owner: string; names: readonly string[] }) =>
      `parameters of ${owner} come after its values, and set ${names.join(', ')} to something else`,
    help: 'remove these parameters from helm.parameters, or give them the values that are printed',
    helpFor: ({ form }: { form: string }) =>
      form === 'terraform'
        ? 'remove these from set, set_list, and set_sensitive, or give them the values that are printed'
        : null,
  },
  'argument-not-taken': {
    code: 'ARB514',
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `the command line of ${name} has an argument after the path of the configuration, and alloy run takes one only`,
    help: 'pass one path, a file or a folder; a switch takes its value after an equal sign: --cluster.enabled=true',
  },
} as const satisfies Record<string, Entry>
