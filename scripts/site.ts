// Builds the playground into site/: a static page that runs the library in the browser.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))
const out = process.argv[2] ?? `${root}site`

/** The examples of the repository, each with its heading. */
const examples: Plugin = {
  name: 'examples',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^examples$/ }, ({ path }) => ({ path, namespace: 'examples' }))
    onLoad({ filter: /.*/, namespace: 'examples' }, () => ({
      contents: JSON.stringify({ examples: read() }),
      loader: 'json',
    }))
  },
}

function read(): object {
  return readdirSync(`${root}examples`)
    .sort((a, b) => Number(b === 'kubernetes-logs') - Number(a === 'kubernetes-logs'))
    .map(name => ({
      title: (readFileSync(`${root}examples/${name}/README.md`, 'utf8').match(/^# (.*)$/m) ?? [])[1] ?? name,
      texts: [{ name: 'config.alloy', text: readFileSync(`${root}examples/${name}/config.alloy`, 'utf8') }],
    }))
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
await build({
  entryPoints: { playground: `${root}playground/main.ts` },
  outdir: out,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'eof',
  logLevel: 'warning',
  alias: { 'alloy-rbac': `${root}dist/bin/library.mjs` },
  plugins: [examples],
})
copyFileSync(`${root}playground/index.html`, `${out}/index.html`)
copyFileSync(`${root}playground/playground.css`, `${out}/playground.css`)
