import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Grant } from '../../kubernetes/grant.ts'
import type { Source, Span } from '../../source.ts'
import { answerIn, type ForbiddenAnswer } from './answers.ts'
import { auditedDenialIn, mayAuditEvent } from './audit-event.ts'
import { componentIn } from './component.ts'
import { type Escalation, escalation, lackingIn } from './escalation.ts'
import { type LogLine, linesIn, longestLine } from './log-lines.ts'
import { refusedRequestsIn } from './requests.ts'
import { shownLine } from './shown-line.ts'
import { maySystemError, type SystemError, systemErrorIn } from './system-errors.ts'

/** What is told of every refusal. */
interface Told {
  /** The instance that the line names; null where it names none. */
  readonly component: string | null
  /** How many times it is told. */
  readonly count: number
  /** Where it is told first. */
  readonly span: Span
}

/** A request that the API server refused, as a log line tells it. */
export interface Denial extends Told {
  readonly grant: Grant
  /** The namespace of the refused service account, and its name; null for another kind of user, or where none is named. */
  readonly account: { readonly namespace: string; readonly name: string } | null
  /** Empty where the line names none. */
  readonly user: string
  /** A role that a binding names and the cluster does not have, where the line says so: `clusterrole.rbac.authorization.k8s.io "alloy"`. */
  readonly lacking: string | null
  /** Warden refused it, the authorizer of GKE Autopilot that asks no role. */
  readonly byWarden: boolean
}

/** Something else that was refused: by Linux, by a server that does not say why, to someone who makes a role. */
export type Refusal = Told & (SystemError | ForbiddenAnswer | Escalation)

/** What a log tells. */
export interface LogReport {
  readonly denials: readonly Denial[]
  readonly refusals: readonly Refusal[]
  /** How many lines say anything. */
  readonly lines: number
  readonly diagnostics: readonly Diagnostic[]
}

/** So many different refusals are distinguished. */
const mostDenials = 10_000

/** The rules of a refused role are on lines of their own where kubectl or Helm printed it: so many are read of a log. */
const mostRuleLines = 10_000

/**
 * Finds the refusals in a log, which comes in pieces. Places are those of a text of which only the refusals can be read. What is kept
 * grows with the number of different refusals alone, which is limited.
 */
export function readLog(path: string, pieces: Iterable<Uint8Array>): LogReport {
  const denials = new Map<string, Denial>()
  const refusals = new Map<string, Refusal>()
  let lines = 0
  let cut: LogLine | null = null
  let left: LogLine | null = null
  let open: string | null = null
  let ruleLines = 0
  const keep = <T extends Told>(all: Map<string, T>, key: string, line: LogLine, make: () => T): void => {
    const before = all.get(key)
    if (before) all.set(key, { ...before, count: before.count + 1 })
    else if (denials.size + refusals.size === mostDenials) left ??= line
    else all.set(key, make())
  }
  for (const line of linesIn(pieces)) {
    if (line.text.trim() !== '') lines++
    if (line.isCut) cut ??= line
    if (open !== null && ruleLines < mostRuleLines && /^\s*\{\w+:\[/.test(line.text)) {
      ruleLines++
      const before = refusals.get(open)
      if (before?.kind === 'escalation')
        refusals.set(open, { ...before, grants: [...before.grants, ...lackingIn(line.text)] })
      continue
    }
    open = null
    if (!mayTell(line.text)) continue
    const { raw, text, offset } = unescaped(line.text)
    const component = componentIn(text)
    const spanOf = (ranges: readonly { readonly from: number; readonly to: number }[], at: number): Span => {
      const shown = ranges.map(({ from, to }) => ({ from: offset(from), to: offset(to) }))
      const source: Source = { path, text: shownLine(raw, shown), firstLine: line.number, shown: true }
      return { source, ...placeIn(raw, offset(at)) }
    }
    const found = refusedRequestsIn(text)
    for (const { from, to: _, at, ...told } of found) {
      const key = JSON.stringify([told.grant, told.user, told.byWarden, component])
      keep(denials, key, line, () => ({
        ...told,
        account: accountOf(told.user),
        component,
        count: 1,
        span: spanOf(found, at),
      }))
    }
    if (found.length > 0) continue
    const audited = mayAuditEvent(text) ? auditedDenialIn(raw) : null
    if (audited !== null) {
      const key = JSON.stringify([audited.grant, audited.user, 'audit'])
      const rest = { account: accountOf(audited.user), lacking: null, byWarden: false, component: null, count: 1 }
      keep(denials, key, line, () => ({ ...audited, ...rest, span: spanOf([], text.indexOf('"verb"')) }))
      continue
    }
    const match = text.match(escalation)
    if (match) {
      const from = match.index ?? 0
      const told: Escalation = { kind: 'escalation', user: match.groups?.['user'] ?? null, grants: lackingIn(text) }
      const key = JSON.stringify([told, line.number])
      keep(refusals, key, line, () => ({
        ...told,
        component,
        count: 1,
        span: spanOf([{ from, to: text.length }], from),
      }))
      open = key
      continue
    }
    const other = answerIn(text) ?? (maySystemError(text) ? systemErrorIn(text) : null)
    if (other === null) continue
    const key = JSON.stringify([other.told, component])
    keep(refusals, key, line, () => ({
      ...other.told,
      component,
      count: 1,
      span: spanOf([other, ...addressIn(text, other.told)], other.from),
    }))
  }
  const diagnostics = [
    ...(cut === null ? [] : [diagnostic('log-line-too-long', startOf(path, cut), { limit: longestLine })]),
    ...(left === null ? [] : [diagnostic('too-many-refusals', startOf(path, left), { limit: mostDenials })]),
  ]
  return { denials: [...denials.values()], refusals: [...refusals.values()], lines, diagnostics }
}

/** Where a line has the address of an answer, as far as it is not private. */
function addressIn(
  text: string,
  told: SystemError | ForbiddenAnswer,
): readonly { readonly from: number; readonly to: number }[] {
  const from = told.kind === 'answer' && told.url !== null ? text.indexOf(told.url) : -1
  return from === -1 || told.kind !== 'answer' ? [] : [{ from, to: from + (told.url?.length ?? 0) }]
}

/** Whether a line is worth a closer look. */
const mayTell = (line: string): boolean =>
  /forbidden|unknown \(\w|not currently held|\b403\b|audit\.k8s\.io/i.test(line) || maySystemError(line)

/** A line without the escapes of its quotes, as logfmt and JSON have them, and the offset in the line of an offset in it. */
function unescaped(raw: string): {
  readonly raw: string
  readonly text: string
  readonly offset: (at: number) => number
} {
  const escapes = [...raw.matchAll(/(?<!\\)\\+"|\\u0022/g)]
  const text = raw.replaceAll(/(?<!\\)\\+"|\\u0022/g, '"')
  const offset = (at: number): number => {
    let shorter = 0
    for (const { 0: quote, index } of escapes) {
      if (index - shorter >= at) break
      shorter += quote.length - 1
    }
    return at + shorter
  }
  return { raw, text, offset }
}

function startOf(path: string, { number }: LogLine): Span {
  return { source: { path, text: '', firstLine: number }, start: 0, end: 0 }
}

/** What a frame underlines: a word where the refusal begins; a line may be long, and its beginning says when, not what. */
function placeIn(raw: string, at: number): { readonly start: number; readonly end: number } {
  const end = raw.replace(/\r$/, '').length
  return { start: at, end: Math.min(end, at + 'forbidden'.length) }
}

function accountOf(user: string): Denial['account'] {
  const [, namespace, name] = user.match(/^system:serviceaccount:([^:]+):(.+)$/) ?? []
  return namespace !== undefined && name !== undefined ? { namespace, name } : null
}
