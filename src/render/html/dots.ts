import { html, type Markup } from './markup.ts'
import { type Rank, riskOfLine, single } from './needs.ts'

/** Grants that a deployment has, and what becomes of them. */
export interface Held {
  readonly total: number
  /** Lines of what falls away. */
  readonly excess: readonly string[]
  readonly phantom: readonly string[]
  /** Lines of what is needed and not there. */
  readonly missing: readonly string[]
  /** How many are needed in the end. */
  readonly needed: number
  /** Says who has them: `by default`. */
  readonly by: string
  /** False: numbers alone. */
  readonly pictured: boolean
}

/** One kind of dots: how many, and what they stand for. */
export interface Kind {
  readonly style: string
  readonly words: string
  readonly lines: readonly string[]
  readonly count: number
}

/** More dots are only a gray area. */
const mostDots = 600

/** Before and after as dots: each is one grant, and what is not needed fades. */
export function dots(held: Held): Markup {
  const { total, phantom, missing, needed, by, pictured } = held
  const kinds = kindsOf(held)
  const shown = kinds.filter(({ count }) => count > 0)
  const falling = shown.filter(({ style }) => style.startsWith('gone'))
  const staying = shown.filter(({ style }) => !style.startsWith('gone'))
  const falls = falling.reduce((sum, { count }) => sum + count, 0)
  const all = total + missing.flatMap(single).length
  const label = `${total} grants ${by}: ${falls} are not needed${phantom.length > 0 ? ', some of them on nothing that exists' : ''}; ${needed} are needed.`
  return html`<figure class="dots">
${
  !pictured || all > mostDots
    ? null
    : html`<div class="grid" role="img" aria-label="${label}">${shown.map(dotsOf)}</div>
`
}<figcaption><ul class="legend">
${staying.map(legendOf)}${
  falling.length === 0
    ? null
    : html`<li class="falls">${falls} fall away, because nothing in the configuration needs them:</li>
`
}${falling.map(legendOf)}</ul></figcaption>
</figure>
`
}

/** The dots by what becomes of them and what they give away: what stays, what is new, then what falls away. */
export function kindsOf({ total, excess, phantom, missing }: Held): readonly Kind[] {
  const groups = new Map<string, { rank: Rank; lines: string[] }>()
  for (const line of excess) {
    const { rank, sentence } = riskOfLine(line)
    const words = sentence ?? 'only reads metadata or metrics'
    const known = groups.get(words)
    if (known) known.lines.push(line)
    else groups.set(words, { rank, lines: [line] })
  }
  const fading = [...groups]
    .sort(([, a], [, b]) => a.rank - b.rank)
    .map(([words, { rank, lines }]) => kind(`gone r${rank}`, words, lines))
  const gone = [...fading, kind('gone none', 'no API serves such a resource', phantom)]
  const falls = gone.reduce((sum, { count }) => sum + count, 0)
  return [
    { style: 'kept', words: 'needed, and stays', lines: [], count: Math.max(0, total - falls) },
    kind('new', 'needed, but not granted', missing),
    ...gone,
  ]
}

const kind = (style: string, words: string, lines: readonly string[]): Kind => ({
  style,
  words,
  lines,
  count: lines.flatMap(single).length,
})

function dotsOf({ style, lines, count }: Kind): Markup {
  const titles = lines.flatMap(single)
  return html`${Array.from({ length: count }, (_, at) => html`<i class="${style}"${titles[at] === undefined ? null : html` title="${titles[at]}"`}></i>`)}`
}

function legendOf({ style, words, lines, count }: Kind): Markup {
  const entry = html`<i class="${style}" aria-hidden="true"></i><b>${count}</b> <span>${words}</span>`
  return lines.length === 0
    ? html`<li><p>${entry}</p></li>
`
    : html`<li><details><summary>${entry}</summary><ul class="lines">${lines.map(line => html`<li><code>${line}</code></li>`)}</ul></details></li>
`
}
