// Bundles what is published: dist/bin/alloy-rbac.js, the command, and dist/bin/library.js, the library, on shared chunks. A start
// is most of a run, so what most runs do not need is kept out of it.
import { chmodSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { packagesOf, printLicenses } from './licenses.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const out = `${root}dist/bin`

/** Libraries that the command loads when something of them is first used, and what the program takes from them. */
const late: Readonly<Record<string, readonly string[]>> = {
  diff: ['createTwoFilesPatch'],
  'js-md5': ['md5'],
  re2js: ['RE2JS'],
}
const names = Object.keys(late)

/** A module that stands for a library until something of it is used. */
const standIn = (library: string): string => `
import { libraries } from 'late:libraries'
let library
const load = () => (library ??= libraries['${library}']())
${late[library]!.map(
  name => `export const ${name} = new Proxy(() => {}, {
  get: (_, key) => load().${name}[key],
  apply: (_, self, given) => load().${name}.apply(self, given),
})`,
).join('\n')}
`

/**
 * The modules that are made here. The command requires its late libraries by Node; the library, which knows no Node, has them
 * imported before anything runs.
 */
const made: Readonly<Record<string, string>> = {
  'late:libraries': 'export const libraries = {}',
  'late:node': `
import { createRequire } from 'node:module'
import { libraries } from 'late:libraries'
const require = createRequire(import.meta.url)
for (const name of ${JSON.stringify(names)})
  libraries[name] = () => {
    require('./late-' + name + '.cjs')
    return globalThis[Symbol.for('alloy-rbac/' + name)]
  }
`,
  'late:here': `
import { libraries } from 'late:libraries'
${names.map(name => `import './late-${name}.cjs'\nlibraries['${name}'] = () => globalThis[Symbol.for('alloy-rbac/${name}')]`).join('\n')}
`,
  'entry:command': `#!/usr/bin/env node\nimport 'late:node'\nimport '${root}dist/src/cli/main.js'\n`,
  'entry:library': `import 'late:here'\nexport * from '${root}dist/src/index.js'\n`,
}

const modules: Plugin = {
  name: 'modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:late|entry):/ }, ({ path }) => ({ path, namespace: 'made' }))
    onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({ contents: made[path]!, resolveDir: root }))
    onResolve({ filter: new RegExp(`^(?:${names.join('|')})$`) }, ({ path }) => ({ path, namespace: 'late' }))
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ contents: standIn(path) }))
    // Commander would start processes for subcommands that are programs of their own. There are none.
    onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'empty' }))
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }))
    // Anyone who imports `node:process` has every getter of it called, and that of `stdin` opens standard input without blocking.
    onResolve({ filter: /^(?:node:)?process$/ }, ({ path }) => ({ path, namespace: 'process' }))
    onLoad({ filter: /.*/, namespace: 'process' }, () => ({ contents: 'module.exports = globalThis.process' }))
    // An ES module has no `require` for the builtin modules of a CommonJS one: they are imported.
    onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace: 'builtin' } : { path, external: true },
    )
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `export * from '${path}'\nexport { default } from '${path}'`,
    }))
  },
}

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: 'node20',
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
}

const inputs = new Set<string>()
const bundled = async (options: BuildOptions): Promise<void> => {
  const { metafile } = await build({ ...common, ...options })
  for (const input of Object.keys(metafile!.inputs)) inputs.add(input)
}

for (const name of names) {
  // A script that neither imports nor exports is the same file to `require` and to `import`, in Node and elsewhere. What it leaves
  // behind has a symbol for a name.
  const left = `globalThis[Symbol.for('alloy-rbac/${name}')] = { ${late[name]!.join(', ')} }`
  const stdin = { contents: `import { ${late[name]!.join(', ')} } from '${name}'\n${left}`, resolveDir: root }
  // Under a bundle for browsers Node is not looked for, so that it runs there and here alike.
  const define = { 'process.versions.node': 'undefined' }
  await bundled({ stdin, outfile: `${out}/late-${name}.cjs`, platform: 'browser', format: 'iife', define })
}
await bundled({
  entryPoints: { 'alloy-rbac': 'entry:command', library: 'entry:library' },
  outdir: out,
  chunkNames: '[name]-[hash]',
  platform: 'node',
  splitting: true,
  format: 'esm',
  plugins: [modules],
  external: names.map(name => `./late-${name}.cjs`),
  // The build for Node is CommonJS, which is parsed twice where it is bundled.
  alias: { yaml: `${root}node_modules/yaml/browser/index.js` },
})
chmodSync(`${out}/alloy-rbac.js`, 0o755)
writeFileSync(`${out}/THIRD-PARTY-LICENSES.txt`, printLicenses(root, packagesOf(inputs)))
