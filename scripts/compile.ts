// Writes the rule map as modules that load fast: dist/rulemap/NAME.js exports NAME, which `#rulemap/NAME` resolves to.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** One table of the rule map and how it is read; its declaration is src/rules/tables/NAME.d.ts. */
interface Table {
  readonly name: string
  readonly read: () => unknown
}

const json = (file: string): unknown => JSON.parse(readFileSync(`${root}rulemap/${file}`, 'utf8'))

const tables: readonly Table[] = [{ name: 'kubernetes', read: () => json('kubernetes.json') }]

mkdirSync(`${root}dist/rulemap`, { recursive: true })
for (const { name, read } of tables) {
  // A string literal handed to JSON.parse loads faster than the same object literal.
  const literal = JSON.stringify(JSON.stringify(read()))
  writeFileSync(`${root}dist/rulemap/${name}.js`, `export const ${name} = JSON.parse(${literal})\n`)
}
