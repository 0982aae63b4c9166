// Bundles the command: dist/src/cli/main.js -> dist/bin/alloy-rbac.js, with a chunk for each stage that is imported lazily.
// A start is most of a run, so what most runs do not need is kept out of it.
import { chmodSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))
const out = `${root}dist/bin`

/** Libraries that are loaded when something of them is first used, and what the program takes from them. */
const late: Readonly<Record<string, readonly string[]>> = {
  diff: ['createTwoFilesPatch'],
  'js-md5': ['md5'],
  re2js: ['RE2JS'],
}

/** A module that stands for a library until something of it is used. */
const standIn = (library: string, names: readonly string[]): string => `
let library
const load = () => (library ??= require('./${library}.cjs'))
${names
  .map(
    name => `export const ${name} = new Proxy(() => {}, {
  get: (_, key) => load().${name}[key],
  apply: (_, self, given) => load().${name}.apply(self, given),
})`,
  )
  .join('\n')}
`

const lateLibraries: Plugin = {
  name: 'late libraries',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(?:${Object.keys(late).join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'late',
    }))
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ contents: standIn(path, late[path]!) }))
    // Commander would start processes for subcommands that are programs of their own. There are none.
    onResolve({ filter: /^node:child_process$/ }, ({ path }) => ({ path, namespace: 'empty' }))
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }))
  },
}

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
}

for (const library of Object.keys(late)) {
  const stdin = { contents: `export * from '${library}'`, resolveDir: root }
  await build({ ...common, stdin, outfile: `${out}/${library}.cjs`, format: 'cjs' })
}
await build({
  ...common,
  entryPoints: { 'alloy-rbac': `${root}dist/src/cli/main.js` },
  outdir: out,
  chunkNames: '[name]-[hash]',
  splitting: true,
  format: 'esm',
  plugins: [lateLibraries],
  external: Object.keys(late).map(library => `./${library}.cjs`),
  // The build for Node is CommonJS, which is parsed twice where it is bundled.
  alias: { yaml: `${root}node_modules/yaml/browser/index.js` },
  // CommonJS dependencies require builtin modules, for which an ES module has no `require` of its own.
  banner: {
    js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);",
  },
})
chmodSync(`${out}/alloy-rbac.js`, 0o755)
