import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Comparison } from '../../reports/compare/comparison.ts'
import { annotation } from '../check/github.ts'
import { placeBefore } from './words.ts'

/** Workflow commands of GitHub Actions, one line for each change; a line of the old state is named in words, for it may be another line now. */
export function compareGithub(comparison: Comparison): string {
  const { old, new: now, collectors } = comparison
  const withoutPlace = (each: Diagnostic): Diagnostic => onOldSide(comparison, each)
  const errors = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
    found.filter(({ severity }) => severity === 'error')
  const found = [
    ...errors(old.diagnostics).map(withoutPlace),
    ...errors(now.diagnostics),
    ...collectors.flatMap(({ diagnostics, changes, new: counts }) => [
      ...diagnostics.map(each => (counts === null ? withoutPlace(each) : each)),
      ...changes.map(({ change, diagnostic }) => (change === 'lost' ? withoutPlace(diagnostic) : diagnostic)),
    ]),
  ]
  return found.map(each => `${annotation(each)}\n`).join('')
}

function onOldSide(comparison: Comparison, found: Diagnostic): Diagnostic {
  if (found.span === null) return found
  return { ...found, span: null, message: `${found.message} (${placeBefore(comparison, found.span)})` }
}
