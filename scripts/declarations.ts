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
  const text = readFileSync(`${root}${sourceOf(path)}`, 'utf8')
  const plain = text.replace(/(from |import\()'([^']+)'/g, (whole, before: string, from: string) => {
    const target = declarationsOf(from, path)
    if (target === null) return whole
    copy(target)
    const way = relative(dirname(path), target).replace(/\.d\.ts$/, '.js')
    return `${before}'${way.startsWith('.') ? way : `./${way}`}'`
  })
  const to = `${root}dist/types/${path}`
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, slim(plain))
}

/**
 * A sentence as a type tells no one more than that it is a string, and is a third of the catalog; so is indentation, and the names
 * that a function takes a parameter apart by.
 */
function slim(declaration: string): string {
  return declaration
    .replace(/^(\s*readonly help: )(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*");$/gm, '$1string;')
    .replace(/\(\{ [\w ,:]+ \}: /g, '(args: ')
    .replace(/^ +(?! *\*)/gm, '')
    .replace(
      /\{\n((?:[\w ?]+: [^;{}\n]+;\n)+)\}/g,
      (_, fields: string) => `{ ${fields.trimEnd().replaceAll('\n', ' ')} }`,
    )
}

copy('src/index.d.ts')
