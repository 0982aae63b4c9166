import { forObjects } from '../../diagnostic/objects-in-words.ts'
import type { Reason } from '../../rules/requirement.ts'
import { locate, outermost } from '../../source.ts'
import { compareText } from '../../text/compare-text.ts'
import { inert } from '../../text/inert.ts'

const most = 8

/** One line for each place that demands something, with the rules of the map by which it does. */
export function reasonLines(reasons: readonly Reason[]): readonly string[] {
  const places = new Map<string, { readonly rules: Set<string>; certain: boolean; objects: string }>()
  for (const { component, rule, certainty, span, objects } of [...reasons].sort(byPlace)) {
    const { source, start } = outermost(span)
    const { line } = locate(source, start)
    const place = `${component} (${inert(source.path)}:${line})`
    const known = places.get(place) ?? { rules: new Set<string>(), certain: false, objects: '' }
    known.rules.add(rule)
    known.certain ||= certainty === 'certain'
    if (objects) known.objects = `, ${forObjects(objects)}`
    places.set(place, known)
  }
  const lines = [...places].map(
    ([place, { rules, certain, objects }]) =>
      `${place}: ${[...rules].sort().join(', ')}${objects}${certain ? '' : ', assumed'}`,
  )
  if (lines.length <= most) return lines
  return [...lines.slice(0, most), `and ${lines.length - most} more`]
}

function byPlace(a: Reason, b: Reason): number {
  const [left, right] = [outermost(a.span), outermost(b.span)]
  return compareText(left.source.path, right.source.path) || left.start - right.start
}
