import { equalJson, type Json } from '../../../chart/json.ts'
import { hasError } from '../../../diagnostic/diagnostic.ts'
import { readYaml } from '../../../input/yaml/parse-yaml.ts'
import { type Data, data, get, type Tree } from '../../../input/yaml/tree.ts'
import { grantKey } from '../../../kubernetes/grant.ts'
import { grantsOf, type PolicyRule } from '../../../kubernetes/rule.ts'
import type { Source } from '../../../source.ts'
import { type RuleList, ruleLists } from '../audited-chart.ts'
import { editValues, type ValuesEdit } from './edit-values.ts'

/**
 * A values file with the rules of its charts trimmed where they are written. What was made is read again: the lists must hold exactly
 * what was to stay, and everything else what it held. Null where an anchor or the layout does not allow for that.
 */
export function trimFile(source: Source, edits: readonly ValuesEdit[]): string | null {
  const text = editValues(source, edits)
  if (text === null || text === source.text) return text
  const [before, after] = [source, { ...source, text }].map(firstDocument)
  if (!before || !after) return null
  const isRight = edits.every(edit => ruleLists.every(list => holds(after, edit, list)))
  return isRight && equalJson(withoutLists(before, edits), withoutLists(after, edits)) ? text : null
}

function firstDocument(source: Source): Tree | null {
  const { value, diagnostics } = readYaml(source)
  return hasError(diagnostics) ? null : (value[0] ?? null)
}

/** Says whether a list grants what was to stay of it: rule by rule where that is whole. */
function holds(tree: Tree, edit: ValuesEdit, list: RuleList): boolean {
  const wanted = edit.lists[list].filter(({ block }) => block.span !== null)
  if (wanted.every(({ isWhole }) => isWhole)) return true
  const found = get(tree, ...edit.at, 'rbac', list)
  const items = found?.kind === 'list' ? (data(found) as readonly Data[]) : null
  if (items === null) return false
  const rules = items.filter(isRule)
  const repeated = edit.repeated?.list === list ? [edit.repeated.rule] : []
  return equalJson(keysOf(rules), keysOf([...wanted.flatMap(each => each.rules), ...repeated]))
}

const isRule = (item: Data): item is Data & PolicyRule =>
  typeof item === 'object' && item !== null && 'verbs' in item && Array.isArray(item['verbs'])

const keysOf = (rules: readonly PolicyRule[]): Json =>
  rules.map(rule => grantsOf(rule, null).map(grantKey).toSorted().join('\n')).toSorted()

/** What the file holds beside the lists that are edited. */
function withoutLists(tree: Tree, edits: readonly ValuesEdit[]): Json {
  const paths = new Set(edits.flatMap(({ at }) => ruleLists.map(list => JSON.stringify([...at, 'rbac', list]))))
  const rest = (value: Data, path: readonly string[]): Json => {
    if (paths.has(JSON.stringify(path))) return null
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value as Json
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rest(each, [...path, key])]))
  }
  return rest(data(tree), [])
}
