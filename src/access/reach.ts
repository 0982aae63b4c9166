import type { Subject } from '../kubernetes/rule.ts'
import type { BindingObject } from './object.ts'

/** Stands for the namespace that Alloy runs in, where the input does not say which one that is. */
export const ownNamespace = '.'

/** The service account that a workload runs as. */
export interface Identity {
  readonly name: string
  /** Null: the input does not say where the workload runs. */
  readonly namespace: string | null
}

/**
 * How a binding reaches an account: `account`, the name of a group, `depends` on the namespace that the input does not say, or not at
 * all.
 */
export type Reach =
  | { readonly kind: 'account' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'depends'; readonly namespace: string }
  | null

const prefix = 'system:serviceaccount:'
const everyGroup = ['system:authenticated', 'system:serviceaccounts']

/** The closest way in which a binding reaches an account: by its name, by a group, or perhaps. */
export function reachOf(binding: BindingObject<unknown>, identity: Identity): Reach {
  const found = binding.subjects.map(subject => subjectReach(subject, binding, identity))
  const kinds = ['account', 'group', 'depends'] as const
  for (const kind of kinds) {
    const reach = found.find(each => each?.kind === kind)
    if (reach) return reach
  }
  return null
}

/** Stands for the accounts of a group. */
export const anyAccount = '*'

/** The name of the accounts that a subject may be; `anyAccount` for a group. */
export function accountOf({ kind, name }: Subject): string {
  if (kind === 'ServiceAccount') return name
  return kind === 'User' ? (name.split(':')[3] ?? '') : anyAccount
}

function subjectReach(subject: Subject, binding: BindingObject<unknown>, identity: Identity): Reach {
  switch (subject.kind) {
    case 'ServiceAccount':
      if (subject.name !== identity.name) return null
      return inNamespace(subject.namespace || binding.namespace, identity, { kind: 'account' })
    case 'User': {
      const [namespace = '', name] = subject.name.startsWith(prefix) ? subject.name.slice(prefix.length).split(':') : []
      return name === identity.name ? inNamespace(namespace, identity, { kind: 'account' }) : null
    }
    case 'Group': {
      const group = subject.name
      if (everyGroup.includes(group)) return { kind: 'group', group }
      const [namespace] = /(?<=^system:serviceaccounts:).+$/s.exec(group) ?? []
      return namespace === undefined ? null : inNamespace(namespace, identity, { kind: 'group', group })
    }
    default:
      return null
  }
}

/** A namespace that is left out is filled in by the user who applies the objects, alike in all of them. */
function inNamespace(namespace: string | null, identity: Identity, reach: Reach): Reach {
  if (namespace === null || namespace === ownNamespace || namespace === identity.namespace) return reach
  return identity.namespace === null ? { kind: 'depends', namespace } : null
}
