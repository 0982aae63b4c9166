import type { CountedJson } from '../documents/generate.ts'
import { html, type Markup } from './markup.ts'

/** One row: its numbers before and after, one of each title. */
export interface Total {
  readonly name: string
  readonly counts: readonly (CountedJson | null)[]
}

/** A row for each, with a bar that shrinks, and one for all; each leads to its section. */
export function totalsTable(totals: readonly Total[], titles: readonly string[], what: string): Markup {
  const used = titles
    .map((title, at) => ({ title, at }))
    .filter(({ at }) => totals.some(({ counts }) => counts[at] != null))
  const most = used.map(({ at }) => Math.max(1, ...totals.map(({ counts }) => counts[at]?.before ?? 0)))
  const sum = (at: number): CountedJson => {
    const add = (side: keyof CountedJson): number =>
      totals.reduce((all, { counts }) => all + (counts[at]?.[side] ?? 0), 0)
    return { before: add('before'), after: add('after') }
  }
  return html`<div class="scroll"><table class="totals">
<caption>Before and after, by ${what}</caption>
<thead><tr><th scope="col">${what}</th>${used.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${totals.map(
  (
    { name, counts },
    at,
  ) => html`<tr><th scope="row"><a href="#c${at + 1}">${name || 'the configuration'}</a></th>${used.map(({ at: column }, index) => html`<td>${cell(counts[column] ?? null, most[index] ?? 1)}</td>`)}</tr>
`,
)}</tbody>
<tfoot><tr><th scope="row">all ${totals.length}</th>${used.map(({ at }) => html`<td>${numbers(sum(at))}</td>`)}</tr></tfoot>
</table></div>
`
}

const numbers = ({ before, after }: CountedJson): Markup =>
  html`<span class="counts">${before} → <b>${after}</b></span>`

function cell(counted: CountedJson | null, most: number): Markup {
  if (counted === null) return html`–`
  const share = (count: number): number => Math.round((count / most) * 1000) / 10
  return html`${numbers(counted)}<svg class="bar" aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none"><rect class="before" width="${share(counted.before)}" height="8"/><rect class="after" width="${share(counted.after)}" height="8"/></svg>`
}
