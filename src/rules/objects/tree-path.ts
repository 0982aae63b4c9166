import type { Scalar, Tree } from '../../input/yaml/tree.ts'

/** Everything at a path of an object: `spec.endpoints[].port`, where `[]` leads through a list and `*` through all keys of a map. */
export function atPath(tree: Tree, path: string): readonly Tree[] {
  let found: readonly Tree[] = [tree]
  for (const step of path.split(/\.|(?=\[\])/)) found = found.flatMap(each => below(each, step))
  return found.filter(each => each.kind !== 'scalar' || each.value !== null)
}

function below(tree: Tree, step: string): readonly Tree[] {
  if (step === '[]') return tree.kind === 'list' ? tree.items : []
  if (tree.kind !== 'map') return []
  if (step === '*') return [...tree.entries.values()].map(({ value }) => value)
  const entry = tree.entries.get(step)
  return entry ? [entry.value] : []
}

/** Says whether something of any worth is at a path: not the empty text, which stands for nothing. */
export const isSetAt = (tree: Tree, path: string): boolean =>
  atPath(tree, path).some(each => each.kind !== 'scalar' || each.value !== '')

/** The name of an object or a namespace; null where it is not known, as behind a variable or a template action. */
export function nameOf({ value, variables = [] }: Scalar): string | null {
  return variables.length === 0 && typeof value === 'string' && isName(value) ? value : null
}

/** Says whether a text can be the name of an object. */
export const isName = (text: string): boolean => text.length <= 253 && /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(text)
