import { isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments, type YAMLMap, type YAMLSeq } from 'yaml'
import { type PolicyRule, ruleFields } from '../../../kubernetes/rule.ts'
import type { Source } from '../../../source.ts'
import { lineStart } from '../../../source.ts'
import { type RuleList, ruleLists } from '../audited-chart.ts'
import { breakOf, contentEnd, dashOf, elementOf, listEdits, rangeOf, removals } from './list-edits.ts'
import { applyEdits, type TextEdit } from './text-edit.ts'
import { repeatedBecause, type TrimmedLists, type TrimmedRule } from './trimmed-rules.ts'

/** What stays of the rules of a chart whose values a file has. */
export interface ValuesEdit extends TrimmedLists {
  /** Where the file nests the chart's values. */
  readonly at: readonly string[]
}

/**
 * Trims rules where they are written: what goes is cut out of the text with the comments above it, what stays is left as it is. Null
 * where the layout of a list does not allow for that.
 */
export function editValues({ text }: Source, edits: readonly ValuesEdit[]): string | null {
  const documents = parseAllDocuments(text, { uniqueKeys: false })
  const [document] = Array.isArray(documents) ? documents : []
  const made: TextEdit[] = []
  for (const edit of edits)
    for (const list of ruleLists) {
      const rbac = document?.getIn([...edit.at, 'rbac'], true)
      const found = isMap(rbac) ? rbac.get(list, true) : undefined
      const needed = editsOf(text, isSeq(found) ? (found as YAMLSeq<Node>) : null, { edit, list })
      if (needed === null) return null
      for (const each of needed) made.push(each)
      if (isSeq(found) && !found.flow && isEmptied(edit, list, found.items.length))
        made.push(emptyList(text, rbac as YAMLMap<Node, Node>, list))
    }
  return applyEdits(text, made)
}

const isEmptied = ({ lists, repeated }: ValuesEdit, list: RuleList, count: number): boolean =>
  lists[list].length === count && lists[list].every(({ rules }) => rules.length === 0) && repeated?.list !== list

/** A key with nothing behind it would be null. */
function emptyList(text: string, rbac: YAMLMap<Node, Node>, list: RuleList): TextEdit {
  const key = rbac.items.map(item => item.key).find(each => isScalar(each) && each.value === list)
  const colon = text.indexOf(':', key === undefined ? 0 : rangeOf(key).end) + 1
  return { start: colon, end: colon, text: ' []' }
}

function editsOf(
  text: string,
  list: YAMLSeq<Node> | null,
  { edit, list: name }: { readonly edit: ValuesEdit; readonly list: RuleList },
): readonly TextEdit[] | null {
  const changed = edit.lists[name].filter(({ isWhole }) => !isWhole)
  if (changed.length === 0) return []
  if (list === null) return null
  const repeated = edit.repeated?.list === name ? edit.repeated.rule : null
  // The first rule gives its place to the one that is repeated.
  const replaced = repeated === null ? undefined : changed.find(({ rules }) => rules.length === 0)
  const gone = new Set(changed.flatMap(each => (each.rules.length > 0 || each === replaced ? [] : [each.block.index])))
  const edits: (readonly TextEdit[] | null)[] = [removals(text, list, at => !gone.has(at))]
  for (const each of changed) {
    const item = list.items[each.block.index]
    if (!isMap(item)) return null
    const map = item as YAMLMap<Node, Node>
    if (each === replaced && repeated !== null) {
      const made = replacement(text, map, repeated)
      edits.push(made && [made])
    } else if (each.rules.length > 0)
      edits.push(narrowing(text, map, { rules: each.rules, isFlow: list.flow === true }))
  }
  return edits.includes(null) ? null : edits.flatMap(each => each ?? [])
}

/** A rule becomes the first of those that stay of it; the others follow, written as it is. */
function narrowing(
  text: string,
  item: YAMLMap<Node, Node>,
  { rules, isFlow }: { readonly rules: TrimmedRule['rules']; readonly isFlow: boolean },
): readonly TextEdit[] | null {
  const { start } = rangeOf(item)
  const end = contentEnd(text, item)
  const dash = isFlow ? null : dashOf(text, item)
  if (!isFlow && dash === null && rules.length > 1) return null
  const between = dash === null ? ', ' : `${breakOf(text)}${text.slice(lineStart(text, dash), start)}`
  const written: string[] = []
  for (const rule of rules) {
    const edits = ruleEdits(text, item, rule)
    if (edits === null) return null
    const moved = edits.map(each => ({ ...each, start: each.start - start, end: each.end - start }))
    written.push(applyEdits(text.slice(start, end), moved))
  }
  return [{ start, end, text: written.join(between) }]
}

function ruleEdits(text: string, item: YAMLMap<Node, Node>, rule: PolicyRule): readonly TextEdit[] | null {
  const edits: TextEdit[] = []
  for (const field of ruleFields) {
    const wanted = rule[field] ?? []
    const pair = item.items.find(({ key }) => isScalar(key) && key.value === field)
    const value = pair?.value ?? null
    if (value === null ? wanted.length > 0 : wanted.length === 0 && isSeq(value) && value.items.length > 0) return null
    if (value === null) continue
    const found = fieldEdits(text, value, wanted)
    if (found === null) return null
    for (const each of found) edits.push(each)
  }
  return edits
}

function fieldEdits(text: string, value: Node, wanted: readonly string[]): readonly TextEdit[] | null {
  // What an anchor elsewhere holds stays as it is there.
  if (isAlias(value)) return [{ ...rangeOf(value), text: `[${wanted.map(each => JSON.stringify(each)).join(', ')}]` }]
  return isSeq(value) ? listEdits(text, value as YAMLSeq<Node>, wanted) : null
}

/** A rule of the other list in the place of one that goes, and of its comment. */
function replacement(text: string, item: YAMLMap<Node, Node>, rule: PolicyRule): TextEdit | null {
  const lists = ruleFields.flatMap(field => (rule[field] === undefined ? [] : [[field, JSON.stringify(rule[field])]]))
  if (item.flow)
    return { ...rangeOf(item), text: `{${lists.map(([field, list]) => `"${field}": ${list}`).join(', ')}}` }
  const element = elementOf(text, item)
  const dash = dashOf(text, item)
  if (element === null || dash === null) return null
  const lineBreak = breakOf(text)
  const indent = text.slice(lineStart(text, dash), dash)
  const [first = '', ...more] = lists.map(([field, list]) => `${field}: ${list}`)
  const lines = [`# ${repeatedBecause}`, `- ${first}`, ...more.map(line => `  ${line}`)]
  return { ...element, text: lines.map(line => `${indent}${line}${lineBreak}`).join('') }
}
