import { equalJson, type Json, type JsonMap, setAt, valueAt } from './json.ts'
import { defaultOf, type Release } from './release/releases.ts'
import type { Remark } from './write/write-yaml.ts'

/** What a key of the values should be. */
export interface Setting {
  /** Written `alloy.mounts.extra`. */
  readonly path: string
  readonly value: Json
  readonly remarks: readonly Remark[]
  /** Stated even where it is what the chart has anyway. */
  readonly always?: boolean
}

/** The settings that have to be stated: the release's default says otherwise, or what the user has does. */
export function needed(settings: readonly Setting[], release: Release, complete: JsonMap): readonly Setting[] {
  return settings.filter(
    ({ path, value, always }) =>
      always === true || !equalJson(value, defaultOf(release, path)) || !equalJson(value, valueAt(complete, path)),
  )
}

/**
 * The settings of `alloy` once more where the user's values have them in `agent` too: the chart lays that over `alloy`, except for
 * what is empty.
 */
export function repeatedForAgent(settings: readonly Setting[], user: JsonMap): readonly Setting[] {
  return settings.flatMap(setting => {
    const path = setting.path.replace(/^alloy\./, 'agent.')
    if (path === setting.path || valueAt(user, path) === undefined) return [setting]
    const lines = ['The chart merges agent over alloy.']
    return [setting, { ...setting, path, remarks: [{ path: path.split('.'), lines }] }]
  })
}

/** Sections in the order in which they are read, not in the chart's. */
export const sections: readonly string[] = [
  'rbac',
  'extraObjects',
  'serviceAccount',
  'alloy',
  'agent',
  'global',
  'controller',
  'configReloader',
]

/** Settings as values. */
export function nest(settings: readonly Setting[]): JsonMap {
  const tree: Record<string, Json> = {}
  for (const section of sections) {
    for (const { path, value } of settings) {
      const keys = path.split('.')
      if (keys[0] === section) setAt(tree, keys, value)
    }
  }
  return tree
}
