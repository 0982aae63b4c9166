import type { Audit, AuditedRule } from '../audit.ts'
import { type Grant, grantLines } from '../kubernetes/grant.ts'
import { ruleText } from '../kubernetes/rule.ts'
import { inert } from '../text/inert.ts'
import { riskLines } from './diff.ts'
import { bareGrant, printJson } from './json.ts'
import { markdownCode, markdownText } from './markdown.ts'

/** What can go of the default rules, rule by rule. */
export function auditText(found: Audit): string {
  const blocks = [
    `${head(found)}\n${summary(found)}`,
    ...found.rules.map(rule => {
      const lines = [
        ...(rule.phantom.length === 0 ? [] : ['  no API serves', ...indented(grantLines(rule.phantom))]),
        ...(rule.unused.length === 0 ? [] : ['  no component needs', ...indented(riskLines(rule.unused))]),
        `  ${remedy(rule)}`,
      ]
      return [
        inert(`${rule.place}${rule.comment === null ? '' : `  # ${rule.comment.split('\n')[0]}`}`),
        ...lines,
      ].join('\n')
    }),
  ]
  return `${blocks.join('\n\n')}\n`
}

/** The same for an issue of the chart. */
export function auditMarkdown(found: Audit): string {
  const rows = found.rules.map(rule => {
    const cell = (grants: readonly Grant[]) => grantLines(grants).map(markdownCode).join('<br>')
    return `| ${markdownCode(rule.place)} | ${cell(rule.phantom)} | ${cell(rule.unused)} | ${markdownText(remedy(rule))} |`
  })
  const table = ['| rule | no API serves | no component needs | what to do |', '| --- | --- | --- | --- |', ...rows]
  return `${[`### ${head(found)}`, `${summary(found)}`, ...(rows.length === 0 ? [] : [table.join('\n')])].join('\n\n')}\n`
}

/** The same for programs. */
export function auditJson(found: Audit, analyzer: object): string {
  const { chart, alloy, kubernetes, defaults, phantom, unused, rules } = found
  return printJson({
    version: 1,
    analyzer,
    target: { alloy, chart, kubernetes },
    defaults,
    phantom: phantom.map(bareGrant),
    unused: unused.map(bareGrant),
    rules: rules.map(rule => ({
      place: rule.place,
      comment: rule.comment,
      phantom: rule.phantom.map(bareGrant),
      unused: rule.unused.map(bareGrant),
      left: rule.left,
    })),
  })
}

const head = ({ chart, alloy, kubernetes }: Audit): string =>
  `grafana/alloy ${chart}, Alloy ${alloy}, Kubernetes ${kubernetes}`

const summary = ({ defaults, phantom, unused }: Audit): string =>
  `${defaults} default grants: ${phantom.length} that no API serves, ${unused.length} that no component of this Alloy release can need`

function remedy({ left }: AuditedRule): string {
  return left.length === 0 ? 'remove the rule' : `keep only: ${left.map(ruleText).join(', ')}`
}

const indented = (lines: readonly string[]): readonly string[] => lines.map(line => `    ${line}`)
