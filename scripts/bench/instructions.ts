import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** What is counted: runs of the command, by the name that the file gives them. */
const runs: Readonly<Record<string, readonly string[]>> = {
  version: ['--version'],
  generate: ['generate', 'examples/kubernetes-logs', '--quiet'],
  explain: ['explain', 'loki.source.kubernetes'],
}

/** A run may take so many times what is in the file. */
const most = 1.2

/**
 * Counts the instructions of runs of the command, over those of Node alone: unlike times, they are nearly the same whatever else a
 * machine does. The counts are those of one major release of Node, which the file names.
 */
export function instructions(root: string, bin: string, file: string, write: boolean): void {
  const bare = countOf(['-e', '0'], root)
  const counts = Object.fromEntries(
    Object.entries(runs).map(([name, args]) => [name, Math.round((countOf([bin, ...args], root) - bare) / 1e6)]),
  )
  const [major] = process.version.split('.')
  if (write) writeFileSync(file, `${JSON.stringify({ node: major, millions: counts }, null, 2)}\n`)
  const { node, millions } = existsSync(file) ? readLimits(file) : { node: major, millions: counts }
  if (node !== major) throw new Error(`the counts in ${file} are those of Node ${node}, not ${major}`)
  for (const [name, count] of Object.entries(counts)) {
    const known = millions[name]
    if (known === undefined) throw new Error(`${file} has no count for ${name}`)
    const more = count > known * most
    console.log(`${name}: ${count} million instructions, ${known} known${more ? ': more than 20 % too many' : ''}`)
    if (more) process.exitCode = 1
  }
}

interface Limits {
  readonly node: string
  readonly millions: Readonly<Record<string, number>>
}

const readLimits = (file: string): Limits => JSON.parse(readFileSync(file, 'utf8')) as Limits

function countOf(args: readonly string[], root: string): number {
  const folder = mkdtempSync(`${tmpdir()}/alloy-rbac-bench-`)
  try {
    const flags = ['--tool=callgrind', `--callgrind-out-file=${folder}/out`, '--smc-check=all-non-file']
    const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
    const { status, stderr, error } = spawnSync('valgrind', [...flags, process.execPath, ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    const count = stderr?.match(/Collected : (\d+)/)?.[1]
    if (error || status !== 0 || count === undefined)
      throw new Error(`valgrind did not count ${args.join(' ')}: ${error?.message ?? stderr}`)
    return Number(count)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
