import { readdirSync, readFileSync, statSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { command } from './cli/io.ts'
import { describe } from './harness.ts'

/** Files that Alloy itself rejects, and why; they get no plan. */
const rejected: ReadonlyMap<string, string> = new Map([
  ['alloy/integration-tests/docker/tests/oracledb/Dockerfile.alloy', 'a Dockerfile'],
  ['alloy/syntax/parser/testdata/assign_block_to_attr.alloy', 'written to be refused: a block as a value'],
  ['alloy/syntax/parser/testdata/attribute_names.alloy', 'written to be refused: names of attributes'],
  ['alloy/syntax/parser/testdata/block_names.alloy', 'written to be refused: names of blocks'],
  ['alloy/syntax/parser/testdata/commas.alloy', 'written to be refused: commas'],
  ['alloy/syntax/parser/testdata/invalid_exprs.alloy', 'written to be refused: expressions'],
  ['alloy/syntax/parser/testdata/invalid_object_key.alloy', 'written to be refused: keys'],
  ['alloy/syntax/parser/testdata/valid/attribute.alloy', 'parses, and is refused at load: an attribute at the root'],
  ['alloy/syntax/parser/testdata/valid/blocks.alloy', 'parses, and is refused at load: no such components'],
  ['alloy/syntax/parser/testdata/valid/expressions.alloy', 'parses, and is refused at load: attributes at the root'],
  ['alloy-scenarios/routing/config.alloy', 'lacks a brace'],
])

/** The worst that the median configuration may need; a rise is a regression. */
const limits = { median: 0, medianOfNeedy: 3, assumed: 0.15, cluster: 0.585, complete: 0.97 }

/** What the corpus has of a release that is not out: its files are asked again for that one. */
const ahead = { version: '1.19.0', refusedBefore: /^(?:ARB303|ARB332)(?: ARB333)?$/ }

interface Outcome {
  readonly path: string
  readonly kind: string
  /** What the first error says, where there is no plan. */
  readonly why: string
  readonly grants: readonly { readonly namespace?: string | null; readonly url?: string; readonly certainty: string }[]
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const path = `${folder}/${name}`
      if (statSync(path).isDirectory()) return filesIn(path)
      return path.endsWith('.alloy') ? [path] : []
    })
}

async function outcomeOf(path: string, folder: string): Promise<Outcome> {
  const shown = path.slice(folder.length + 1)
  const first = await planOf(path, shown, [])
  if (!ahead.refusedBefore.test(first.kind.slice('no plan: '.length))) return first
  const second = await planOf(path, shown, ['--alloy-version', ahead.version])
  return second.kind === 'plan' ? { ...second, kind: `plan of Alloy ${ahead.version}` } : first
}

async function planOf(path: string, shown: string, more: readonly string[]): Promise<Outcome> {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const { code, stdout, stderr } = await command(['generate', name, '--format', 'json', '--only', 'rbac', ...more], {
    [name]: readFileSync(path),
  })
  if (code === 0) {
    const { complete, grants } = JSON.parse(stdout) as { complete: boolean; grants: Outcome['grants'] }
    return { path: shown, kind: complete ? 'plan' : 'incomplete plan', why: '', grants }
  }
  assert.is(code, 1, `${shown}: exit ${code}\n${stderr}`)
  const errors = [...stderr.matchAll(/^error\[(ARB\d+)\]: (.*)/gm)]
  const codes = [...new Set(errors.map(([, each]) => each!))].sort()
  return { path: shown, kind: `no plan: ${codes.join(' ')}`, why: errors[0]?.[2] ?? '', grants: [] }
}

describe('plans of real configurations', it => {
  const folder = process.env['ALLOY_CORPUS']
  it(folder === undefined ? 'skipped: corpus' : 'are complete, and not wider than they were', async () => {
    if (folder === undefined) return
    const outcomes: Outcome[] = []
    for (const path of filesIn(folder.replace(/\/$/, '')))
      outcomes.push(await outcomeOf(path, folder.replace(/\/$/, '')))
    const kinds = new Map<string, string[]>()
    for (const { path, kind } of outcomes) kinds.set(kind, [...(kinds.get(kind) ?? []), path])
    const planned = outcomes.filter(({ kind }) => kind.startsWith('plan'))
    const grants = planned.flatMap(outcome => outcome.grants)
    const share = (some: readonly unknown[]): number =>
      Math.round((1000 * some.length) / Math.max(1, grants.length)) / 1000
    const counts = planned.map(outcome => outcome.grants.length).sort((a, b) => a - b)
    const middle = (sorted: readonly number[]): number => sorted[sorted.length >> 1] ?? 0
    const [median, medianOfNeedy] = [middle(counts), middle(counts.filter(count => count > 0))]
    const assumed = share(grants.filter(({ certainty }) => certainty === 'assumed'))
    const cluster = share(grants.filter(({ namespace, url }) => url === undefined && namespace === null))
    const complete = planned.length / Math.max(1, outcomes.length - rejected.size)
    const table = [...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, paths]) => `  ${String(paths.length).padStart(4)}  ${kind}`)
    const refused = outcomes
      .filter(({ kind }) => !kind.startsWith('plan'))
      .map(({ path, why }) => `  ${path}: ${rejected.get(path) ?? why}`)
    console.log(
      [
        '',
        'outcomes',
        ...table,
        `median of grants ${median}, of those that need any ${medianOfNeedy}, assumed ${assumed}, cluster-wide ${cluster}`,
        'without a plan',
        ...refused,
      ].join('\n'),
    )
    for (const path of rejected.keys())
      assert.ok(
        outcomes.some(each => each.path === path && each.kind.startsWith('no plan')),
        path,
      )
    assert.ok(complete >= limits.complete, `complete plans: ${complete}`)
    assert.ok(median <= limits.median, `median of grants: ${median}`)
    assert.ok(medianOfNeedy <= limits.medianOfNeedy, `median of grants of those that need any: ${medianOfNeedy}`)
    assert.ok(assumed <= limits.assumed, `share assumed: ${assumed}`)
    assert.ok(cluster <= limits.cluster, `share cluster-wide: ${cluster}`)
  })
})
