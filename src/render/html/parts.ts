import type { DiagnosticJson, ReasonJson, TargetJson } from '../documents/common.ts'
import { breakable, html, type Markup } from './markup.ts'
import type { Row } from './needs.ts'

/** The versions that an answer is for, in a line. */
export const versionsLine = ({ alloy, chart, kubernetes }: TargetJson): Markup =>
  html`Alloy ${alloy} · chart grafana/alloy ${chart} · Kubernetes ${kubernetes}`

/** A fact with its number, large. */
export const figure = (count: number | string, words: string, style = ''): Markup =>
  html`<div class="fact ${style}"><b>${count}</b><span>${words}</span></div>`

/** A place by the end of its path, which tells most. */
export const shortPlace = (path: string, line: number): string => `${path.split('/').at(-1) ?? path}:${line}`

/** A place by what tells most, and as a whole on hover. */
const place = (path: string, line: number): Markup =>
  html`<small title="${path}:${line}">${path.split('/').slice(-2).join('/')}:${line}</small>`

/** Why something is needed: who demands it, where, and what that rests on. */
export function reasonsOf(reasons: readonly ReasonJson[]): Markup {
  return html`${reasons.map(
    ({
      component,
      path,
      line,
      rule,
      evidence,
    }) => html`<div class="reason"><code>${breakable(component)}</code> ${place(path, line)}
<details><summary>${rule}</summary><ul>${evidence.map(each => html`<li>${evidenceLink(each)}</li>`)}</ul></details></div>
`,
  )}`
}

/** `grafana/alloy@v1.18.1:path/to/file.go#L1-L2`, as a link where it has that form. */
function evidenceLink(evidence: string): Markup {
  const [, repository, tag, path, lines = ''] =
    evidence.match(/^([\w.-]+\/[\w.-]+)@([\w./-]+):([\w./-]+)(#L\d+(?:-L\d+)?)?$/) ?? []
  if (repository === undefined || tag === undefined || path === undefined) return html`${evidence}`
  const name = path.split('/').at(-1) ?? path
  return html`<a href="https://github.com/${repository}/blob/${tag}/${path}${lines}" rel="noreferrer" title="${evidence}">${repository}@${tag} … ${name}${lines}</a>`
}

/** Everything that is needed, with its reasons. */
export function needsTable(rows: readonly Row<ReasonJson>[], id: string): Markup {
  if (rows.length === 0)
    return html`<p>Nothing: no permission, no privilege.</p>
`
  return html`<div class="scroll"><table>
<caption>Every need with who demands it, most severe first</caption>
<thead><tr><th scope="col">needed</th><th scope="col">what it allows</th><th scope="col">by</th></tr></thead>
<tbody>
${rows.map(
  (
    { title, detail, rank, risk, assumed, reasons },
    at,
  ) => html`<tr id="${id}-${at + 1}"><th scope="row" class="r${rank}"><code>${title}</code><small>${detail}</small>${assumed ? html`<span class="tag">assumed</span>` : null}</th><td>${risk ?? 'only reads metadata or metrics'}</td><td>${reasonsOf(reasons)}</td></tr>
`,
)}</tbody>
</table></div>
`
}

const severities = ['error', 'warning', 'note'] as const

/** What there is to say, the most severe first; what a list has already is left out. */
export function remarks(
  diagnostics: readonly DiagnosticJson[],
  { path: known }: { readonly path?: string | null } = {},
): Markup {
  const sorted = severities.flatMap(severity => diagnostics.filter(each => each.severity === severity))
  return html`<ul class="remarks">
${sorted.map(({ severity, code, message, help, path, line }) => {
  const place =
    path === undefined ? null : html` <small>${path === known ? `line ${line ?? 1}` : `${path}:${line ?? 1}`}</small>`
  return html`<li class="${severity}"><p><span class="badge">${severity}</span> <code>${code}</code>${place}</p><p>${message}</p>${help === undefined ? null : html`<p class="help">${help.split('\n').map((each, at) => html`${at === 0 ? null : html`<br>`}${each}`)}</p>`}</li>
`
})}</ul>
`
}
