import type { Unknown } from '../evaluate/value/value.ts'
import { type Branch, branchesOf } from './branches.ts'
import { concat, fits, literal, type Text } from './label-text.ts'
import { listOf, splitTop } from './match.ts'
import type { Choice, PartialRule } from './partial-rule.ts'

/** The choices that are left of one after it has matched: what was unknown is then what the expression allows. */
export function narrowed(
  rule: PartialRule,
  { texts, joined }: Choice,
  unknownText: Unknown,
): readonly Choice['texts'][] {
  const { regex, separator, sourceLabels } = rule
  if (literal(joined) !== null || regex === null || sourceLabels === null || texts === null) return [texts]
  if (sourceLabels.length === 1) return matching(regex, joined, unknownText).map(each => [each])
  const list = listOf(regex)
  // A list element tells the labels apart only where it holds the separator as often as the sources are joined by it.
  const fitting = (list ?? []).filter(each => fits(joined, each))
  const isApart = (each: string): boolean => separator !== null && each.split(separator).length === sourceLabels.length
  if (list && separator?.length === 1 && fitting.every(isApart))
    return fitting.map(each => each.split(separator).map(part => concat([part])))
  return list ? [texts] : apart({ ...rule, regex, sourceLabels }, texts, unknownText)
}

/** The texts that are left of one label. */
function matching(regex: string, text: Text, unknownText: Unknown): readonly Text[] {
  if (literal(text) !== null) return [text]
  const list = listOf(regex)
  if (list) return list.filter(each => fits(text, each)).map(each => concat([each]))
  // Whose namespace or token it is would be lost.
  if (text.some(part => typeof part === 'object' && (part.isOwnNamespace === true || part.token === true)))
    return [text]
  return branchesOf(regex)?.flatMap(branch => shaped(branch, text, unknownText)) ?? [text]
}

/** A text that has matched a branch begins and ends as the branch does. */
function shaped({ elements }: Branch, text: Text, unknownText: Unknown): readonly Text[] {
  const gap = elements.findIndex(each => typeof each !== 'string')
  if (gap === -1) return fits(text, elements.join('')) ? [concat([elements.join('')])] : []
  const lastGap = elements.findLastIndex(each => typeof each !== 'string')
  const [before, after] = [elements.slice(0, gap).join(''), elements.slice(lastGap + 1).join('')]
  const [first, last] = [text[0], text.at(-1)]
  const [start, end] = [typeof first === 'string' ? first : '', typeof last === 'string' ? last : '']
  if (!(start.startsWith(before) || before.startsWith(start)) || !(end.endsWith(after) || after.endsWith(end)))
    return []
  const filled = elements.some(each => typeof each !== 'string' && each.nonEmpty)
  if (start.startsWith(before) && end.endsWith(after)) {
    const [part, ...others] = text
    return [filled && others.length === 0 && typeof part === 'object' ? [{ ...part, nonEmpty: true }] : text]
  }
  return [concat([before, filled ? { ...unknownText, nonEmpty: true } : unknownText, after])]
}

/** Names of Kubernetes objects hold letters, digits, dots and dashes, so none of these separators. */
const isName = (label: string): boolean => /^__meta_kubernetes_(namespace|\w+_name)$/.test(label)

/**
 * Narrows each label by its part of an expression that holds the separator between them: from either side up to the first part that is
 * more than a list of texts, and that part too where it is the only one.
 */
function apart(
  {
    regex,
    separator,
    sourceLabels,
  }: PartialRule & { readonly regex: string; readonly sourceLabels: readonly string[] },
  texts: readonly Text[],
  unknownText: Unknown,
): readonly Choice['texts'][] {
  if (separator === null || !/^[;,@#~:/ ]$/.test(separator) || splitTop(regex, '|').length > 1) return [texts]
  const pieces = splitTop(regex.replace(/^\^|\$$/g, ''), separator)
  if (pieces.length !== sourceLabels.length || !sourceLabels.every(isName)) return [texts]
  const isList = (piece: string): boolean => listOf(piece)?.every(each => !each.includes(separator)) === true
  const others = pieces.filter(piece => !isList(piece))
  const [from, to] = [pieces.findIndex(each => !isList(each)), pieces.findLastIndex(each => !isList(each))]
  const left = texts.map((text, at): readonly Text[] => {
    const isTold = at < from || at > to || others.length === 1
    return isTold ? matching(pieces[at] ?? '', text, unknownText) : [text]
  })
  let found: readonly (readonly Text[])[] = [[]]
  for (const each of left) found = found.flatMap(before => each.map(text => [...before, text]))
  return found
}
