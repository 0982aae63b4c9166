import type { Variable } from '../configuration.ts'
import { mapAt, scalarAt, type Tree, textAt } from '../yaml/tree.ts'

/** Reads a container's `env` over variables set before it; `open` says that others may be set that are not seen. */
export function environment(
  items: readonly Tree[],
  { before = new Map(), open }: { before?: ReadonlyMap<string, Variable>; open: boolean },
): ReadonlyMap<string, Variable> {
  const env = new Map(before)
  for (const item of items) {
    const name = textAt(item, 'name')
    if (name !== null) env.set(name, variable(item, env, open))
  }
  return env
}

function variable(item: Tree, env: ReadonlyMap<string, Variable>, open: boolean): Variable {
  const from = mapAt(item, 'valueFrom')
  if (from) return fromElsewhere(from)
  const value = scalarAt(item, 'value')?.value ?? ''
  return expand(String(value), env, open)
}

function fromElsewhere(from: Tree): Variable {
  const field = textAt(from, 'fieldRef', 'fieldPath')
  if (field === 'metadata.namespace') return { kind: 'namespace' }
  if (field !== null) return { kind: 'unknown', from: `the field ${field} of the pod` }
  for (const [key, kind] of [
    ['configMapKeyRef', 'ConfigMap'],
    ['secretKeyRef', 'Secret'],
  ] as const) {
    const name = textAt(from, key, 'name')
    if (name !== null) return { kind: 'unknown', from: `the ${kind} ${name}` }
  }
  return { kind: 'unknown', from: 'a resource limit' }
}

/** Kubernetes replaces `$(NAME)` by a variable set before, and leaves it as it is when there is none; `$$` is a dollar sign. */
function expand(text: string, env: ReadonlyMap<string, Variable>, open: boolean): Variable {
  let unknown: Variable | null = null
  const value = text.replace(/\$(?:\$|\(([^()]*)\))/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$'
    const known = env.get(name)
    if (known?.kind === 'literal') return known.value
    if (known)
      unknown ??= known.kind === 'namespace' && text === whole ? known : { kind: 'unknown', from: `$(${name})` }
    else if (open) unknown ??= { kind: 'unknown', from: `$(${name})` }
    return whole
  })
  return unknown ?? { kind: 'literal', value }
}

/** Variables that every release of the chart sets. `HOSTNAME` is the node's name there, not the pod's. */
export const chartEnvironment: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ['ALLOY_DEPLOY_MODE', { kind: 'literal', value: 'helm' }],
  ['HOSTNAME', { kind: 'unknown', from: 'the field spec.nodeName of the pod' }],
])

/** Replaces `$(NAME)` in an argument of a container; null when a variable in it is not known. */
export function expandArgument(text: string, env: ReadonlyMap<string, Variable>, open: boolean): string | null {
  const result = expand(text, env, open)
  return result.kind === 'literal' ? result.value : null
}
