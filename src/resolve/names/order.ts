/** Nodes in an order in which everything a node depends on comes before it, and the cycles that forbid one. */
export interface Order<T> {
  readonly order: readonly T[]
  /** Each cycle once, in the order of its references. */
  readonly cycles: readonly (readonly T[])[]
}

/** Sorts by dependency, depth first in the given order; without recursion, for chains may be long. */
export function inDependencyOrder<T>(nodes: readonly T[], dependencies: (node: T) => readonly T[]): Order<T> {
  const order: T[] = []
  const cycles: (readonly T[])[] = []
  const state = new Map<T, 'open' | 'done'>()
  for (const root of nodes) {
    if (state.has(root)) continue
    const path: { node: T; rest: T[] }[] = [{ node: root, rest: [...dependencies(root)].reverse() }]
    state.set(root, 'open')
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.pop()
      if (next === undefined) {
        state.set(top.node, 'done')
        order.push(top.node)
        path.pop()
      } else if (state.get(next) === 'open') {
        cycles.push(path.slice(path.findIndex(({ node }) => node === next)).map(({ node }) => node))
      } else if (!state.has(next)) {
        state.set(next, 'open')
        path.push({ node: next, rest: [...dependencies(next)].reverse() })
      }
    }
  }
  return { order, cycles }
}
