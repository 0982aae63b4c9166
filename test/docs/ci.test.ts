import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { describe, root } from '../harness.ts'

const page = readFileSync(`${root}docs/ci.md`, 'utf8')
const blocks = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', text = '']) => ({
  language,
  text,
}))
const scripts = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text)
const yaml = (key: string) =>
  blocks.flatMap(({ language, text }) => (language === 'yaml' && text.includes(key) ? [parse(text)] : []))[0]
const action = parse(readFileSync(`${root}action.yml`, 'utf8'))
const hooks = parse(readFileSync(`${root}.pre-commit-hooks.yaml`, 'utf8'))

/** What the programs of other people print, as far as the recipes need it. */
const others: Readonly<Record<string, string>> = {
  'alloy-rbac': `exec node '${root}dist/bin/alloy-rbac.js' "$@"`,
  helm: 'cat cluster.yaml; echo ---; cat namespace.yaml',
  kustomize: 'cat cluster.yaml; echo ---; cat namespace.yaml',
  argocd: 'cat cluster.yaml; echo ---; cat namespace.yaml',
  flux: 'cat cluster.yaml; echo ---; cat namespace.yaml',
  kubectl: 'case $2 in *clusterrole*) cat cluster.yaml ;; *) cat namespace.yaml ;; esac',
  npx: 'shift; exec "$@"',
}

interface Ran {
  readonly code: number
  readonly text: string
  /** Files of the folder that it ran in, by their names. */
  readonly files: ReadonlyMap<string, string>
}

/** Runs a script beside the files of test/ci; with `lacking`, the account may not list pods. */
function run(script: string, lacking: boolean, variables: Readonly<Record<string, string>> = {}): Ran {
  const folder = mkdtempSync(`${tmpdir()}/alloy-rbac-`)
  try {
    cpSync(`${root}test/ci`, folder, { recursive: true })
    if (lacking) takeAway(folder)
    mkdirSync(`${folder}/bin`)
    for (const [name, body] of Object.entries(others))
      writeFileSync(`${folder}/bin/${name}`, `#!/usr/bin/env bash\n${body}\n`, { mode: 0o755 })
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
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

function takeAway(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = `${folder}/${name}`
    if (!statSync(path).isFile()) continue
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace(/\[("?)get\1, "?list"?, "?watch"?\]/, '[get, watch]'))
  }
}

/** The variables of the action's last step, for what a workflow gives it. */
function variablesOf(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const step = action.runs.steps.at(-1)
  const value = (text: string) =>
    text
      .replace('${{ github.action_path }}', root.replace(/\/$/, ''))
      .replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, name) => given[name] ?? action.inputs[name].default)
  const own = Object.fromEntries(Object.entries<string>(step.env).map(([name, text]) => [name, value(text)]))
  return { ...own, GITHUB_STEP_SUMMARY: 'summary.md', GITHUB_OUTPUT: 'output.txt' }
}

describe('docs/ci.md', it => {
  for (const script of scripts) {
    const [title = ''] = script.split('\n')
    it(`passes where nothing lacks: ${title}`, () => {
      const { code, text } = run(script, false)
      assert.is(code, 0, text)
    })
  }
  for (const script of scripts.filter(text => text.includes(' check ') && !text.includes('baseline'))) {
    const [title = ''] = script.split('\n')
    it(`fails where a grant lacks: ${title}`, () => {
      const { code, text } = run(script, true)
      assert.is(code, 1, text)
      assert.match(text, /needs cluster pods list, which no role of the account grants/)
    })
  }

  const workflow = yaml('jobs:').jobs.rbac.steps.find(({ uses }: { uses?: string }) => uses?.includes('alloy-rbac'))
  it('names inputs that the action has', () => {
    const known = Object.keys(action.inputs)
    assert.equal(
      Object.keys(workflow.with).filter(name => !known.includes(name)),
      [],
    )
  })
  const script = action.runs.steps.at(-1).run
  it('annotates, sums up and writes SARIF by the action', () => {
    const { code, text, files } = run(script, true, variablesOf(workflow.with))
    assert.is(code, 1, text)
    assert.match(text, /^::error file=values.yaml,line=4,/m)
    assert.match(files.get('summary.md') ?? '', /^### Alloy's permissions: findings/)
    assert.is(files.get('output.txt'), 'status=findings\n')
    assert.is(JSON.parse(files.get('alloy-rbac.sarif') ?? '{}').version, '2.1.0')
  })
  it('passes by the action where nothing lacks', () => {
    const { code, text, files } = run(script, false, variablesOf({ input: 'values.yaml\nvalues-production.yaml\n' }))
    assert.is(code, 0, text)
    assert.is(files.get('output.txt'), 'status=clean\n')
  })
  it('tells by the action when there is no verdict, and takes no input for code', () => {
    const { code, text, files } = run(script, false, variablesOf({ input: '$(touch stolen); values.yaml\n' }))
    assert.is(code, 3, text)
    assert.is(files.get('output.txt'), 'status=no-plan\n')
    assert.not(files.has('stolen'))
  })

  it('writes the JUnit report that the GitLab job names', () => {
    const job = yaml('junit')['alloy-rbac']
    const { code, files } = run(job.script.join('\n'), true)
    assert.is(code, 1)
    assert.match(files.get(job.artifacts.reports.junit) ?? '', /<testsuites name="alloy-rbac"/)
  })
  it('names a hook that there is, with arguments that it takes', () => {
    const [wanted] = yaml('repos:').repos[0].hooks
    const hook = hooks.find(({ id }: { id: string }) => id === wanted.id)
    assert.is(run(`${hook.entry} ${wanted.args.join(' ')} values-production.yaml`, false).code, 0)
    assert.is(run(`${hook.entry} ${wanted.args.join(' ')} values-production.yaml`, true).code, 1)
  })
})
