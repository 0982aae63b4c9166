import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { Judgement, Verdict } from '../reports/denied/judge.ts'
import type { JudgedRefusal } from '../reports/denied/judge-refusal.ts'
import type { AnalyzerJson } from './documents/common.ts'
import type { DeniedJson } from './documents/denied.ts'
import { frame } from './frame.ts'
import { bareGrant, diagnosticJson, printJson } from './json.ts'
import { placeOf } from './places.ts'

/** The refusals framed, those to be granted first, then how many there are of each kind. */
export function deniedText(
  judged: readonly Judgement[],
  others: readonly JudgedRefusal[],
  { lines, color, config }: { readonly lines: number; readonly color: boolean; readonly config: boolean },
): string {
  if (judged.length + others.length === 0) return nothingRefused(lines)
  const told = [
    ...judged.map(({ denial: { count }, diagnostic }) => ({ count, diagnostic })),
    ...others.map(({ refusal: { count }, diagnostic }) => ({ count, diagnostic })),
  ]
  const frames = told.map(({ count, diagnostic }) => {
    const times = count === 1 ? '' : `${' '.repeat(3)}(told ${count} times)\n`
    return `${frame(diagnostic, { color })}${times}\n`
  })
  return `${frames.join('')}${summary(judged, others, config)}`
}

/** How many there are of each kind, and what to do next. */
function summary(judged: readonly Judgement[], others: readonly JudgedRefusal[], config: boolean): string {
  const count = (...verdicts: readonly Verdict[]): number =>
    judged.filter(({ verdict }) => verdicts.includes(verdict)).length
  const requests = others.filter(({ refusal }) => refusal.kind === 'answer')
  const toGrant = count('needed') + requests.filter(({ diagnostic: { severity } }) => severity === 'error').length
  const toDecide =
    count('possible', 'absent') + requests.filter(({ diagnostic: { severity } }) => severity === 'warning').length
  const ofPod = others.filter(({ refusal }) => refusal.kind === 'system').length
  const ofInstaller = others.filter(({ refusal }) => refusal.kind === 'escalation').length
  const rest = judged.length + others.length - toGrant - toDecide - ofPod - ofInstaller
  const needed = toDecide === 1 ? 'needs' : 'need'
  const parts = [
    `${toGrant} to grant`,
    ...(toDecide === 0
      ? []
      : [`${toDecide} ${config ? `${needed} the configuration of that pod` : `${needed} --config to decide`}`]),
    ...(ofPod === 0 ? [] : [`${ofPod} of the pod's settings`]),
    ...(ofInstaller === 0 ? [] : [`${ofInstaller} of the installing account`]),
    ...(rest === 0 ? [] : [`${rest} not to grant`]),
  ]
  const next = [
    ...(toDecide > 0 && !config ? ['pass the running configuration: alloy-rbac denied LOG --config config.alloy'] : []),
    ...(toDecide > 0 && config ? ['pass the configuration that the pod of this log runs with --config'] : []),
    ...(toGrant > 0 ? ['add the rules above, or print the whole role: alloy-rbac generate CONFIG'] : []),
    ...(ofPod > 0 ? ['set the pod up as its configuration needs: alloy-rbac generate CONFIG --only pod'] : []),
    ...(ofInstaller > 0 ? ['print the role of the installing account: alloy-rbac installer INPUT --for helm'] : []),
  ]
  return [
    `denied: ${judged.length + others.length} denied, ${parts.join(', ')}`,
    ...next.map(each => `  next: ${each}`),
    '',
  ].join('\n')
}

/** What to look for where nothing was found: the wrong part of a log looks like a cluster that refuses nothing. */
const nothingRefused = (
  lines: number,
): string => `denied: no forbidden request in ${lines} ${lines === 1 ? 'line' : 'lines'}
  A line about one contains text like one of these:
    pods is forbidden: User "system:serviceaccount:NAMESPACE:NAME" cannot list resource "pods" in API group "" at the cluster scope
    server returned HTTP status 403 Forbidden
    open /var/log/messages: permission denied
  If a component is stuck anyway, pass more of the log: from every pod, since its start, and, with
  kubectl logs --previous, from the previous container.
`

/** The refusals for programs. */
export function deniedJson(
  judged: readonly Judgement[],
  others: readonly JudgedRefusal[],
  analyzer: AnalyzerJson,
  said: readonly Diagnostic[],
): string {
  const document: DeniedJson = {
    version: 1,
    analyzer,
    denials: judged.map(({ denial, verdict, components, grants, diagnostic }) => {
      const { path, line } = placeOf(denial.span)
      return {
        grant: bareGrant(denial.grant),
        user: denial.user === '' ? null : denial.user,
        component: denial.component,
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
    refusals: others.map(({ refusal, privileges, grants, diagnostic }) => {
      const { path, line } = placeOf(refusal.span)
      return {
        kind: refusal.kind,
        component: refusal.component,
        count: refusal.count,
        path,
        line,
        ...(refusal.kind === 'system' ? { error: refusal.error, object: refusal.path } : {}),
        ...(refusal.kind === 'answer' ? { url: refusal.url } : {}),
        ...(refusal.kind === 'escalation' ? { user: refusal.user } : {}),
        privileges,
        grants: grants.map(bareGrant),
        code: diagnostic.code,
        message: diagnostic.message,
        help: diagnostic.help,
      }
    }),
    diagnostics: said.map(diagnosticJson),
  }
  return printJson(document)
}
