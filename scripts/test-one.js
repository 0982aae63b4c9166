// npm run test:one -- WORD…: the test files whose path, title or text holds a word, without types, lint or a full build.
// The rule map and the bundled command are those of the last `npm run build`.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const words = process.argv.slice(2)
const tests = readdirSync('test', { recursive: true })
  .map(name => `test/${String(name).replaceAll('\\', '/')}`)
  .filter(path => path.endsWith('.test.ts'))
const byPath = tests.filter(path => words.some(word => path.includes(word)))
const chosen =
  byPath.length > 0 ? byPath : tests.filter(path => words.some(word => readFileSync(path, 'utf8').includes(word)))
if (words.length === 0 || chosen.length === 0) {
  process.stderr.write('usage: npm run test:one -- WORD…, a part of a path or of a title of test/\n')
  process.exitCode = 2
} else {
  if (!existsSync('dist/rulemap')) execFileSync('npm', ['run', 'build'], { stdio: 'inherit' })
  rmSync('dist/one', { recursive: true, force: true })
  // `harness` is an entry of its own, so that it is as far from the root as after a full build.
  await build({
    entryPoints: ['test/run.ts', 'test/worker.ts', 'test/harness.ts', ...chosen],
    outdir: 'dist/one',
    outbase: 'test',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  })
  process.exitCode = spawnSync(process.execPath, ['dist/one/run.js'], { stdio: 'inherit' }).status ?? 1
}
