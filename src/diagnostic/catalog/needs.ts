import type { Entry } from '../entry.ts'
import { forObjects, numbered } from '../objects-in-words.ts'
import { narrowedBy } from './wording.ts'

/** What is said of the objects that a component reads. */
export interface ObjectsNote {
  readonly component: string
  readonly kind: string
  readonly count: number
  readonly rules: readonly string[]
}

/** Stage 3: what the needs of a configuration depend on. */
export const needsEntries = {
  'newer-kernel-assumed': {
    code: 'ARB370',
    severity: 'note',
    message: ({ component, range, privileges }: { component: string; range: string; privileges: readonly string[] }) =>
      `on Linux ${range}, ${component} also needs ${privileges.join(', ')}; nodes are assumed to run a newer kernel`,
    help: 'set the oldest kernel of your nodes with --kernel',
  },
  'port-unknown': {
    code: 'ARB371',
    severity: 'note',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `the port in ${argument} of ${component} is known only at run time; it is assumed to be 1024 or higher, and no NetworkPolicy allows it`,
    help: 'write the port in the configuration, or set it with --env or --arg',
  },
  'host-path-unknown': {
    code: 'ARB372',
    severity: 'warning',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `the path in ${argument} of ${component} is known only at run time; nothing is mounted for it`,
    help: 'write the path in the configuration, set it with --env or --arg, or mount it with alloy.mounts.extra',
  },
  'privilege-only-possible': {
    code: 'ARB373',
    severity: 'note',
    message: ({
      argument,
      component,
      privileges,
    }: {
      argument: string
      component: string
      privileges: readonly string[]
    }) =>
      `${argument} of ${component} is known only at run time; some values would need ${privileges.join(', ')}, not included in the plan`,
    helpFor: narrowedBy,
  },
  'host-path-moved': {
    code: 'ARB374',
    severity: 'warning',
    message: ({ component, path, place }: { component: string; path: string; place: string }) =>
      `${component} reads files in ${path}, where the container needs its own files; the files of the host are mounted at ${place}`,
    help: 'change the configuration to read them there, or use a subfolder that can be mounted on its own',
  },
  'system-folder-written': {
    code: 'ARB375',
    severity: 'warning',
    message: ({ component, path }: { component: string; path: string }) =>
      `${component} writes to ${path}, where the container needs its own files and no volume can be mounted; the container runs as root with a writable root file system`,
    help: 'make it write to a separate folder, such as /run/alloy',
  },
  'mounts-collide': {
    code: 'ARB376',
    severity: 'error',
    message: ({
      components,
      paths,
      mountPath,
    }: Record<'components' | 'paths', readonly string[]> & { mountPath: string }) =>
      `${paths.join(' and ')} of the host are needed at ${mountPath} of the container by ${components.join(', ')}, but only one of them can be mounted there`,
    help: 'use a different path for each of them',
  },
  'component-not-started': {
    code: 'ARB377',
    severity: 'note',
    message: ({ component }: { component: string }) =>
      `${component} hands on nothing, for its block output names no consumer: Alloy never starts it, and it needs nothing`,
    help: 'name a consumer in its block output, or remove the component',
  },
  'narrowed-to-objects': {
    code: 'ARB378',
    severity: 'note',
    message: ({ component, kind, count, rules }: ObjectsNote) =>
      `what ${component} needs (#${rules.join(', #')}) is narrowed ${forObjects({ count })} (${kind}), and there are no others`,
  },
  'narrowed-to-known-objects': {
    code: 'ARB379',
    severity: 'note',
    message: ({ component, kind, count, rules }: ObjectsNote) =>
      `what ${component} needs (#${rules.join(', #')}) is narrowed ${forObjects({ count })} (${kind}); others may need more`,
    help: 'pass --objects-complete if the cluster has no others',
  },
  'objects-not-passed': {
    code: 'ARB380',
    severity: 'note',
    message: ({ component, kind, count, rules }: ObjectsNote) =>
      `the input contains ${numbered(count, kind)} that ${component} may read: as objects of the cluster, ${count === 1 ? 'it' : 'they'} would narrow what it needs (#${rules.join(', #')})`,
    help: 'pass the file with --objects too, or --objects-complete if the cluster has no others',
  },
  'no-objects': {
    code: 'ARB381',
    severity: 'warning',
    message: ({ path }: { path: string }) => `${path} contains no Kubernetes objects, so it narrows nothing`,
    help: 'pass what kubectl get -o yaml prints, or a folder of manifests',
  },
  'namespaces-would-do': {
    code: 'ARB382',
    severity: 'note',
    message: ({ component, kind, namespaces }: { component: string; kind: string; namespaces: readonly string[] }) =>
      `${component} lists every ${kind} of the cluster, which requires a ClusterRole, while those it reads are in ${namespaces.join(', ')}`,
    helpFor: ({ everywhere, namespaces }: { everywhere: string; namespaces: readonly string[] }) =>
      `set ${everywhere} = [${namespaces.map(each => JSON.stringify(each)).join(', ')}] to replace it with Roles there`,
  },
  'object-without-namespace': {
    code: 'ARB383',
    severity: 'note',
    message: ({ object, component }: { object: string; component: string }) =>
      `${object} names no known namespace, so what it needs is granted wherever ${component} looks for it`,
    help: 'set metadata.namespace, or pass the object as kubectl get -o yaml prints it',
  },
  'objects-kustomized': {
    code: 'ARB386',
    severity: 'warning',
    message: ({ path, keys }: { path: string; keys: readonly string[] }) =>
      `${path} changes objects (${keys.join(', ')}), so the cluster may have others than those that are read here`,
    help: 'pass what kustomize build prints',
  },
  'token-to-other-path': {
    code: 'ARB385',
    severity: 'note',
    message: ({ object, component, path }: { object: string; component: string; path: string }) =>
      `${object} has ${component} send the service account's token to ${path}, which is not granted; the server answers 403 if it checks its clients with the API server`,
    help: 'if it does, grant get on that URL in a ClusterRole of your own',
  },
  'objects-not-read': {
    code: 'ARB384',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'some of the objects could not be read, so they are not taken for all there are',
    help: 'fix what could not be read, or pass what kubectl get -o yaml prints',
  },
} as const satisfies Record<string, Entry>
