/** A module of dist/rulemap as it is bundled. */
export interface Tables {
  /** The text of each table by its name, as ASCII: so that a byte is a character. */
  readonly sections: ReadonlyMap<string, string>
  /** The module that cuts it out of the texts of all. */
  readonly module: string
}

/** Some table under its name: texts by their keys, or something else that is kept as JSON. */
type Table = Readonly<Record<string, unknown>>

/** Reads a module of dist/rulemap. A table has a line for each key, so that what is not used of it is not parsed. */
export async function tablesOf(folder: string, name: string): Promise<Tables> {
  const sections = new Map<string, string>()
  const lines = [`import { ordered, parsed, rows, texts } from 'tables:cut'`]
  for (const [key, value] of Object.entries((await import(`${folder}/${name}.js`)) as Table)) {
    const section = `${name}/${key}`
    sections.set(section, isRecord(value) ? keyed(textsOf(value)) : `${ascii(JSON.stringify(value))}\n`)
    lines.push(`export const ${key} = ${cutter(value)}('${section}')`)
  }
  return { sections, module: lines.join('\n') }
}

/**
 * The module with the texts of some tables, behind a line that says how long each is. A tagged literal is taken as it is written, by
 * JavaScript and by who reads the file.
 */
export function textModule(tables: Iterable<Tables>): string {
  const sections = Array.from(tables, each => [...each.sections]).flat()
  const lengths = JSON.stringify(Object.fromEntries(sections.map(([name, { length }]) => [name, length])))
  return `export const text=String.raw\`${lengths}\n${sections.map(([, text]) => text).join('')}\`\n`
}

/** What cuts tables out of the text, which is that of `tables:text`, when something of them is used. */
export const cut = `
import { text } from 'tables:text'
const places = {}
let end = text.indexOf('\\n') + 1
for (const [name, length] of Object.entries(JSON.parse(text.slice(0, end)))) places[name] = [end, (end += length)]
const section = name => text.slice(...places[name])
const late = load => {
  let table
  const loaded = () => (table ??= load())
  return {
    get: (_, key) => loaded()[key],
    has: (_, key) => key in loaded(),
    ownKeys: () => Reflect.ownKeys(loaded()),
    getOwnPropertyDescriptor: (_, key) => Object.getOwnPropertyDescriptor(loaded(), key),
  }
}
export const parsed = name => JSON.parse(section(name))
const keyed = lines => {
  const table = {}
  for (let from = 0; from < lines.length; ) {
    const blank = lines.indexOf(' ', from)
    const end = lines.indexOf('\\n', blank)
    table[lines.slice(from, blank)] = lines.slice(blank + 1, end)
    from = end + 1
  }
  return table
}
export const texts = name => new Proxy({}, late(() => keyed(section(name))))
// Each value is parsed when it is first used.
export const rows = name =>
  new Proxy({}, late(() => {
    const lines = keyed(section(name))
    const table = {}
    for (const key of Object.keys(lines)) {
      let value
      Object.defineProperty(table, key, {
        get: () => (value === undefined ? (value = JSON.parse(lines[key])) : value),
        enumerable: true,
        configurable: true,
      })
    }
    return table
  }))
// The keys are in order, so that few of them have to be looked at for one.
const search = (lines, key) => {
  for (let from = 0, end = lines.length; from < end; ) {
    const at = lines.lastIndexOf('\\n', from + Math.floor((end - from) / 2) - 1) + 1
    const start = Math.max(at, from)
    const blank = lines.indexOf(' ', start)
    const found = lines.slice(start, blank)
    const next = lines.indexOf('\\n', blank) + 1
    if (found === key) return lines.slice(blank + 1, next - 1)
    if (found < key) from = next
    else end = start
  }
}
export const ordered = name => {
  let lines
  let table
  const all = () => (table ??= keyed((lines ??= section(name))))
  const found = new Map()
  const find = key => {
    if (table) return table[key]
    if (!found.has(key)) found.set(key, typeof key === 'string' ? search((lines ??= section(name)), key) : undefined)
    return found.get(key)
  }
  return new Proxy({}, {
    ...late(all),
    get: (_, key) => find(key),
    has: (_, key) => find(key) !== undefined,
    getOwnPropertyDescriptor: (_, key) => {
      const value = find(key)
      return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true }
    },
  })
}
`

/** What cuts a table out: all of it at once, or as it is used. */
function cutter(table: unknown): string {
  if (!isRecord(table)) return 'parsed'
  if (!isRecordOfTexts(table)) return 'rows'
  const keys = Object.keys(table)
  return keys.every((key, at) => at === 0 || keys[at - 1]! < key) ? 'ordered' : 'texts'
}

const isRecord = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The values of a table as JSON: they are that already, or they become it. */
const textsOf = (table: Table): Readonly<Record<string, string>> =>
  isRecordOfTexts(table)
    ? table
    : Object.fromEntries(Object.entries(table).map(([key, value]) => [key, JSON.stringify(value)]))

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
