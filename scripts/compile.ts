// Writes the rule map as modules that load fast: dist/rulemap/NAME.js exports NAME, which `#rulemap/NAME` resolves to.
// Rules that do not fit their schema, and diagnostics without notes, are reported, and nothing is written.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Evidence } from '../src/rules/map/schema.ts'
import { readDiagnostics, shownNotes } from './diagnostics.ts'
import { describeProblem, type RuleMap, readRuleMap } from './rulemap.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** One table of the rule map and how it is read; its declaration is src/rules/tables/NAME.d.ts. */
interface Table {
  readonly name: string
  readonly read: () => unknown
}

const text = (file: string): string => readFileSync(`${root}rulemap/${file}`, 'utf8')

const json = (file: string): unknown => JSON.parse(text(file))

const manifest = (): unknown => {
  const { name, version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { name: string; version: string }
  return { name, version }
}

/** The table of resources without the words for those who read the file. */
const resources = (): unknown => {
  const { about: _, ...table } = json('kubernetes.json') as { about: unknown }
  return table
}

/** What the program asks of the readings. */
const readings = (): unknown => {
  const { release, tag, unread } = json('read.json') as Readonly<Record<string, unknown>>
  return { release, tag, unread }
}

/** The same for the roles that every cluster has. */
const builtInRoles = (): unknown => {
  const { about: _, source: __, ...table } = json('bootstrap.json') as { about: unknown; source: unknown }
  return table
}

const tables: readonly Table[] = [
  { name: 'bootstrap', read: builtInRoles },
  { name: 'canI', read: () => readFileSync(`${root}src/render/can-i.sh`, 'utf8') },
  { name: 'charts', read: () => json('charts.json') },
  { name: 'documented', read: () => (json('documented.json') as { facts: unknown }).facts },
  { name: 'example', read: () => text('example.alloy') },
  { name: 'kubernetes', read: resources },
  { name: 'program', read: manifest },
  { name: 'read', read: readings },
  { name: 'reportStyle', read: () => readFileSync(`${root}src/render/html/report.css`, 'utf8') },
]

const map = readRuleMap(`${root}rulemap`)
for (const problem of map.problems) console.error(describeProblem(problem))
const diagnostics = readDiagnostics(readFileSync(`${root}docs/diagnostics.yaml`, 'utf8'))
for (const problem of diagnostics.problems) console.error(problem)
if (map.problems.length + diagnostics.problems.length > 0) process.exitCode = 1
else write(map)

function write(map: RuleMap): void {
  mkdirSync(`${root}dist/rulemap`, { recursive: true })
  for (const { name, read } of tables) {
    // A string literal passed to JSON.parse loads faster than the same object literal.
    const literal = JSON.stringify(JSON.stringify(read()))
    writeFileSync(`${root}dist/rulemap/${name}.js`, `export const ${name} = JSON.parse(${literal})\n`)
  }
  writeRules(map)
  writeInventory()
  writeDiagnostics()
}

/** What is said of each code: texts too, of which `explain` parses one. */
function writeDiagnostics(): void {
  const notes = [...diagnostics.notes].map(([code, each]) => [code, shownNotes(each)] as const)
  writeFileSync(`${root}dist/rulemap/diagnostics.js`, `export const diagnostics = ${texts(notes)}\n`)
}

/** The inventory is kept as texts too. They hold neither apostrophes nor backslashes, and stand as they are between apostrophes. */
function writeInventory(): void {
  const { components, blocks, enums, bodies, releases, ahead } = json('inventory.json') as Inventory
  const texts = (table: Readonly<Record<string, unknown>>): string => {
    const lines = Object.entries(table).map(([name, value]) => `'${name}':'${JSON.stringify(value)}'`)
    if (lines.some(line => line.includes('\\') || line.split("'").length !== 5))
      throw new Error('inventory.json needs escapes')
    return `{\n${lines.join(',\n')}\n}`
  }
  writeFileSync(
    `${root}dist/rulemap/inventory.js`,
    `export const components = ${texts(components)}
export const blocks = ${texts(blocks)}
export const values = ${texts(enums)}
export const bodies = ${texts(bodies)}
export const releases = ${JSON.stringify(releases)}
export const ahead = '${ahead}'
`,
  )
}

/** The parts of rulemap/inventory.json. */
interface Inventory {
  readonly releases: readonly string[]
  readonly ahead: string
  readonly components: Readonly<Record<string, unknown>>
  readonly blocks: Readonly<Record<string, unknown>>
  readonly enums: Readonly<Record<string, unknown>>
  readonly bodies: Readonly<Record<string, unknown>>
}

/** Rules are kept as texts, one a component: a run parses those of the few components that it meets. */
function writeRules({ entries, conditions }: RuleMap): void {
  // What a file was at a tag is for anyone who checks the evidence, not for anyone who reads it.
  const shown = ({ blob: _, ...rest }: Evidence) => rest
  const rules = entries.map(({ name, rules: { examples: _, evidence, ...rest } }) => {
    const known = Object.entries(evidence).map(([key, each]) => [key, shown(each)])
    return [name, { ...rest, evidence: Object.fromEntries(known) }] as const
  })
  const examples = entries.flatMap(({ name, rules }) => (rules.examples ? [[name, rules.examples] as const] : []))
  const shared = Object.entries(conditions).map(([name, { when }]) => [name, when] as const)
  writeFileSync(
    `${root}dist/rulemap/components.js`,
    `export const components = ${texts(rules)}\nexport const conditions = ${JSON.stringify(Object.fromEntries(shared))}\n`,
  )
  writeFileSync(`${root}dist/rulemap/examples.js`, `export const examples = ${texts(examples)}\n`)
}

/** Values by name, each as a literal that holds its JSON. */
function texts(parts: readonly (readonly [name: string, value: unknown])[]): string {
  return `{\n${parts.map(([name, value]) => `'${name}':${quoted(JSON.stringify(value))}`).join(',\n')}\n}`
}

/** JSON as a literal between apostrophes: most of it needs no escapes there, and a literal without loads several times faster. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
