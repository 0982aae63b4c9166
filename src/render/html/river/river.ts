import { breakable, html, type Markup } from '../markup.ts'
import { type Band, type Layout, layout, type Placed, type Strand, shownColumns, sides, widths } from './layout.ts'

/** What a river shows. */
export interface RiverOptions {
  readonly titles: readonly string[]
  /** For those who do not see it. */
  readonly label: string
  readonly strands: readonly Strand[]
}

/** More strands are only a tangle: the table has the others. */
const mostStrands = 90
/** Nodes beyond these do not light up their strands. */
const mostLit = 80

/** Strands from column to column, width and color by risk; every node says on hover and focus what it is, and leads to more. */
export function river({ titles, label, strands: all }: RiverOptions): Markup {
  const strands = all.toSorted((a, b) => a.rank - b.rank).slice(0, mostStrands)
  if (strands.length === 0) return html``
  const { columns, strands: shown } = shownColumns(strands, titles.length)
  const made = layout(shown, columns.length)
  const numbers = new Map(made.placed.filter(({ node }) => node !== null).map((each, at) => [each, at]))
  const left = all.length - strands.length
  return html`<div class="river c${columns.length}" role="group" aria-label="${label}" style="--h:${Math.ceil(made.height)}">
<svg aria-hidden="true" viewBox="0 0 100 ${Math.ceil(made.height)}" preserveAspectRatio="none">${bands(made, columns.length, numbers)}</svg>
${columns.map(
  (title, column) => html`<div class="column k${column}"><p class="title">${titles[title] ?? ''}</p><ul>
${made.placed.filter(each => each.column === column).map(each => nodeOf(each, numbers))}</ul></div>
`,
)}</div>
<p class="narrow">The diagram needs a wider screen. The table has the same.</p>
${left > 0 ? html`<p class="more">${left} more of the lowest risk are in the table.</p>` : null}`
}

function bands({ bands: all }: Layout, columns: number, numbers: ReadonlyMap<Placed, number>): readonly Markup[] {
  const side = ({ column }: Placed, at: 0 | 1): number => 100 * (sides[columns]?.[column]?.[at] ?? 0)
  // The thin ones are on top.
  return all
    .toSorted((a, b) => a.strand.rank - b.strand.rank)
    .map(each => band(each, side(each.from, each.from.node === null ? 0 : 1), side(each.to, 0), numbers))
}

function band(
  { passes, start, end, strand }: Band,
  x: number,
  until: number,
  numbers: ReadonlyMap<Placed, number>,
): Markup {
  const round = (length: number): number => Math.round(length * 10) / 10
  const [a, b, c] = [round(x), round((x + until) / 2), round(until)]
  const [d, e] = [round(start), round(end)]
  const classes = [
    `b r${strand.rank}`,
    ...(strand.assumed ? ['assumed'] : []),
    ...passes.flatMap(each => numberOf(each, numbers)),
  ]
  return html`<path class="${classes.join(' ')}" d="M${a} ${d}C${b} ${d} ${b} ${e} ${c} ${e}" stroke-width="${widths[strand.rank]}"/>`
}

const numberOf = (placed: Placed, numbers: ReadonlyMap<Placed, number>): readonly string[] => {
  const number = numbers.get(placed)
  return number === undefined || number >= mostLit ? [] : [`n${number}`]
}

function nodeOf(placed: Placed, numbers: ReadonlyMap<Placed, number>): Markup {
  const { node, top, height } = placed
  if (node === null) return html``
  const classes = ['node', ...(node.rank === null ? [] : [`r${node.rank}`]), ...numberOf(placed, numbers)].join(' ')
  const tip =
    node.tip.length === 0
      ? null
      : html`<span class="tip" aria-hidden="true">${node.tip.map(each => html`<span>${each}</span>`)}</span>`
  const inside = html`<b>${breakable(node.title)}</b>${node.detail === '' ? null : html`<small>${node.detail}</small>`}`
  const place = html`style="--y:${Math.round(top)};--s:${Math.round(height)}"`
  return node.href === null
    ? html`<li ${place}><span class="${classes}">${inside}</span></li>
`
    : html`<li ${place}><a class="${classes}" href="${node.href}">${inside}${tip}</a></li>
`
}
