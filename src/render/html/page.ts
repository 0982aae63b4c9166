import { program } from '#rulemap/program'
import { reportStyle } from '#rulemap/reportStyle'
import { html, type Markup, trusted } from './markup.ts'

/** What a page consists of. */
export interface Page {
  /** Of the window. */
  readonly title: string
  /** Small, above the headline. */
  readonly about: string
  readonly headline: string
  /** `good`, `bad` or `open` colors the headline's mark. */
  readonly verdict: 'good' | 'bad' | 'open' | null
  readonly below: Markup
  readonly body: Markup
}

/** Nothing is loaded, nothing is sent, and nothing runs. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** A whole page, ending in one line feed. */
export function page({ title, about, headline, verdict, below, body }: Page): string {
  const { html: text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>
${trusted(reportStyle.trim())}
${trusted(lit(body.html))}
</style>
</head>
<body>
<main class="report">
<header>
<p class="about">${about}</p>
<h1${verdict === null ? null : html` class="${verdict}"`}>${headline}</h1>
${below}
</header>
${body}<footer><p>Made by ${program.name} ${program.version} from the input alone: no network, no clock. The same input gives the same page.</p></footer>
</main>
</body>
</html>
`
  return text
}

/** Rules that make the strands of a node stand out, for as many nodes as there are. */
function lit(body: string): string {
  const numbers = new Set(Array.from(body.matchAll(/ n(\d+)(?=[ "])/g), ([, number]) => Number(number)))
  const on = [...numbers]
    .sort((a, b) => a - b)
    .map(at => `.river:has(.node.n${at}:is(:hover,:focus-visible)) .b:not(.n${at})`)
  return on.length === 0 ? '' : `${on.join(',')}{opacity:.1}`
}
