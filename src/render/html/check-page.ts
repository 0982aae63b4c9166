import { numbered } from '../../diagnostic/objects-in-words.ts'
import { grantLines } from '../../kubernetes/grant.ts'
import type { CheckJson, WorkloadJson } from '../documents/check.ts'
import type { DiagnosticJson, GrantJson, RoleReasonJson } from '../documents/common.ts'
import { dots } from './dots.ts'
import { html, type Markup } from './markup.ts'
import { grantOf, grantRows, privilegeRow, type Row } from './needs.ts'
import type { Page } from './page.ts'
import { figure, needsTable, remarks, versionsLine } from './parts.ts'
import type { RiverNode, Strand } from './river/layout.ts'
import { river } from './river/river.ts'
import { totalsTable } from './totals.ts'

const verdicts = {
  clean: { words: 'Clean', verdict: 'good' },
  findings: { words: 'Findings', verdict: 'bad' },
  'no-plan': { words: 'No verdict', verdict: 'open' },
} as const

/** Pictures of more workloads than these would hide the table, and make the file large. */
const mostPictured = 12
/** More are folded, so that the page begins with the table. */
const mostOpen = 3

/** The page of `check`: the verdict, the totals of several workloads, then each workload. */
export function checkPage(document: CheckJson): Page {
  const { target, status, totals, workloads, diagnostics, baseline } = document
  const { words, verdict } = verdicts[status]
  const accepted = baseline?.accepted ?? []
  return {
    title: `alloy-rbac check: ${words.toLowerCase()}`,
    about: 'What this deployment grants, compared with what its configuration needs',
    headline: `${words}${sentence(document)}`,
    verdict,
    below: target === null ? html`` : html`<p class="versions">${versionsLine(target)}</p>`,
    body: html`${workloads.length > 1 ? facts(totals) : null}
${
  diagnostics.length === 0
    ? null
    : html`<section><h2>About the input</h2>
${remarks(diagnostics)}</section>
`
}${
  workloads.length > 1
    ? html`<section><h2>All of them</h2>
${totalsOf(workloads)}</section>
`
    : null
}${accepted.length === 0 ? null : acceptedList(accepted, baseline?.path ?? '')}${workloads.map((each, at) => section(each, at, workloads.length))}`,
  }
}

function sentence({ status, totals: { missing, excess, phantom }, workloads }: CheckJson): string {
  if (status === 'clean') return ': everything that is needed is granted, and nothing that is reported is too much'
  const lacking = workloads.reduce((sum, { pod }) => sum + pod.missing.length, 0)
  const surplus = workloads.reduce((sum, { pod }) => sum + pod.excess.length, 0)
  const parts = [
    ...(missing > 0 ? [`${numbered(missing, 'permission')} missing`] : []),
    ...(excess + phantom > 0 ? [`${numbered(excess + phantom, 'permission')} too many`] : []),
    ...(lacking > 0 ? [`${numbered(lacking, 'pod setting')} missing`] : []),
    ...(surplus > 0 ? [`${numbered(surplus, 'pod setting')} too many`] : []),
  ]
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`
}

function facts({ granted, needed, missing, readAllSecrets, workloads }: CheckJson['totals']): Markup {
  return html`<div class="facts">${figure(granted, 'granted')}<span class="arrow" aria-hidden="true">→</span>${figure(needed, 'needed', 'good')}${figure(missing, 'missing', missing > 0 ? 'bad' : '')}${figure(`${readAllSecrets} of ${workloads}`, 'can read every Secret', readAllSecrets > 0 ? 'bad' : '')}</div>
`
}

const totalsOf = (workloads: readonly WorkloadJson[]): Markup =>
  totalsTable(
    workloads.map(({ name, holds }) => ({
      name,
      counts: [holds === null ? null : { before: holds.granted, after: holds.needed }],
    })),
    ['permissions: granted, needed'],
    'workload',
  )

function section(workload: WorkloadJson, at: number, of: number): Markup {
  const { name, holds, diagnostics } = workload
  const label = name || 'The configuration'
  const open = of <= mostOpen ? html` open` : null
  const numbers = holds === null ? 'no verdict' : `${holds.granted} → ${holds.needed}`
  const inside =
    holds === null
      ? remarks(diagnostics)
      : judged(workload, holds, { id: `w${at + 1}`, pictured: of <= mostPictured, alone: of === 1 })
  return of === 1
    ? html`<section class="alone"><h2 class="name">${label}</h2>
${inside}</section>
`
    : html`<details class="one" id="c${at + 1}"${open}><summary><h2>${label}</h2><span>${numbers}</span></summary>
${inside}</details>
`
}

interface Shown {
  readonly id: string
  readonly pictured: boolean
  readonly alone: boolean
}

function judged(workload: WorkloadJson, holds: NonNullable<WorkloadJson['holds']>, { id, pictured }: Shown): Markup {
  const { missing, excess, phantom, pod, complete, diagnostics } = workload
  const [lines, phantoms] = [linesOf(excess), linesOf(phantom)]
  const missed = [...grantRows(missing), ...pod.missing.map(line => privilegeRow<never>(line, []))]
  const surplus = [...grantRows(excess), ...pod.excess.map(line => privilegeRow<RoleReasonJson>(line, []))]
  return html`${
    complete
      ? null
      : html`<p class="alarm"><b>Incomplete:</b> part of the configuration is unknown, and may need more.</p>
`
  }<div class="facts">${figure(holds.granted, 'granted')}<span class="arrow" aria-hidden="true">→</span>${figure(holds.needed, 'needed', 'good')}${figure(missed.length, 'missing', missed.length > 0 ? 'bad' : '')}${holds.podSecurityStandard === null ? null : figure(holds.podSecurityStandard, 'Pod Security Standard', 'word')}</div>
<h3>What is granted</h3>
${dots({ total: holds.granted, needed: holds.needed, excess: lines, phantom: phantoms, missing: linesOf(missing), by: 'granted', pictured })}
${
  pictured && surplus.length > 0
    ? html`<h3>Who grants what nothing needs</h3>
<p class="lead">From the rule of a role, or the pod, to what it gives away. The wider and warmer a strand, the more that is.</p>
${grantRiver(surplus, id)}`
    : null
}${
  missed.length > 0
    ? html`<h3>Missing</h3>
${needsTable(missed, `${id}-missing`)}`
    : null
}${
  diagnostics.length > 0
    ? html`<h3>Findings</h3>
${remarks(
  diagnostics.map(each => shorter(each, [...lines, ...phantoms])),
  { path: pathOf(workload) },
)}`
    : null
}`
}

const linesOf = (grants: readonly GrantJson<unknown>[]): readonly string[] => grantLines(grants.map(grantOf))

/** The one file that the findings of a workload are in, where there is one. */
function pathOf({ diagnostics }: WorkloadJson): string | null {
  const paths = new Set(diagnostics.flatMap(({ path }) => path ?? []))
  return paths.size === 1 ? ([...paths][0] ?? null) : null
}

/** A finding without the lines that are listed above it. */
function shorter(diagnostic: DiagnosticJson, known: readonly string[]): DiagnosticJson {
  const { help } = diagnostic
  if (help === undefined) return diagnostic
  const listed = new Set(known.map(line => `- ${line}`))
  const left = help.split('\n').filter(line => !listed.has(line))
  return { ...diagnostic, help: left.join('\n').replace(/; all \d+:$/, '') }
}

function grantRiver(rows: readonly Row<RoleReasonJson>[], id: string): Markup {
  const strands = rows.flatMap((row): readonly Strand[] => {
    const { rank, reasons, kind } = row
    const role = rank < 4 ? roleNode : wholeRole
    const by = kind === 'privilege' ? [podNode] : reasons.map(reason => role(reason, id))
    return by.map(from => ({ nodes: [from, surplusNode(row, rows, id)], rank, assumed: false }))
  })
  const unique = new Map(strands.map(each => [each.nodes.map(node => node?.key).join('\0'), each]))
  const label = `${rows.length} things are granted that nothing needs. The findings below have the same.`
  return html`<div id="${id}-find">${river({ titles: ['Granted by', 'Not needed'], label, strands: [...unique.values()] })}</div>`
}

/** Something that is too much; what gives little away stands together with what else the same rules grant. */
function surplusNode(row: Row<RoleReasonJson>, rows: readonly Row<RoleReasonJson>[], id: string): RiverNode {
  const { line, title, detail, rank, risk } = row
  const href = `#${id}-find`
  if (rank < 4) return { key: line, title, detail, rank, href, tip: [line, ...(risk === null ? [] : [risk])] }
  const by = byOf(row)
  const alike = rows.filter(each => each.rank === rank && byOf(each) === by)
  const [first] = alike
  if (alike.length === 1 || first === undefined) return { key: line, title, detail, rank, href, tip: [line] }
  const tip = alike.map(each => each.line)
  const shown = tip.length > 8 ? [...tip.slice(0, 7), `and ${tip.length - 7} more`] : tip
  return {
    key: first.line,
    title: `${first.title} and ${alike.length - 1} more`,
    detail: 'of low risk',
    rank,
    href,
    tip: shown,
  }
}

const byOf = ({ kind, reasons }: Row<RoleReasonJson>): string =>
  kind === 'privilege' ? 'pod' : [...new Set(reasons.map(({ role }) => role))].join('\0')

const podNode: RiverNode = {
  key: 'pod',
  title: 'the pod',
  detail: 'its settings and mounts',
  rank: null,
  href: null,
  tip: [],
}

/** A role where its single rules give little away. */
function wholeRole({ role, path }: RoleReasonJson, id: string): RiverNode {
  return { key: role, title: role, detail: 'its other rules', rank: null, href: `#${id}-find`, tip: [role, path] }
}

function roleNode({ role, index, path, line }: RoleReasonJson, id: string): RiverNode {
  const place = `${path}:${line}`
  return {
    key: `${role} ${index}`,
    title: role,
    detail: `rule ${index + 1} · ${path.split('/').at(-1) ?? path}:${line}`,
    rank: null,
    href: `#${id}-find`,
    tip: [`rule ${index + 1} of ${role}`, place],
  }
}

function acceptedList(accepted: NonNullable<CheckJson['baseline']>['accepted'], path: string): Markup {
  return html`<section><h2>Accepted by ${path}</h2>
<ul class="lines">${accepted.map(({ workload, reason, finding }) => html`<li><code>${finding.code}</code> ${workload === '' ? null : html`${workload}: `}${finding.message}${reason === '' ? null : html` <em>${reason}</em>`}</li>`)}</ul></section>
`
}
