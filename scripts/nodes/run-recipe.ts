import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recipe } from './recipes.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const manifests = `${readFileSync(`${root}test/ci/cluster.yaml`, 'utf8')}---\n${readFileSync(`${root}test/ci/namespace.yaml`, 'utf8')}`

/** What lies in the folder that a recipe runs in. */
const files: Readonly<Record<string, string>> = {
  'config.alloy': readFileSync(`${root}examples/kubernetes-logs/config.alloy`, 'utf8'),
  'lacking.yaml': manifests.replace('[get, list, watch]', '[get, watch]'),
  'alloy.log': `ts=2026-08-20T02:01:11Z level=error msg="Failed to watch" component_path=/ component_id=discovery.kubernetes.apps err="pods is forbidden: User \\"system:serviceaccount:obs:alloy\\" cannot list resource \\"pods\\" in API group \\"\\" at the cluster scope"\n`,
  // Documents and frames that are longer than a pipe holds.
  'wide.alloy': Array.from({ length: 400 }, (_, at) => `discovery.kubernetes "pods_${at}" { role = "pod" }\n`).join(''),
  'wrong.alloy': Array.from({ length: 900 }, (_, at) => `discovery.kubernetes "pods_${at}" { rule = "pod" }\n`).join(
    '',
  ),
}

const slow = (file: string): string => `sleep 1; cat ${file}`

/** Programs that a recipe may call. Those of other people are slow to start, as the real ones are. */
const programs: Readonly<Record<string, string>> = {
  'alloy-rbac': `exec "$NODE" "$ROOT/dist/bin/alloy-rbac.js" "$@"`,
  // A stream of Node makes its descriptor not block, for all who share it; a process that is killed cannot undo that.
  nonblocking: `streams=(stdin stdout stderr)
{ "$NODE" -e "process.\${streams[$1]}; process.kill(process.pid, 'SIGKILL')"; } 2>/dev/null
flags=$(sed -n 's/^flags:[[:space:]]*//p' /proc/$$/fdinfo/$1)
((flags & 04000)) || exit 99`,
  helm: slow('lacking.yaml'),
  kustomize: slow('lacking.yaml'),
  argocd: slow('lacking.yaml'),
  flux: slow('lacking.yaml'),
  kubectl: slow('alloy.log'),
}

/** Runs a recipe with a release of Node, and says what is wrong with how it ended; null where nothing is. */
export async function runRecipe(recipe: Recipe, node: string): Promise<string | null> {
  const folder = mkdtempSync(`${tmpdir()}/alloy-rbac-`)
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}/${name}`, text)
    mkdirSync(`${folder}/bin`)
    for (const [name, body] of Object.entries(programs))
      writeFileSync(`${folder}/bin/${name}`, `#!/usr/bin/env bash\n${body}\n`, { mode: 0o755 })
    return fault(recipe, await bash(recipe.script, folder, node))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Ended {
  readonly code: number | null
  readonly text: string
}

function bash(script: string, folder: string, node: string): Promise<Ended> {
  const path = [`${folder}/bin`, process.env['PATH']].join(delimiter)
  const env = { ...process.env, PATH: path, NODE: node, ROOT: root, NO_COLOR: '1' }
  const child = spawn('bash', ['-c', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 })
  const pieces: Buffer[] = []
  child.stdout.on('data', piece => pieces.push(piece))
  child.stderr.on('data', piece => pieces.push(piece))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ code, text: Buffer.concat(pieces).toString() }))
  })
}

function fault({ code, says }: Recipe, ended: Ended): string | null {
  const shown = ended.text.slice(0, 500)
  if (ended.code !== code) return `ended with ${ended.code}, not ${code}: ${shown}`
  if (/^\s+at .*:\d+|this is a bug/m.test(ended.text)) return `printed a stack: ${shown}`
  if (says !== undefined && !says.test(ended.text)) return `did not print ${says}: ${shown}`
  return null
}
