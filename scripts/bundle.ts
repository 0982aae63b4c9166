// Bundles the command: dist/src/cli/main.js -> dist/bin/alloy-rbac.js, with a chunk for each stage that is imported lazily.
import { chmodSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))
const entry = `${root}dist/src/cli/main.js`

await build({
  absWorkingDir: root,
  entryPoints: { 'alloy-rbac': entry },
  outdir: `${root}dist/bin`,
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  // CommonJS dependencies require builtin modules, for which an ES module has no `require` of its own.
  banner: {
    js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);",
  },
})
chmodSync(`${root}dist/bin/alloy-rbac.js`, 0o755)
