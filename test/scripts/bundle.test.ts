import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as assert from 'uvu/assert'
import { command } from '../cli/io.ts'
import { describe, root } from '../harness.ts'

const config = `discovery.kubernetes "pods" {
  role = "pod"
}

discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets
  rule {
    source_labels = ["__meta_kubernetes_pod_uid"]
    action        = "hashmod"
    modulus       = 4
    target_label  = "shard"
  }
  rule {
    source_labels = ["shard", "__meta_kubernetes_namespace"]
    regex         = "([0-2]);(shop|pay)-(.*)"
    action        = "keep"
  }
}

loki.source.kubernetes "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = []
}
`

/** Runs the bundled command as a user would, in a folder of its own. */
function bundled(args: readonly string[]): {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
} {
  const folder = mkdtempSync(`${tmpdir()}/alloy-rbac-`)
  try {
    writeFileSync(`${folder}/config.alloy`, config)
    const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}dist/bin/alloy-rbac.js`, ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
    return { code: status, stdout, stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const lines: readonly (readonly string[])[] = [
  ['generate', 'config.alloy'],
  ['generate', 'config.alloy', '--format', 'json'],
  ['diff', 'config.alloy'],
  ['diff', 'config.alloy', '--format', 'markdown'],
  ['explain', 'ARB201'],
  ['--help'],
  ['generate', '--format', 'none', 'config.alloy'],
]

describe('the bundled command', it => {
  for (const args of lines) {
    it(`answers ${args.join(' ')} as the library does`, async () => {
      const { code, stdout, stderr } = await command(args, { 'config.alloy': config })
      assert.equal(bundled(args), { code, stdout, stderr })
    })
  }
  it('leaves the standard streams as they are: no import of node:process has its getters called', () => {
    for (const file of readdirSync(`${root}dist/bin`))
      assert.not.match(readFileSync(`${root}dist/bin/${file}`, 'utf8'), 'node:process')
  })
  it('cannot start a process', () => {
    for (const file of readdirSync(`${root}dist/bin`))
      assert.not.match(readFileSync(`${root}dist/bin/${file}`, 'utf8'), 'child_process')
  })
})
