import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { type Severity, severities } from '../diagnostic/entry.ts'
import { numbered } from '../diagnostic/objects-in-words.ts'
import { inert } from '../text/inert.ts'

/** One line that says which files were written in spite of what there was to say; nothing where there was nothing. */
export function writtenText(paths: readonly string[], said: readonly Diagnostic[]): string {
  if (said.length === 0) return ''
  const count = (severity: Severity): number => said.filter(each => each.severity === severity).length
  const counts = severities.flatMap(each => (count(each) === 0 ? [] : [numbered(count(each), each)]))
  return `${inert(paths.join(', '))} ${paths.length === 1 ? 'was' : 'were'} written, with ${counts.join(' and ')}\n`
}
