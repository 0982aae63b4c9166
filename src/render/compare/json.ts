import {
  type AccessChange,
  type ComparedCollector,
  type ComparedInput,
  type Comparison,
  countsOf,
  isOpen,
} from '../../reports/compare/comparison.ts'
import type { ChangeJson, CollectorJson, CompareJson, StateJson } from '../documents/compare.ts'
import { bareGrant, diagnosticJson } from '../json.ts'
import { placeOf } from '../places.ts'

/** The frozen shape of `compare --format json`. */
export function compareJson(comparison: Comparison): CompareJson {
  const { analyzer, old, new: now, collectors } = comparison
  const isChanged = collectors.some(({ state }) => state !== 'unchanged')
  const known = isChanged ? 'changed' : 'unchanged'
  return {
    version: 1,
    analyzer,
    status: isOpen(comparison) ? 'unknown' : known,
    old: inputJson(old),
    new: inputJson(now),
    totals: { collectors: collectors.length, ...countsOf(collectors) },
    collectors: collectors.map(collectorJson),
  }
}

const inputJson = ({ path, target, complete, diagnostics }: ComparedInput): StateJson => ({
  path,
  target,
  complete,
  diagnostics: diagnostics.map(diagnosticJson),
})

const collectorJson = ({
  name,
  formerly,
  state,
  old,
  new: now,
  changes,
  diagnostics,
}: ComparedCollector): CollectorJson => ({
  name,
  formerly,
  state,
  old,
  new: now,
  changes: changes.map(changeJson),
  diagnostics: diagnostics.map(diagnosticJson),
})

function changeJson({ diagnostic, ...change }: AccessChange): ChangeJson {
  const { code, severity, message } = diagnostic
  return {
    change: change.change,
    aspect: change.aspect,
    kind: change.kind,
    lines: change.lines,
    grants: change.grants.map(bareGrant),
    certainty: change.certainty,
    instead: change.instead,
    risks: change.risks,
    code,
    severity,
    message,
    places: change.places.map(({ span, text }) => ({ text, ...placeOf(span) })),
  }
}
