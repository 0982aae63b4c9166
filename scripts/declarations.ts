// Copies the declarations that the library's own lead to: dist/src/index.d.ts and on -> dist/types.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const seen = new Set<string>()

/** Where a declaration lies in the build, by its path in the package's types; tables are written by hand. */
const sourceOf = (path: string): string => (path.startsWith('src/rules/tables/') ? path : `dist/${path}`)

/** The declarations that an import of a file leads to; null for those of another package. */
function declarationsOf(from: string, importer: string): string | null {
  if (from.startsWith('#rulemap/')) return `src/rules/tables/${from.slice('#rulemap/'.length)}.d.ts`
  return from.startsWith('.') ? join(dirname(importer), from.replace(/\.ts$/, '.d.ts')) : null
}

function copy(path: string): void {
  if (seen.has(path)) return
  seen.add(path)
  const whole = readFileSync(`${root}${sourceOf(path)}`, 'utf8')
  const text = path.startsWith('src/diagnostic/catalog/') ? entries(whole) : slim(whole)
  const plain = text.replace(/(from |import\()'([^']+)'/g, (unchanged, before: string, from: string) => {
    const target = declarationsOf(from, path)
    if (target === null) return unchanged
    copy(target)
    const way = relative(dirname(path), target).replace(/\.d\.ts$/, '.js')
    return `${before}'${way.startsWith('.') ? way : `./${way}`}'`
  })
  const to = `${root}dist/types/${path}`
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, plain)
}

/** An entry of one code and weight. */
const entryRow = 'type Row<C, S> = Entry & { readonly code: C; readonly severity: S; };'

/** What a user of the library reads of an entry is its code and how much it weighs: what its words are made of is half of all types. */
function entries(declaration: string): string {
  const [, name = ''] = /^export declare const (\w+)/m.exec(declaration) ?? []
  const row = /readonly '?([\w-]+)'?: \{\s+readonly code: ('\w+');\s+readonly severity: ('\w+');/g
  const rows = [...declaration.matchAll(row)].map(
    ([, key, code, severity]) => `readonly '${key}': Row<${code}, ${severity}>;`,
  )
  if (name === '' || rows.length === 0) throw new Error('a file of the catalog declares no entries')
  return `import type { Entry } from '../entry.ts';\n${entryRow}\nexport declare const ${name}: {\n${rows.join('\n')}\n};\n`
}

/** Indentation tells a compiler nothing, nor do the names that a function takes a parameter apart by. */
function slim(declaration: string): string {
  return declaration
    .replace(/\(\{ [\w ,:]+ \}: /g, '(args: ')
    .replace(/^ +(?! *\*)/gm, '')
    .replace(
      /\{\n((?:[\w ?]+: [^;{}\n]+;\n)+)\}/g,
      (_, fields: string) => `{ ${fields.trimEnd().replaceAll('\n', ' ')} }`,
    )
}

copy('src/index.d.ts')
