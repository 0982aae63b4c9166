import type { ChangeJson, CollectorJson, CompareJson, StateJson } from '../documents/compare.ts'
import { html, type Markup } from './markup.ts'
import { privilegeRow, type Rank, riskOfLine } from './needs.ts'
import type { Page } from './page.ts'
import { figure, remarks, shortPlace, versionsLine } from './parts.ts'
import type { RiverNode, Strand } from './river/layout.ts'
import { river } from './river/river.ts'

const verdicts = {
  unchanged: { words: 'Nothing changes', verdict: 'good' },
  changed: { words: '', verdict: null },
  unknown: { words: 'Not all of it can be compared', verdict: 'open' },
} as const

/** More are folded, so that the page begins with the numbers. */
const mostOpen = 3
/** Pictures of more collectors than these would hide the others. */
const mostPictured = 12

/** The page of `compare`: what is new, lost and different, collector by collector. */
export function comparePage(document: CompareJson): Page {
  const { status, old, new: now, totals, collectors } = document
  const { words, verdict } = verdicts[status]
  const changed = collectors.filter(({ state }) => state !== 'unchanged')
  const headline = words || changesIn(totals)
  const target = now.target ?? old.target
  return {
    title: `alloy-rbac compare: ${headline.toLowerCase()}`,
    about: `What changes from ${old.path} to ${now.path}`,
    headline,
    verdict,
    below: target === null ? html`` : html`<p class="versions">${versionsLine(target)}</p>`,
    body: html`<div class="facts">${figure(totals.new, 'new', totals.new > 0 ? 'bad' : '')}${figure(totals.risky, 'of these risky', totals.risky > 0 ? 'bad' : '')}${figure(totals.lost, 'lost')}${figure(totals.changed, 'changed')}</div>
${side('Before', old)}${side('After', now)}${
  collectors.length > 1 ? table(collectors) : null
}${changed.map((each, at) => section(each, at, changed.length))}`,
  }
}

function changesIn({ new: added, lost, changed }: CompareJson['totals']): string {
  const parts = [
    ...(added > 0 ? [`${added} new`] : []),
    ...(lost > 0 ? [`${lost} lost`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
  ]
  return parts.length === 0
    ? 'Other collectors, and no other access'
    : `Permissions and privileges: ${parts.join(', ')}`
}

function side(words: string, { path, complete, diagnostics }: StateJson): Markup | null {
  const worth = diagnostics.filter(({ severity }) => severity !== 'note')
  if (worth.length === 0 && complete) return null
  return html`<section><h2>${words}: ${path}</h2>
${
  complete
    ? null
    : html`<p class="alarm"><b>Incomplete:</b> errors in the input may hide collectors.</p>
`
}${remarks(worth)}</section>
`
}

function table(collectors: readonly CollectorJson[]): Markup {
  const shown = (part: CollectorJson['old'], key: 'needed' | 'granted' | 'privileges'): string | number =>
    part?.[key] ?? '–'
  const cell = ({ old, new: now }: CollectorJson, key: 'needed' | 'granted' | 'privileges'): Markup =>
    html`<td><span class="counts">${shown(old, key)} → <b>${shown(now, key)}</b></span></td>`
  return html`<section><h2>All of them</h2>
<div class="scroll"><table class="totals"><caption>Before and after, by collector</caption>
<thead><tr><th scope="col">collector</th><th scope="col">state</th><th scope="col">needed</th><th scope="col">granted</th><th scope="col">privileges</th></tr></thead>
<tbody>
${collectors.map(
  each => html`<tr><th scope="row">${each.name || 'the configuration'}</th><td>${each.state}</td>${cell(each, 'needed')}${cell(each, 'granted')}${cell(each, 'privileges')}</tr>
`,
)}</tbody></table></div></section>
`
}

const groups = [
  ['new', 'New'],
  ['lost', 'Lost'],
  ['changed', 'Changed'],
] as const

function section({ name, formerly, state, changes, diagnostics }: CollectorJson, at: number, of: number): Markup {
  const label = name || 'The configuration'
  const id = `c${at + 1}`
  const added = changes.filter(({ change }) => change === 'new')
  const inside = html`${
    formerly === null
      ? null
      : html`<p>Before, it was called ${formerly || 'the configuration'}.</p>
`
  }${diagnostics.length === 0 ? null : remarks(diagnostics)}${of <= mostPictured && added.length > 0 ? picture(added, id) : null}${groups.map(
    ([change, words]) =>
      list(
        changes.filter(each => each.change === change),
        words,
        change === 'new' ? id : null,
      ),
  )}`
  return of === 1
    ? html`<section class="alone"><h2 class="name">${label}</h2>
${inside}</section>
`
    : html`<details class="one" id="${id}"${of <= mostOpen ? html` open` : null}><summary><h2>${label}</h2><span>${state}</span></summary>
${inside}</details>
`
}

/** Who asks for or grants what was not there before. */
function picture(added: readonly ChangeJson[], id: string): Markup {
  const strands = added.flatMap(({ kind, lines, places, certainty }) =>
    lines.flatMap(line => {
      const { title, detail, rank, risk } = described(line, kind)
      const what: RiverNode = {
        key: line,
        title,
        detail,
        rank,
        href: `#${id}-new`,
        tip: [line, ...(risk === null ? [] : [risk])],
      }
      const by = places.length === 0 ? [null] : places
      return by.map(
        (place): Strand => ({ nodes: [placeNode(place, id), what], rank, assumed: certainty === 'assumed' }),
      )
    }),
  )
  const label = `${added.length} changes add access. The list below has the same.`
  return html`<h3>Where the new comes from</h3>
${river({ titles: ['Asked for or granted by', 'New'], label, strands })}`
}

interface Described {
  readonly title: string
  readonly detail: string
  readonly rank: Rank
  readonly risk: string | null
}

function described(line: string, kind: ChangeJson['kind']): Described {
  if (kind === 'privilege') return privilegeRow(line, [])
  const [where = '', subject = line, verbs = ''] = line.split(' ')
  const place = { cluster: 'whole cluster', '.': 'own namespace', url: 'URL' }[where] ?? `namespace ${where}`
  const { rank, sentence } = riskOfLine(line)
  return { title: subject, detail: `${verbs.replaceAll(',', ', ')} · ${place}`, rank, risk: sentence }
}

function placeNode(place: ChangeJson['places'][number] | null, id: string): RiverNode {
  if (place === null) return { key: '', title: 'the deployment', detail: '', rank: null, href: null, tip: [] }
  const { text, path, line } = place
  return {
    key: JSON.stringify(place),
    title: text,
    detail: shortPlace(path, line),
    rank: null,
    href: `#${id}-new`,
    tip: [text, `${path}:${line}`],
  }
}

function list(changes: readonly ChangeJson[], words: string, id: string | null): Markup | null {
  if (changes.length === 0) return null
  return html`<h3${id === null ? null : html` id="${id}-new"`}>${words}</h3>
<ul class="remarks">
${changes.map(
  ({
    severity,
    code,
    message,
    lines,
    instead,
    places,
    aspect,
    certainty,
  }) => html`<li class="${severity}"><p><span class="badge">${severity}</span> <code>${code}</code> <small>${aspect}${certainty === 'assumed' ? ', assumed' : ''}</small></p><p>${message}</p><ul class="lines">${lines.map(line => html`<li><code>${line}</code></li>`)}</ul>${instead.length === 0 ? null : html`<p class="help">instead of ${instead.join(', ')}</p>`}${places.map(({ text, path, line }) => html`<p class="help">${text} <small>${path}:${line}</small></p>`)}</li>
`,
)}</ul>
`
}
