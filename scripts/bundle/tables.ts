/** A module of dist/rulemap as it is bundled. */
export interface Tables {
  /** What is in it, as ASCII: so that a byte is a character. */
  readonly text: string
  /** The module that cuts it out of the texts of all. */
  readonly module: string
}

/** Some table under its name: texts by their keys, or something else that is kept as JSON. */
type Table = Readonly<Record<string, unknown>>

/** Reads a module of dist/rulemap. Each of its tables is a line with `#` and its name; one of texts has a line for each key. */
export async function tablesOf(folder: string, name: string): Promise<Tables> {
  const parts: string[] = []
  const lines = [`import { parsed, texts } from 'tables:cut'`]
  for (const [key, value] of Object.entries((await import(`${folder}/${name}.js`)) as Table)) {
    const section = `${name}/${key}`
    const isTexts = isRecordOfTexts(value)
    parts.push(`#${section}\n${isTexts ? keyed(value) : `${ascii(JSON.stringify(value))}\n`}`)
    lines.push(`export const ${key} = ${isTexts ? 'texts' : 'parsed'}('${section}')`)
  }
  return { text: parts.join(''), module: lines.join('\n') }
}

/** The module with the texts of some tables. A tagged literal is taken as it is written, by JavaScript and by who reads the file. */
export const textModule = (tables: Iterable<Tables>): string =>
  `export const text=String.raw\`${Array.from(tables, ({ text }) => text).join('')}#\`\n`

/** What cuts tables out of the text; `tables:text` has the text. */
export const cut = `
import { text } from 'tables:text'
const section = name => {
  const from = text.indexOf('#' + name + '\\n') + name.length + 2
  return text.slice(from, text.indexOf('\\n#', from) + 1)
}
export const parsed = name => JSON.parse(section(name))
export const texts = name => {
  const lines = section(name)
  const table = {}
  for (let from = 0; from < lines.length; ) {
    const blank = lines.indexOf(' ', from)
    const end = lines.indexOf('\\n', blank)
    table[lines.slice(from, blank)] = lines.slice(blank + 1, end)
    from = end + 1
  }
  return table
}
`

function isRecordOfTexts(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && Object.values(value).every(each => isJson(each))
}

/** A text of a table of texts is JSON: only so may it be escaped as JSON is. */
function isJson(value: unknown): boolean {
  return typeof value === 'string' && /^[{["]/.test(value)
}

function keyed(table: Readonly<Record<string, string>>): string {
  return Object.entries(table)
    .map(([key, value]) => {
      if (!/^[!$-_a-z|~][!-_a-z|~]*$/.test(key)) throw new Error(`a table has the key ${key}`)
      JSON.parse(value)
      return `${key} ${ascii(value)}\n`
    })
    .join('')
}

/** JSON without what ends or interrupts a template literal, and without what is more than a byte. */
function ascii(json: string): string {
  if (json.includes('\n')) throw new Error('a table has a line break')
  return json
    .replace(/[^\0-\x7f]/g, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('`', '\\u0060')
    .replaceAll('${', '\\u0024{')
}
