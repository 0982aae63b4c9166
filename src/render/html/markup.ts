import { inert } from '../../text/inert.ts'

/** A piece of HTML: everything of an input in it is escaped. */
export interface Markup {
  readonly html: string
}

/** What a template may hold: texts and numbers, which are escaped, and pieces of HTML; nothing for null. */
type Part = string | number | null | Markup | readonly Part[]

/** Template tag, and the only way to make HTML: whatever is filled in is shown as text, unless it was made by this too. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: strings.map((each, at) => (at === 0 ? each : textOf(parts[at - 1] ?? null) + each)).join('') }
}

/** Words of this program as they are: a style sheet. */
export const trusted = (text: string): Markup => ({ html: text })

/** A name that may be broken behind its dots and slashes. */
export const breakable = (name: string): Markup => ({
  html: name
    .split(/(?<=[/.])/)
    .map(escaped)
    .join('<wbr>'),
})

/** Lines of a document of this program, as text. */
export const lines = (text: string): Markup => ({ html: text.split('\n').map(escaped).join('\n') })

function textOf(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return `${part}`
  return 'html' in part ? part.html : part.map(textOf).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as it may stand in an element or between quotes in a tag. */
const escaped = (text: string): string => inert(text).replace(/[&<>"']/g, sign => entities[sign] ?? sign)
