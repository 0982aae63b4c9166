import type { Entry } from '../entry.ts'

/** Stage 4: what an installer has to hold. */
export const installerEntries = {
  'installer-of-aggregation': {
    code: 'ARB470',
    severity: 'warning',
    message: ({ name }: { name: string }) =>
      `the ClusterRole ${name} gathers other roles, and Kubernetes lets only accounts that may do everything install such a role`,
    help: 'list the rules in the role instead of gathering them',
  },
  'installer-role-unknown': {
    code: 'ARB471',
    severity: 'error',
    message: ({ kind, name, binding }: Record<'kind' | 'name' | 'binding', string>) =>
      `${binding} gives the ${kind} ${name}, which is not in the input, so what its installer has to hold is not known`,
    help: 'add the role to the input',
  },
  'installer-role-lacks': {
    code: 'ARB472',
    severity: 'error',
    message: ({ role, object, kind, rules }: Record<'role' | 'object' | 'kind' | 'rules', string>) =>
      kind === 'hand-out'
        ? `installing this with ${role} fails: ${object} is forbidden: attempting to grant RBAC permissions not currently held: ${rules}`
        : `installing this with ${role} fails: ${object} is forbidden: ${rules}`,
  },
  'installer-of-full-control': {
    code: 'ARB473',
    severity: 'warning',
    message: ({ object }: { object: string }) =>
      `${object} hands out verbs on roles with which its holder can give itself every right of the cluster; the printed role does not hold them, so it cannot install this object`,
    help: 'give the holder the rights that it hands out instead, as installer --for operator prints them, or have an administrator install this object',
  },
  'installer-namespace-unknown': {
    code: 'ARB474',
    severity: 'error',
    message: () => 'the namespace that this is installed in is not known',
    help: 'pass --namespace NAME',
  },
  'installer-release-unknown': {
    code: 'ARB475',
    severity: 'note',
    message: () =>
      'the input does not say what the release is called, so the role allows every name of each kind that is installed',
    help: 'pass the rendered chart to name the objects: helm template RELEASE …',
  },
  'installer-role-empty': {
    code: 'ARB476',
    severity: 'error',
    message: ({ path }: { path: string }) => `${path} contains no Role and no ClusterRole`,
  },
  'installer-kind-unknown': {
    code: 'ARB477',
    severity: 'note',
    message: ({ kind, resource }: { kind: string; resource: string }) =>
      `${kind} is not a kind that is known: it is taken for ${resource}`,
    help: 'add its CustomResourceDefinition to the input',
  },
  'installer-object-unrendered': {
    code: 'ARB478',
    severity: 'warning',
    message: () => 'only Helm can render this object, so the role does not cover it',
    help: 'pass the rendered chart: helm template … | alloy-rbac installer - --for helm',
  },
} as const satisfies Record<string, Entry>
