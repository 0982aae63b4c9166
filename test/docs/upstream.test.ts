import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { command } from '../cli/io.ts'
import { describe, golden, root } from '../harness.ts'

const page = readFileSync(`${root}docs/upstream.md`, 'utf8')
const script = jobOf(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '')

function jobOf(workflow: string): string {
  const { jobs } = parse(workflow) as { jobs: { audit: { steps: readonly { run?: string }[] } } }
  return jobs.audit.steps.flatMap(({ run }) => run ?? []).join('\n')
}

/** Runs the job over a chart with the marks in its README, commits what it made, and runs it again. */
function twice(): readonly { readonly code: number | null; readonly text: string }[] {
  const folder = mkdtempSync(`${tmpdir()}/alloy-rbac-`)
  const shell = (line: string) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', line], {
      cwd: folder,
      env: { ...process.env, PATH: `${folder}/bin:${process.env['PATH']}`, HOME: folder },
      encoding: 'utf8',
    })
    return { code: status, text: stdout + stderr }
  }
  const commit = (): void => {
    const { code, text } = shell('git add operations; git -c user.name=a -c user.email=a@example.com commit -qm a')
    assert.is(code, 0, text)
  }
  try {
    const chart = `${folder}/operations/helm/charts/alloy`
    mkdirSync(`${folder}/bin`)
    mkdirSync(`${folder}/operations/helm/charts`, { recursive: true })
    cpSync(`${root}test/commands/audit-chart-readme/chart`, chart, { recursive: true })
    cpSync(`${root}test/commands/audit-chart-readme/README.md`, `${chart}/README.md`)
    const npx = `#!/usr/bin/env bash\nshift 2\nexec node '${root}dist/bin/alloy-rbac.js' "$@"\n`
    writeFileSync(`${folder}/bin/npx`, npx, { mode: 0o755 })
    assert.is(shell('git init -q').code, 0)
    commit()
    const first = shell(script)
    commit()
    return [first, shell(script)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The page with what its commands print now. */
async function rerun(): Promise<string> {
  let made = ''
  let last = 0
  for (const match of page.matchAll(/```text\n\$ alloy-rbac ([^\n]+)\n[\s\S]*?```\n/g)) {
    const { stdout, code } = await command((match[1] ?? '').split(' '), {})
    assert.is(code, 0)
    made += `${page.slice(last, match.index)}\`\`\`text\n$ alloy-rbac ${match[1]}\n${stdout}\`\`\`\n`
    last = match.index + match[0].length
  }
  return made + page.slice(last)
}

describe('docs/upstream.md', it => {
  it('has a job that fails until its result is committed', () => {
    const [first, second] = twice()
    assert.is(first?.code, 1, first?.text)
    assert.match(first?.text ?? '', /^-\s+verbs: \["get", "list", "watch"\]$/m)
    assert.is(second?.code, 0, second?.text)
  })
  it('prints what is printed now', async () => golden('docs/upstream.md', await rerun()))
  it('has the figures of the audit', async () => {
    const { stdout } = await command(['audit-chart', '--chart-version', '1.11.1', '--format', 'json'], {})
    const { defaults, phantom, unused, usable, configured } = JSON.parse(stdout) as Record<string, readonly object[]>
    const figures = [
      `${defaults} default grants become ${usable?.length}`,
      `${(phantom?.length ?? 0) + (unused?.length ?? 0)} that go, ${phantom?.length} are`,
      `and ${unused?.length} are verbs`,
      `${configured?.length} grants are left`,
    ]
    for (const figure of figures) assert.ok(page.includes(figure), figure)
  })
})
