/** What a collector is recognized by. */
export interface Identity {
  /** `monitoring/daemonset/alloy`, the path at which values nest the chart, or empty for a whole file. */
  readonly name: string
  /** The file that it is in, from the folder that was passed in; empty where a file was. */
  readonly file: string
}

/** A collector of one side or of both. */
export interface Pair<T> {
  readonly old: T | null
  readonly new: T | null
}

/**
 * Finds the collectors of two states that are the same: by name and file, by name where only one of each side has it, by name without
 * the kind of workload. A single collector on each side is the same whatever it is called. The order of the lists does not matter.
 */
export function match<T>(
  old: readonly T[],
  now: readonly T[],
  identityOf: (collector: T) => Identity,
): readonly Pair<T>[] {
  const pairs: Pair<T>[] = []
  let [left, right] = [old, now]
  const join = (keyOf: (identity: Identity) => string | null): void => {
    const [before, after] = [only(left, keyOf, identityOf), only(right, keyOf, identityOf)]
    const found = [...before].flatMap(([key, each]) => {
      const other = after.get(key)
      return other === undefined ? [] : [{ old: each, new: other }]
    })
    for (const pair of found) pairs.push(pair)
    const taken = new Set(found.flatMap(pair => [pair.old, pair.new]))
    left = left.filter(each => !taken.has(each))
    right = right.filter(each => !taken.has(each))
  }
  join(({ file, name }) => `${file}\0${name}`)
  join(({ name }) => name || null)
  join(({ name }) => withoutKind(name))
  if (old.length === 1 && now.length === 1) join(() => '')
  return [...pairs, ...left.map(each => ({ old: each, new: null })), ...right.map(each => ({ old: null, new: each }))]
}

/** Those of a list whose key no other one of the list has. */
function only<T>(
  list: readonly T[],
  keyOf: (identity: Identity) => string | null,
  identityOf: (collector: T) => Identity,
): ReadonlyMap<string, T> {
  const found = new Map<string, T | null>()
  for (const each of list) {
    const key = keyOf(identityOf(each))
    if (key !== null) found.set(key, found.has(key) ? null : each)
  }
  return new Map([...found].flatMap(([key, each]) => (each === null ? [] : [[key, each]])))
}

/** A DaemonSet that became a StatefulSet of the same name is the same collector. */
function withoutKind(name: string): string | null {
  const [, namespace = '', rest] = /^(.*\/)?(?:daemonset|statefulset|deployment)\/([^/]+)$/i.exec(name) ?? []
  return rest === undefined ? null : namespace + rest
}
