import type { Block } from '#rulemap/charts'
import type { JsonMap } from '../json.ts'
import { policyRule, type Release } from '../release/releases.ts'
import { type Remark, writeYaml } from '../write/write-yaml.ts'

/** The default rules of a release as values, in the style in which this program writes them, so that both compare line by line. */
export function defaultRules(release: Release): string {
  const lists = { rules: release.rules, clusterRules: release.clusterRules }
  const keys = release.configurable ? (['rules', 'clusterRules'] as const) : (['rules'] as const)
  const tree: JsonMap = { rbac: Object.fromEntries(keys.map(key => [key, lists[key].map(policyRule)])) }
  const remarks = keys.flatMap(key =>
    lists[key].map(
      ({ comment }: Block, at): Remark => ({ path: ['rbac', key, at], lines: comment === null ? [] : [comment] }),
    ),
  )
  return writeYaml(tree, { remarks })
}
