import type { Reason } from '../rules/requirement.ts'
import { compareText } from '../text/compare-text.ts'

/**
 * Reasons by place, component and rule, each once. What one rule demands of one block in several ways is one reason, certain when
 * one of the ways is, with the evidence of all.
 */
export function joinReasons(reasons: readonly Reason[]): readonly Reason[] {
  const joined = new Map<string, [Reason, ...Reason[]]>()
  for (const reason of [...reasons].sort(compareReasons)) {
    const alike = joined.get(keyOf(reason))
    if (alike) alike.push(reason)
    else joined.set(keyOf(reason), [reason])
  }
  return [...joined.values()].map(joinAlike)
}

/** Reasons as one. What one of them demands whatever is mounted, or whatever objects ask for, all together do. */
function joinAlike(alike: readonly [Reason, ...Reason[]]): Reason {
  const [first, ...others] = alike
  if (others.length === 0) return first
  const { paths: _, objects, ...reason } = first
  const paths = alike.map(each => each.paths)
  const asked = alike.map(each => each.objects?.by)
  return {
    ...reason,
    evidence: union(alike.map(each => each.evidence)),
    ...(paths.every(each => each !== undefined) && { paths: union(paths) }),
    ...(objects && asked.every(each => each !== undefined) && { objects: { ...objects, by: union(asked) } }),
  }
}

/** The components that give reasons, each once, in order. */
export const componentsOf = (reasons: readonly Reason[]): readonly string[] =>
  [...new Set(reasons.map(({ component }) => component))].sort(compareText)

const keyOf = ({ component, rule, span }: Reason): string =>
  [component, rule, span.source.path, span.start, span.end].join('\0')

/** Of two reasons that become one the certain one comes first, and stays. */
function compareReasons(a: Reason, b: Reason): number {
  return (
    compareText(a.span.source.path, b.span.source.path) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareText(a.component, b.component) ||
    compareText(a.rule, b.rule) ||
    Number(a.certainty === 'assumed') - Number(b.certainty === 'assumed') ||
    compareText(wayOf(a), wayOf(b))
  )
}

const wayOf = ({ related }: Reason): string =>
  related.map(({ span, text }) => [span.source.path, span.start, span.end, text].join('\0')).join('\0')

const union = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())].sort(compareText)
