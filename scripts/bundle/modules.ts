import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'
import { cut, type Tables, tablesOf } from './tables.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Libraries that the command loads when something of them is first used, and what the program takes from them. */
export const late: Readonly<Record<string, readonly string[]>> = {
  diff: ['createTwoFilesPatch'],
  'js-md5': ['md5'],
  re2js: ['RE2JS'],
  report: ['report'],
}

/** Modules of the program that few runs need, and that stand apart like a library: they share nothing with the rest but what is passed in. */
export const lateModules: Readonly<Record<string, string>> = { report: 'src/render/html/report.js' }
const names = Object.keys(late)

/** Modules of Node that few runs need, with what is taken from them: it would load streams and sockets for them. */
const lateBuiltins: Readonly<Record<string, readonly string[]>> = {
  'node:tty': ['isatty'],
  'node:v8': ['setFlagsFromString'],
  'node:zlib': ['gunzipSync'],
}

/** The tables that were met while bundling. */
export const tables = new Map<string, Tables>()

async function tableModule(name: string): Promise<string> {
  const read = await tablesOf(`${root}dist/rulemap`, name)
  tables.set(name, read)
  return read.module
}

/** A module that stands for a library until something of it is used. */
const standIn = (library: string, taken: readonly string[]): string => `
import { libraries } from 'late:libraries'
let library
const load = () => (library ??= libraries['${library}']())
${taken
  .map(
    name => `export const ${name} = new Proxy(() => {}, {
  get: (_, key) => load().${name}[key],
  apply: (_, self, given) => load().${name}.apply(self, given),
})`,
  )
  .join('\n')}
`

/**
 * The modules that are made here. The command requires its late libraries by Node; the library, which knows no Node, has them
 * imported before anything runs.
 */
const made: Readonly<Record<string, string>> = {
  'late:libraries': 'export const libraries = {}',
  'late:here': `
import { libraries } from 'late:libraries'
${names.map(name => `import './late-${name}.cjs'\nlibraries['${name}'] = () => globalThis[Symbol.for('alloy-rbac/${name}')]`).join('\n')}
`,
  'tables:cut': cut,
  'entry:command': `
import { libraries } from 'late:libraries'
import { main } from '${root}dist/src/cli/main.js'
export { system } from '${root}dist/src/cli/system.js'
export function start(require, argv, outside) {
  for (const name of ${JSON.stringify(Object.keys(lateBuiltins))}) libraries[name] = () => require(name)
  for (const name of ${JSON.stringify(names)})
    libraries[name] = () => {
      require('./late-' + name + '.cjs')
      return globalThis[Symbol.for('alloy-rbac/' + name)]
    }
  return main(argv, outside)
}
`,
  'entry:library': `import 'late:here'\nexport * from '${root}dist/src/index.js'\n`,
}

/** The command's stages are imported with it: apart, each would be wrapped, and what it shares with the library too. */
const lazy = /await import\('(\.\/commands\/[^']+)'\)/g

function eager(text: string): string {
  const paths = [...text.matchAll(lazy)].map(([, path]) => path!)
  let at = 0
  return `${paths.map((path, index) => `import * as command${index} from '${path}'\n`).join('')}${text.replace(lazy, () => `command${at++}`)}`
}

/**
 * Chevrotain fills an array of 65,536 numbers at every start, for characters beyond Latin-1, which it could compute: a release in which
 * this is not found is not bundled.
 */
function withoutMap(text: string): string {
  const [looked, computed] = [': charCodeToOptimizedIdxMap[charCode];', ': 255 + ~~(charCode / 255);']
  const filled = 'if (isEmpty(charCodeToOptimizedIdxMap)) {'
  const by = 'charCodeToOptimizedIdxMap[i] = i > 255 ? 255 + ~~(i / 255) : i;'
  for (const part of [looked, filled, by])
    if (text.split(part).length !== 2) throw new Error(`Chevrotain's lexer does not have ${part}`)
  return text.replace(looked, computed).replace(filled, 'if (false) {')
}

/** Resolves what is made here, and what stands for modules of Node and for late libraries. */
export const modules: Plugin = {
  name: 'modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^tables:text$/ }, () => ({ path: './tables.mjs', external: true }))
    onResolve({ filter: /^(?:late|entry|tables):/ }, ({ path }) => ({ path, namespace: 'made' }))
    onResolve({ filter: /^#rulemap\// }, ({ path }) => ({ path: path.slice('#rulemap/'.length), namespace: 'table' }))
    onLoad({ filter: /.*/, namespace: 'table' }, async ({ path }) => ({
      contents: await tableModule(path),
      resolveDir: root,
    }))
    onLoad({ filter: /cli\/program\.js$/ }, ({ path }) => ({ contents: eager(readFileSync(path, 'utf8')) }))
    onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({ contents: made[path]!, resolveDir: root }))
    onLoad({ filter: /chevrotain\/lib\/src\/scan\/lexer\.js$/ }, ({ path }) => ({
      contents: withoutMap(readFileSync(path, 'utf8')),
    }))
    onResolve({ filter: new RegExp(`^(?:${names.join('|')})$`) }, ({ path }) => ({ path, namespace: 'late' }))
    for (const [name, path] of Object.entries(lateModules))
      onResolve({ filter: new RegExp(`/${path.split('/').slice(-2).join('/')}$`) }, () => ({
        path: name,
        namespace: 'late',
      }))
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: standIn(path, (late[path] ?? lateBuiltins[path])!),
    }))
    // Commander would look for subcommands that are programs of their own, and start processes for them. There are none.
    onResolve({ filter: /^node:(?:child_process|fs|path)$/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace: 'empty' } : null,
    )
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }))
    // Anyone who imports `node:process` has every getter of it called, and that of `stdin` opens standard input without blocking.
    onResolve({ filter: /^(?:node:)?process$/ }, ({ path }) => ({ path, namespace: 'process' }))
    onLoad({ filter: /.*/, namespace: 'process' }, () => ({ contents: 'module.exports = globalThis.process' }))
    for (const name of Object.keys(lateBuiltins))
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: 'late' }))
    // An ES module has no `require` for the builtin modules of a CommonJS one: they are imported.
    // One name at a time: who imports all of a builtin module has every getter of it called, and some load more.
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace: 'builtin' } : { path, external: true },
    )
    onLoad({ filter: /^node:events$/, namespace: 'builtin' }, ({ path }) => ({
      contents: `export { EventEmitter } from '${path}'`,
    }))
  },
}
