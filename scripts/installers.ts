// npm run installers -- FILE…: the role of each tool for inputs: what it covers, and that nothing of it can be taken away.
// npm run installers -- --charts FOLDER --helm PROGRAM: the objects of the chart as the program knows them, compared with what Helm renders.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { parse, parseAllDocuments } from 'yaml'
import type { JsonMap } from '../src/chart/json.ts'
import { chartObjects } from '../src/chart/release/chart-objects.ts'
import { findRelease } from '../src/chart/release/releases.ts'
import { renderChart } from '../src/chart/release/render.ts'
import { readInput } from '../src/input/input.ts'
import { tools } from '../src/reports/installer/tools.ts'
import { diskOf, folderOf } from '../src/session/disk.ts'
import { judgeInstaller } from './installers/judge.ts'

const folder = folderOf({ cwd: '/', disk: diskOf({}) })

/** Judges the roles of all tools for each file; says whether all hold. */
function judgeFiles(files: readonly string[]): boolean {
  let wrong = 0
  for (const path of files) {
    const read = readInput([{ kind: 'file', path, content: readFileSync(path, 'utf8') }], folder)
    for (const tool of tools) {
      const { problems, objects, rights } = judgeInstaller(read, tool, 'default')
      process.stdout.write(`${path} ${tool}: ${objects} objects, ${rights} grants\n`)
      for (const problem of problems) process.stdout.write(`  ${problem}\n`)
      wrong += problems.length > 0 ? 1 : 0
    }
  }
  process.stdout.write(`${files.length} inputs, ${wrong} roles are wrong\n`)
  return files.length > 0 && wrong === 0
}

/** An object by its kind and name, and the namespace that it goes to: that of the release where it names none. */
const identity = (tree: unknown): string => {
  const { kind, metadata } = tree as { readonly kind: string; readonly metadata: Readonly<Record<string, string>> }
  return `${kind} ${kind.startsWith('Cluster') ? '' : (metadata['namespace'] ?? 'ns')}/${metadata['name']}`
}

/** The objects that a release makes of values, by kind, namespace and name. */
function modeled(version: string, values: JsonMap): readonly string[] | null {
  const { value: release } = findRelease(version)
  if (release === null) return null
  const install = { release: 'rel', namespace: 'ns' }
  const rendering = renderChart(release, values, install)
  if (rendering.kind === 'broken') return null
  const made = chartObjects(release, values, install)
  const trees = made.map(({ kind, name, namespace }) => ({ kind, metadata: { name, ...(namespace && { namespace }) } }))
  return [...trees, ...rendering.objects].map(identity).sort()
}

/** Compares every `ci` values file of every chart in a folder with what Helm renders. */
function compareCharts(charts: string, helm: string, versions: readonly string[]): boolean {
  let [compared, wrong] = [0, 0]
  for (const version of versions) {
    for (const name of readdirSync(`${charts}/${version}/ci`)) {
      const path = `${charts}/${version}/ci/${name}`
      const values = (parse(readFileSync(path, 'utf8')) ?? {}) as JsonMap
      const words = ['template', 'rel', `${charts}/${version}`, '--namespace', 'ns', '-f', path]
      const { status, stdout } = spawnSync(helm, [...words, '--api-versions', 'autoscaling.k8s.io/v1'], {
        encoding: 'utf8',
      })
      // Values that the chart refuses are there to be refused.
      if (status !== 0) continue
      const rendered = parseAllDocuments(stdout).flatMap(each => each.toJS() ?? [])
      const expected = rendered.map(identity).sort().join('\n')
      const answered = modeled(version, values)?.join('\n') ?? 'nothing'
      compared++
      if (expected === answered) continue
      wrong++
      process.stdout.write(`${path}:\nHelm renders\n${expected}\nand not\n${answered}\n`)
    }
  }
  process.stdout.write(`${compared} values of ${versions.length} charts, ${wrong} differ\n`)
  return compared > 0 && wrong === 0
}

function main(words: readonly string[]): boolean {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { charts: { type: 'string' }, helm: { type: 'string' } },
  })
  if (values.charts === undefined || values.helm === undefined) return judgeFiles(positionals)
  return compareCharts(values.charts, values.helm, positionals.length > 0 ? positionals : readdirSync(values.charts))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = main(process.argv.slice(2)) ? 0 : 1
