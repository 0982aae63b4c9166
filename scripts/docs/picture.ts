import type { GenerateJson } from '../../src/render/documents/generate.ts'
import { kindsOf } from '../../src/render/html/dots.ts'
import { html, type Markup, trusted } from '../../src/render/html/markup.ts'
import { grantRows, privilegeRows } from '../../src/render/html/needs.ts'
import { planStrands, titles } from '../../src/render/html/plan-river.ts'
import { headline } from '../../src/render/html/plan-section.ts'
import { type Layout, layout, type Placed, shownColumns, sides, widths } from '../../src/render/html/river/layout.ts'

const width = 960
const margin = 32
const inner = width - 2 * margin
const perRow = 28
/** The top of the river: below the headline and the dots. */
const style = `svg{font-family:ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.paper{fill:#fbfaf7}.ink{fill:#1b2024}.soft{fill:#5a6570}.box{fill:#fff;stroke:#dedbd2}
.r0{--c:#c42b3a}.r1{--c:#d9622b}.r2{--c:#b98a1d}.r3{--c:#7a62c9}.r4{--c:#6a7f97}.none{--c:#9aa3aa}.kept,.new{--c:#0f766e}
@media (prefers-color-scheme:dark){.paper{fill:#14171a}.ink{fill:#eceae4}.soft{fill:#a3adb5}.box{fill:#1c2125;stroke:#343b41}
.r0{--c:#ff6b76}.r1{--c:#ff9a62}.r2{--c:#e6bd55}.r3{--c:#ab98f5}.r4{--c:#8ea4bd}.none{--c:#77828a}.kept,.new{--c:#5eead4}}
.dot{fill:none;stroke:var(--c);stroke-width:2}.kept{fill:var(--c)}.gone{opacity:.6}.dot.none{stroke-dasharray:2 2}
.band{fill:none;stroke:var(--c);stroke-opacity:.42}.assumed{stroke-dasharray:6 4}.mark{fill:var(--c)}`

/** What a configuration needs, as a picture that stands alone: the dots, then the river. */
export function picture(document: GenerateJson): string {
  const { diff, pod, grants, flow } = document
  const rows = [...grantRows(grants), ...(pod === null ? [] : privilegeRows(pod))].sort((a, b) => a.rank - b.rank)
  const { columns, strands } = shownColumns(planStrands(flow, rows, 'need').strands, titles.length)
  const made = layout(strands, columns.length)
  const kinds = kindsOf({ ...diff, total: diff.defaults, by: 'by default', pictured: true })
  const dots = kinds.flatMap(({ style: name, count }) => Array.from({ length: count }, () => name))
  const below = 92 + Math.ceil(dots.length / perRow) * 22
  const top = below + 52
  const height = Math.ceil(top + made.height + margin)
  const label = `${headline(diff)}: ${rows.map(({ title, detail }) => `${title} (${detail})`).join(', ') || 'nothing is needed'}`
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<title>${label}</title>
<style>${trusted(style)}</style>
<rect class="paper" width="${width}" height="${height}" rx="12"/>
<text class="ink" x="${margin}" y="54" font-size="28" font-weight="680">${headline(diff)}</text>
<text class="soft" x="${width - margin}" y="52" font-size="14" text-anchor="end">${diff.defaults} by default, ${diff.needed} needed</text>
${dots.map((name, at) => html`<circle class="dot ${name}" cx="${margin + 8 + (at % perRow) * 22}" cy="${88 + Math.floor(at / perRow) * 22}" r="6.5"/>`)}
${columns.map((column, at) => html`<text class="soft" x="${x(at, columns.length, 0)}" y="${below + 34}" font-size="13">${titles[column] ?? ''}</text>`)}
<g transform="translate(0 ${top})">
${bands(made, columns.length)}
${made.placed.map(each => box(each, columns.length))}</g>
</svg>
`.html
}

const x = (column: number, columns: number, side: 0 | 1): number =>
  Math.round(margin + inner * (sides[columns]?.[column]?.[side] ?? 0))

function bands({ bands: all }: Layout, columns: number): readonly Markup[] {
  return all.map(({ from, to, start, end, strand }) => {
    const [a, c] = [x(from.column, columns, from.node === null ? 0 : 1), x(to.column, columns, 0)]
    const b = Math.round((a + c) / 2)
    const [d, e] = [Math.round(start * 10) / 10, Math.round(end * 10) / 10]
    const name = `band r${strand.rank}${strand.assumed ? ' assumed' : ''}`
    return html`<path class="${name}" stroke-width="${widths[strand.rank]}" d="M${a} ${d}C${b} ${d} ${b} ${e} ${c} ${e}"/>
`
  })
}

function box({ node, column, top, height }: Placed, columns: number): Markup {
  if (node === null) return html``
  const [left, right] = [x(column, columns, 0), x(column, columns, 1)]
  const rows = rowsOf(node.title, Math.floor((right - left - 20) / 8.3))
  const first = top + height / 2 - rows.length * 9 + (node.detail === '' ? 13 : 5)
  const y = (at: number): number => Math.round(first + at * 18)
  const mark =
    node.rank === null
      ? null
      : html`<rect class="mark r${node.rank}" x="${left}" y="${Math.round(top)}" width="5" height="${Math.round(height)}" rx="2"/>`
  return html`<rect class="box" x="${left}" y="${Math.round(top)}" width="${right - left}" height="${Math.round(height)}" rx="7"/>${mark}${rows.map((each, at) => html`<text class="ink" x="${left + 12}" y="${y(at)}" font-size="13.5" font-weight="600">${each}</text>`)}${node.detail === '' ? null : html`<text class="soft" x="${left + 12}" y="${y(rows.length) - 2}" font-size="12">${clipped(node.detail, Math.floor((right - left - 20) / 6.7))}</text>`}
`
}

const clipped = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** A name in lines that fit, broken behind dots, slashes and blanks where that is possible. */
function rowsOf(name: string, most: number): readonly string[] {
  const rows = ['']
  for (const part of name.split(/(?<=[/. ])/).flatMap(each => each.match(new RegExp(`.{1,${most}}`, 'g')) ?? [])) {
    const row = rows.at(-1) ?? ''
    if (row !== '' && row.length + part.length > most) rows.push(part)
    else rows[rows.length - 1] = row + part
  }
  return rows.slice(0, 3)
}
