import type { DiffAllJson, DiffJson } from '../documents/diff.ts'
import type { GenerateAllJson, GenerateJson } from '../documents/generate.ts'
import { html, type Markup } from './markup.ts'
import type { Page } from './page.ts'
import { versionsLine } from './parts.ts'
import { compared, generated, headline, planSection, type Section, underline } from './plan-section.ts'
import { type Total, totalsTable } from './totals.ts'

/** The page of `generate`. */
export function generatePage(document: GenerateJson | GenerateAllJson, yaml: (values: object) => string): Page {
  if (!('configurations' in document)) return single(generated(document, yaml))
  const { totals, configurations } = document
  return several({
    sections: configurations.map(each => generated(each, yaml)),
    totals: totals.each.map(({ name, grants, privileges }) => ({ name, counts: [grants, privileges] })),
    titles: ['permissions', 'privileges'],
    headline:
      totals.grants === null
        ? `${configurations.length} configurations`
        : `${totals.grants.after} of ${totals.grants.before} permissions are needed`,
  })
}

/** The page of `diff`. */
export function diffPage(document: DiffJson | DiffAllJson): Page {
  if (!('configurations' in document)) return single(compared(document))
  const { totals, configurations } = document
  return several({
    sections: configurations.map(compared),
    totals: configurations.map(({ name = '', defaults, needed }) => ({
      name,
      counts: [{ before: defaults, after: needed }],
    })),
    titles: ['permissions'],
    headline: `${totals.needed} of ${totals.defaults} permissions are needed`,
  })
}

function single(section: Section): Page {
  const { plan, difference } = section
  return {
    title: `alloy-rbac: ${headline(difference)}`,
    about: 'What this Alloy configuration needs',
    headline: headline(difference),
    verdict: null,
    below: underline(plan),
    body: planSection({ ...section, id: 'need', level: 2 }),
  }
}

interface Several {
  readonly sections: readonly Section[]
  readonly totals: readonly Total[]
  readonly titles: readonly string[]
  readonly headline: string
}

/** More are folded, so that the page begins with the table. */
const mostOpen = 3

function several({ sections, totals, titles, headline: words }: Several): Page {
  const [first] = sections
  const open = sections.length <= mostOpen ? html` open` : null
  const below: Markup = first === undefined ? html`` : html`<p class="versions">${versionsLine(first.plan.target)}</p>`
  return {
    title: `alloy-rbac: ${words}`,
    about: `What these ${sections.length} Alloy configurations need`,
    headline: words,
    verdict: null,
    below,
    body: html`<section><h2>All of them</h2>
${totalsTable(totals, titles, 'configuration')}</section>
${sections.map(
  (
    each,
    at,
  ) => html`<details class="one" id="c${at + 1}"${open}><summary><h2>${each.plan.name || 'the configuration'}</h2><span>${each.difference.defaults} → ${each.difference.needed}</span></summary>
${planSection({ ...each, id: `need${at + 1}`, level: 3 })}</details>
`,
)}`,
  }
}
