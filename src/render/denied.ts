import type { Judgement } from '../denied/judge.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { frame } from './frame.ts'
import { bareGrant, diagnosticJson, printJson } from './json.ts'
import { placeOf } from './places.ts'

/** The refusals framed, those to be granted first, then how many there are of each kind. */
export function deniedText(
  judged: readonly Judgement[],
  { lines, color }: { readonly lines: number; readonly color: boolean },
): string {
  if (judged.length === 0) return nothingRefused(lines)
  const frames = judged.map(({ denial: { count }, diagnostic }) => {
    const times = count === 1 ? '' : `${' '.repeat(3)}(told ${count} times)\n`
    return `${frame(diagnostic, { color })}${times}\n`
  })
  const granted = judged.filter(({ verdict }) => verdict === 'needed').length
  return `${frames.join('')}denied: ${judged.length} denied, ${granted} to grant\n`
}

/** What to look for where nothing was found: the wrong part of a log looks like a cluster that refuses nothing. */
const nothingRefused = (
  lines: number,
): string => `denied: no forbidden request in ${lines} ${lines === 1 ? 'line' : 'lines'}
  A line about one contains text like this:
    pods is forbidden: User "system:serviceaccount:NAMESPACE:NAME" cannot list resource "pods" in API group "" at the cluster scope
  If a component is stuck anyway, pass more of the log: from every pod, since its start, and, with
  kubectl logs --previous, from the previous container.
`

/** The refusals for programs. */
export function deniedJson(judged: readonly Judgement[], analyzer: object, said: readonly Diagnostic[]): string {
  return printJson({
    version: 1,
    analyzer,
    denials: judged.map(({ denial, verdict, components, grants, diagnostic }) => {
      const { path, line } = placeOf(denial.span)
      return {
        grant: bareGrant(denial.grant),
        user: denial.user,
        count: denial.count,
        path,
        line,
        verdict,
        components,
        grants: grants.map(bareGrant),
        code: diagnostic.code,
        message: diagnostic.message,
        help: diagnostic.help,
      }
    }),
    diagnostics: said.map(diagnosticJson),
  })
}
