import { compareText } from '../kubernetes/grant.ts'
import type { Reason } from '../rules/requirement.ts'

/**
 * Reasons by place, component and rule, each once. What one rule demands of one block in several ways is one reason, certain when
 * one of the ways is, with the evidence of all.
 */
export function joinReasons(reasons: readonly Reason[]): readonly Reason[] {
  const joined = new Map<string, Reason>()
  for (const reason of [...reasons].sort(compareReasons)) {
    const known = joined.get(keyOf(reason))
    joined.set(keyOf(reason), known ? joinTwo(known, reason) : reason)
  }
  return [...joined.values()]
}

/** What one of two reasons demands whatever is mounted, both together do. */
function joinTwo(known: Reason, { evidence, paths: others, objects: asked }: Reason): Reason {
  const { paths, objects, ...reason } = known
  const joined = {
    ...reason,
    evidence: union(known.evidence, evidence),
    // What is needed whatever the objects ask for is not narrowed to them.
    ...(objects && asked && { objects: { ...objects, by: union(objects.by, asked.by) } }),
  }
  return paths && others ? { ...joined, paths: union(paths, others) } : joined
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

const union = (a: readonly string[], b: readonly string[]): readonly string[] =>
  [...new Set([...a, ...b])].sort(compareText)
