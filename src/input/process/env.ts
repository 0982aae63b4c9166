import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { mapAt, scalarAt, type Tree, textAt } from '../yaml/tree.ts'
import type { Variable } from './settings.ts'

/** The longest variable that is told, in units: Linux starts no program that is given a longer one. */
export const longestVariable = 128 * 1024
/** How much text references to variables may add to one container, in units. */
export const mostExpanded = 4 * 1024 * 1024

/** Reads a container's `env` over variables set before it; `open` says that others may be set that are not seen. */
export function environment(
  items: readonly Tree[],
  { before = new Map(), open }: { before?: ReadonlyMap<string, Variable>; open: boolean },
): Outcome<ReadonlyMap<string, Variable>> {
  const env = new Map(before)
  const diagnostics: Diagnostic[] = []
  let left = mostExpanded
  for (const item of items) {
    const name = textAt(item, 'name')
    if (name === null) continue
    const from = mapAt(item, 'valueFrom')
    if (from) {
      env.set(name, fromElsewhere(from))
      continue
    }
    const [variable] = scalarAt(item, 'value')?.variables ?? []
    if (variable) {
      env.set(name, { kind: 'unknown', from: `the variable ${variable.name} of Flux` })
      continue
    }
    const text = String(scalarAt(item, 'value')?.value ?? '')
    const value = expand(text, env, { open, most: Math.min(longestVariable, left) })
    env.set(name, value ?? { kind: 'unknown', from: 'references that make it too long' })
    if (value?.kind === 'literal' && value.value !== text) left -= value.value.length
    if (value === null && diagnostics.length === 0)
      diagnostics.push(diagnostic('variable-too-long', scalarAt(item, 'name')?.span ?? item.span, { variable: name }))
  }
  return { value: env, diagnostics }
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

/**
 * Kubernetes replaces `$(NAME)` by a variable set before, and leaves it as it is when there is none; `$$` is a dollar sign. Null
 * where references make the text longer than `most`.
 */
function expand(
  text: string,
  env: ReadonlyMap<string, Variable>,
  { open, most }: { readonly open: boolean; readonly most: number },
): Variable | null {
  const parts: string[] = []
  let [length, end] = [0, 0]
  let unknown: Variable | null = null
  const add = (part: string): void => {
    length += part.length
    parts.push(part)
  }
  for (const { 0: whole, 1: name, index } of text.matchAll(/\$(?:\$|\(([^()]*)\))/g)) {
    add(text.slice(end, index))
    end = index + whole.length
    const known = name === undefined ? undefined : env.get(name)
    if (name === undefined) add('$')
    else if (known?.kind === 'literal') add(known.value)
    else {
      add(whole)
      if (known?.kind === 'namespace' && text === whole) unknown ??= known
      else if (known || open) unknown ??= { kind: 'unknown', from: `$(${name})` }
    }
    if (length > most) return null
  }
  add(text.slice(end))
  return unknown ?? { kind: 'literal', value: parts.join('') }
}

/** Variables that every release of the chart sets. `HOSTNAME` is the node's name there, not the pod's. */
export const chartEnvironment: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ['ALLOY_DEPLOY_MODE', { kind: 'literal', value: 'helm' }],
  ['HOSTNAME', { kind: 'unknown', from: 'the field spec.nodeName of the pod' }],
])

/** Replaces `$(NAME)` in an argument of a container; null when a variable in it is not known. */
export function expandArgument(text: string, env: ReadonlyMap<string, Variable>, open: boolean): string | null {
  const result = expand(text, env, { open, most: longestVariable })
  return result?.kind === 'literal' ? result.value : null
}
