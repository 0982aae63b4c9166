// Bundles what is published. dist/bin/library.mjs, the library, and dist/bin/command.mjs, the command, share dist/bin/core.mjs; the rule
// map is dist/bin/tables.mjs. dist/bin/alloy-rbac.js starts the command: from code that dist/bin/keep.js had V8 keep, or from the modules.
// It is not a module: loading the first module takes Node longer than a small command takes.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import { linkOf } from './bundle/link.ts'
import { late, lateModules, modules, tables } from './bundle/modules.ts'
import { representative } from './bundle/representative.ts'
import { textModule } from './bundle/tables.ts'
import { packagesOf, printLicenses } from './licenses.ts'
import { printSbom } from './sbom.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const out = `${root}dist/bin`
const names = Object.keys(late)

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: 'node20',
  charset: 'ascii',
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
}

const inputs = new Set<string>()
const bundled = async (options: BuildOptions): Promise<Metafile> => {
  const { metafile } = await build({ ...common, ...options })
  for (const input of Object.keys(metafile!.inputs)) inputs.add(input)
  return metafile!
}

rmSync(out, { recursive: true, force: true })
rmSync(`${root}dist/code`, { recursive: true, force: true })
for (const name of names) {
  // A script that neither imports nor exports is the same file to `require` and to `import`, in Node and elsewhere. What it leaves
  // behind has a symbol for a name.
  const left = `globalThis[Symbol.for('alloy-rbac/${name}')] = { ${late[name]!.join(', ')} }`
  const from = lateModules[name] === undefined ? name : `${root}dist/${lateModules[name]}`
  const stdin = { contents: `import { ${late[name]!.join(', ')} } from '${from}'\n${left}`, resolveDir: root }
  // Under a bundle for browsers Node is not looked for, so that it runs there and here alike.
  const define = { 'process.versions.node': 'undefined' }
  await bundled({ stdin, outfile: `${out}/late-${name}.cjs`, platform: 'browser', format: 'iife', define })
}
const { outputs } = await bundled({
  entryPoints: { command: 'entry:command', library: 'entry:library' },
  outdir: out,
  // There is one chunk: what the two share.
  chunkNames: 'core',
  platform: 'node',
  splitting: true,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  plugins: [modules],
  external: names.map(name => `./late-${name}.cjs`),
  // The build for Node is CommonJS, which is parsed twice where it is bundled.
  alias: { yaml: `${root}node_modules/yaml/browser/index.js` },
})
writeFileSync(`${out}/tables.mjs`, textModule(tables.values()))

const texts = { core: readFileSync(`${out}/core.mjs`, 'latin1'), command: readFileSync(`${out}/command.mjs`, 'latin1') }
const imports = (name: string): number => outputs[`dist/bin/${name}.mjs`]!.imports.length
const link = linkOf(texts, { core: imports('core'), command: imports('command') })
await bundled({
  entryPoints: {
    'alloy-rbac': `${root}dist/src/cli/launch/launch.js`,
    keep: `${root}dist/src/cli/launch/keep.js`,
  },
  outdir: out,
  platform: 'node',
  format: 'cjs',
  external: ['./command.mjs'],
  define: { link: JSON.stringify(link), trials: JSON.stringify(representative) },
})
writeFileSync(`${out}/package.json`, '{"type":"commonjs"}\n')
chmodSync(`${out}/alloy-rbac.js`, 0o755)
writeFileSync(`${out}/THIRD-PARTY-LICENSES.txt`, printLicenses(root, packagesOf(inputs)))
writeFileSync(`${out}/alloy-rbac.cdx.json`, printSbom(root, packagesOf(inputs)))
