import { type Grant, grantKey, grantLines } from '../../kubernetes/grant.ts'
import { ruleText } from '../../kubernetes/rule.ts'
import type { Audit, AuditedRule } from '../../reports/audit/audit.ts'
import type { MissingNeed } from '../../reports/audit/missing-needs.ts'
import { inert } from '../../text/inert.ts'
import { riskLines } from '../diff.ts'
import { auditHead, auditSummary, missingCondition, missingEvidence, ruleRemedy } from './audit-words.ts'

/** What can go of the default rules, rule by rule; what they lack; and what users must add to narrower ones. */
export function auditText(found: Audit): string {
  const blocks = [
    `${inert(auditHead(found))}\n${auditSummary(found)}`,
    ...found.rules.map(ruleBlock),
    ...section('needs that the defaults do not cover', found.missing.map(missingLines)),
    ...section(
      found.configured === null
        ? 'who uses what needs these rules, at most'
        : 'who uses what must add these rules, at most, if the defaults were only what the default configuration needs',
      found.additions.map(({ components, rules, missing }) => [
        components.join(', '),
        ...rules.map(rule => `  ${ruleText(rule)}`),
        ...(missing.length === 0 ? [] : ['  not in the defaults today:', ...indented(grantLines(missing))]),
      ]),
    ),
  ]
  return `${blocks.join('\n\n')}\n`
}

function ruleBlock(rule: AuditedRule): string {
  const lines = [
    ...part('no API serves', grantLines(rule.phantom)),
    ...part('no component needs', riskLines(rule.unused)),
    ...part('covers more than components need', riskLines(rule.wide)),
    ...part('some component can need', usableLines(rule)),
    `  ${ruleRemedy(rule)}`,
  ]
  return [inert(`${rule.place}${rule.comment === null ? '' : `  # ${rule.comment.split('\n')[0]}`}`), ...lines].join(
    '\n',
  )
}

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`  ${title}`, ...indented(lines)]

/** Grants that are used by the same components on one line for each resource, marked where the default configuration needs them. */
function usableLines({ usable, configured }: AuditedRule): readonly string[] {
  const marked = new Set((configured ?? []).map(grantKey))
  const groups = new Map<string, { readonly users: string; readonly grants: Grant[] }>()
  for (const { grant, components } of usable) {
    const mark = marked.has(grantKey(grant)) ? ' (needed by the default configuration)' : ''
    const users = `${usersOf(components)}${mark}`
    const group = groups.get(users)
    if (group) group.grants.push(grant)
    else groups.set(users, { users, grants: [grant] })
  }
  return [...groups.values()].flatMap(({ users, grants }) => grantLines(grants).map(line => `${line}  # ${users}`))
}

/** More are counted. */
const shownUsers = 3

function usersOf(components: readonly string[]): string {
  if (components.length === 0) return 'admission of the pod'
  const more = components.length - shownUsers
  return `${components.slice(0, shownUsers).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function missingLines(need: MissingNeed): readonly string[] {
  return [
    ...grantLines(need.grants),
    `  ${need.components.join(', ')}: ${missingCondition(need)}`,
    ...(need.kind === 'request' ? [] : missingEvidence(need).map(at => `  ${at}`)),
  ]
}

const section = (title: string, groups: readonly (readonly string[])[]): readonly string[] =>
  groups.length === 0 ? [] : [[title, ...groups.flatMap(lines => lines.map(line => `  ${line}`))].map(inert).join('\n')]

const indented = (lines: readonly string[]): readonly string[] => lines.map(line => `    ${line}`)
