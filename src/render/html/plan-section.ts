import type { ReasonJson } from '../documents/common.ts'
import type { DiffJson } from '../documents/diff.ts'
import type { DifferenceJson, GenerateJson, PlanJson, PodJson } from '../documents/generate.ts'
import { dots } from './dots.ts'
import { html, lines, type Markup } from './markup.ts'
import { grantRows, privilegeRow, privilegeRows, type Row, riskOfLine, single } from './needs.ts'
import { figure, needsTable, remarks, versionsLine } from './parts.ts'
import { planRiver } from './plan-river.ts'

/** One configuration: its numbers, what falls away, what flows where, and why. */
export interface PlanSection {
  readonly plan: PlanJson
  readonly difference: DifferenceJson
  /** What the pod needs of Linux. */
  readonly privileges: readonly Row<ReasonJson>[]
  /** What of that falls away, as lines. */
  readonly surplus: readonly string[]
  /** The Pod Security Standard that admits the pod, by default and with what is needed; null where the document has none. */
  readonly standard: { readonly before: string | null; readonly after: string } | null
  /** Null where the document does not have the settings. */
  readonly pod: PodJson | null
  /** The values as YAML; null where they are not a part of the document. */
  readonly values: string | null
  /** Begins the marks of its rows. */
  readonly id: string
  /** Of its headings: 2 where it is the only one. */
  readonly level: 2 | 3
}

/** What a report says of one configuration. */
export function planSection(section: PlanSection): Markup {
  const { plan, difference, privileges, surplus, standard, pod, values, id, level } = section
  const rows = [...grantRows(plan.grants), ...privileges].sort((a, b) => a.rank - b.rank)
  const heading = (words: string): Markup => (level === 2 ? html`<h2>${words}</h2>` : html`<h3>${words}</h3>`)
  return html`${
    plan.complete
      ? null
      : html`<p class="alarm"><b>Incomplete:</b> part of the configuration is unknown, and may need more.</p>
`
  }${facts(difference, standard)}
<section>${heading('Before and after')}
<p class="lead">Each dot is one permission that the chart grants by default. What the configuration does not need fades.</p>
${dots({ ...difference, total: difference.defaults, by: 'by default', pictured: true })}${surplusList(surplus)}</section>
<section>${heading('What flows where')}
<p class="lead">Who asks whom for what. The wider and warmer a strand, the more it gives away. Each box leads to its row in the table.</p>
${planRiver(plan, rows, id)}</section>
<section>${heading('Needed, and why')}
${needsTable(rows, id)}</section>
${
  pod === null
    ? null
    : html`<section>${heading('The pod')}
${podTable(pod)}</section>
`
}${
  values === null
    ? null
    : html`<section>${heading('Values')}
<p class="lead">To pass after your own: <code>helm upgrade … -f values.yaml -f values-rbac.yaml</code></p>
<pre tabindex="0" aria-label="Helm values"><code>${lines(values.trimEnd())}</code></pre></section>
`
}${
  plan.diagnostics.length === 0
    ? null
    : html`<section>${heading('Notes')}
${remarks(plan.diagnostics)}</section>
`
}`
}

/** The sentence that a report begins with. */
export function headline({ defaults, needed, excess, phantom }: DifferenceJson): string {
  const falls = [...excess, ...phantom].flatMap(single).length
  if (falls === 0) return `${needed} permissions are needed`
  return needed === 0 ? `None of ${defaults} permissions is needed` : `${falls} of ${defaults} permissions fall away`
}

/** What a configuration is and for which versions it was answered. */
export const underline = ({ target }: PlanJson): Markup => html`<p class="versions">${versionsLine(target)}</p>`

function facts(difference: DifferenceJson, standard: PlanSection['standard']): Markup {
  const worst = worstOf(difference.excess)
  return html`<div class="facts">${figure(difference.defaults, 'granted by default')}<span class="arrow" aria-hidden="true">→</span>${figure(difference.needed, 'needed', 'good')}${standard === null ? null : standardOf(standard)}</div>
${
  worst === null
    ? null
    : html`<p class="worst"><b>The worst that falls away:</b> <code>${worst.line}</code> ${worst.sentence}.</p>
`
}`
}

function standardOf({ before, after }: NonNullable<PlanSection['standard']>): Markup {
  const words = 'Pod Security Standard that admits the pod'
  return figure(after, before === null || before === after ? words : `${words}, by default ${before}`, 'word')
}

function surplusList(surplus: readonly string[]): Markup | null {
  if (surplus.length === 0) return null
  return html`<details class="idle"><summary>${surplus.length} privileges of the pod fall away too</summary><ul class="lines">${surplus.map(line => html`<li><code>${line}</code></li>`)}</ul></details>
`
}

function worstOf(excess: readonly string[]): { readonly line: string; readonly sentence: string } | null {
  const found = excess.flatMap(line => {
    const { rank, sentence } = riskOfLine(line)
    return sentence === null ? [] : [{ line, rank, sentence }]
  })
  return found.toSorted((a, b) => a.rank - b.rank)[0] ?? null
}

function podTable(pod: PodJson): Markup {
  const yes = (set: boolean): string => (set ? 'yes' : 'no')
  const rows: readonly (readonly [string, string])[] = [
    ['user', pod.runAsUser === 0 ? '0 (root)' : String(pod.runAsUser ?? 'not set')],
    ['privileged', yes(pod.privileged)],
    ['capabilities', pod.capabilities.add.join(', ') || 'none'],
    [
      'host namespaces',
      [...(pod.hostPID ? ['PID'] : []), ...(pod.hostNetwork ? ['network'] : []), ...(pod.hostIPC ? ['IPC'] : [])].join(
        ', ',
      ) || 'none',
    ],
    ['privilege escalation', yes(pod.allowPrivilegeEscalation)],
    ['root file system', pod.readOnlyRootFilesystem ? 'read-only' : 'writable'],
    ['writable paths', pod.writable.join(', ') || 'none'],
    [
      'mounts of the node',
      pod.mounts.map(({ hostPath, readOnly }) => `${hostPath} ${readOnly ? 'ro' : 'rw'}`).join(', ') || 'none',
    ],
    ["service account's token", pod.automountServiceAccountToken ? 'mounted' : 'not mounted'],
  ]
  return html`<div class="scroll"><table class="plain"><caption>Settings of the pod and the container</caption><tbody>
${rows.map(
  ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
)}</tbody></table></div>
`
}

/** What a document says of one configuration. */
export type Section = Omit<PlanSection, 'id' | 'level'>

/** The section of `generate`. */
export const generated = (plan: GenerateJson, yaml: (values: object) => string): Section => ({
  plan,
  difference: plan.diff,
  privileges: plan.pod === null ? [] : privilegeRows(plan.pod),
  surplus: [],
  standard: plan.pod && { before: null, after: plan.pod.podSecurityStandard },
  pod: plan.pod,
  values: yaml(plan.values),
})

/** The section of `diff`. */
export const compared = (plan: DiffJson): Section => ({
  plan,
  difference: plan,
  privileges: (plan.pod?.needed ?? []).map(({ privilege, reasons }) => privilegeRow(privilege, reasons)),
  surplus: plan.pod?.excess ?? [],
  standard: plan.pod?.podSecurityStandard ?? null,
  pod: null,
  values: null,
})
