import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { root } from '../harness.ts'

/** Texts by name. */
export type Texts = Readonly<Record<string, string>>

/** What the programs of other people print, as far as the recipes need it. */
const others: Texts = {
  'alloy-rbac': `exec node '${root}dist/bin/alloy-rbac.js' "$@"`,
  helm: 'cat cluster.yaml; echo ---; cat namespace.yaml',
  kustomize: 'cat cluster.yaml; echo ---; cat namespace.yaml',
  argocd: 'cat cluster.yaml; echo ---; cat namespace.yaml',
  flux: 'cat cluster.yaml; echo ---; cat namespace.yaml',
  kubectl: 'case $2 in *clusterrole*) cat cluster.yaml ;; *) cat namespace.yaml ;; esac',
  npx: 'shift; exec "$@"',
}

/** How a script ended. */
export interface Ran {
  readonly code: number
  readonly text: string
  /** Files of the folder that it ran in, by their names. */
  readonly files: ReadonlyMap<string, string>
}

/**
 * Runs a script beside the files of test/ci, as the shell of a job does; with `lacking`, the account may not list pods.
 * `programs` are found on the path before all others.
 */
export function run(
  script: string,
  lacking: boolean,
  { variables = {}, programs = {} }: { readonly variables?: Texts; readonly programs?: Texts } = {},
): Ran {
  const folder = mkdtempSync(`${tmpdir()}/alloy-rbac-`)
  try {
    cpSync(`${root}test/ci`, folder, { recursive: true })
    if (lacking) takeAway(folder)
    mkdirSync(`${folder}/bin`)
    for (const [name, body] of Object.entries({ ...others, ...programs }))
      writeFileSync(`${folder}/bin/${name}`, `#!/usr/bin/env bash\n${body}\n`, { mode: 0o755 })
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-euo', 'pipefail', '-c', script], {
      cwd: folder,
      env: { ...process.env, ...variables, PATH: `${folder}/bin:${process.env['PATH']}` },
      encoding: 'utf8',
    })
    const names = readdirSync(folder).filter(name => statSync(`${folder}/${name}`).isFile())
    const files = new Map(names.map(name => [name, readFileSync(`${folder}/${name}`, 'utf8')]))
    return { code: status ?? -1, text: stdout + stderr, files }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Takes `list` away from every right in a folder. */
export function takeAway(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = `${folder}/${name}`
    if (!statSync(path).isFile()) continue
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace(/\[("?)get\1, "?list"?, "?watch"?\]/, '[get, watch]'))
  }
}
