/** A map of a document. */
export interface Tree {
  [key: string]: unknown
}

/** Says whether a value is a map. */
export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** JSON merge patch (RFC 7386), by which kustomize and kubectl patch what they have no schema for: a list is replaced, null deletes. */
export function patched(target: unknown, patch: unknown): unknown {
  if (!isTree(patch)) return patch
  const result: Tree = isTree(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = patched(result[key], value)
  }
  return result
}

/** Helm lays values over each other: maps merge, all else replaces. */
export function laid(under: unknown, over: unknown): unknown {
  if (!isTree(under) || !isTree(over)) return over
  const result: Tree = { ...under }
  for (const [key, value] of Object.entries(over)) result[key] = key in result ? laid(result[key], value) : value
  return result
}

/** What is at a path, written `spec.values`. */
export const treeAt = (tree: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (isTree(inner) ? inner[key] : undefined), tree)
