import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse, parseAllDocuments, stringify } from 'yaml'
import type { Collector, Form, Values } from './forms.ts'

const program = fileURLToPath(new URL('../../bin/alloy-rbac.js', import.meta.url))

/** What a form is tried with. */
export interface Trial {
  readonly collector: Collector
  readonly configMaps: readonly unknown[]
  readonly helm: string
  /** The release of the chart, and its folder. */
  readonly chart: string
  readonly folder: string
}

interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * Passes a collector in a form and merges what comes back. Null where Helm renders the result, no volume or container of the user's is
 * lost, `check` finds nothing missing or in excess, and a second run prints the same values; else what is wrong, in a line.
 */
export function heldBy({ wrap, keys }: Form, { collector, configMaps, helm, chart, folder }: Trial): string | null {
  const work = mkdtempSync(join(tmpdir(), 'forms-'))
  const run = (command: string, ...args: readonly string[]): Ran =>
    spawnSync(command, args, { cwd: work, encoding: 'utf8', maxBuffer: 2 ** 28 })
  const file = (name: string, ...documents: readonly unknown[]): string => {
    writeFileSync(join(work, name), documents.map(each => stringify(each)).join('---\n'))
    return name
  }
  const install = (values: Values): Ran => {
    const { name, namespace = 'default' } = collector.metadata
    return run(helm, 'template', name, folder, '--namespace', namespace, '--values', file('values.yaml', values))
  }
  try {
    const given = wrap(collector, chart)
    const first = run(process.execPath, program, 'generate', '--quiet', file('given.yaml', given, ...configMaps))
    if (first.status !== 0 && first.stdout === '') return `generate: ${reason(first)}`
    const merged = merge(given, parse(first.stdout)) as Values
    const values = keys.reduce<unknown>((each, key) => (each as Values)[key], merged) as Values
    const before = install(collector.spec)
    const rendered = install(values)
    if (rendered.stdout === '') return `helm: ${reason(rendered)}`
    const lost = namesIn(before.stdout).filter(name => !namesIn(rendered.stdout).includes(name))
    if (lost.length > 0) return `lost: ${lost.join(', ')}`
    const manifests = file('manifests.yaml', ...objectsOf(rendered.stdout), ...configMaps)
    const checked = run(process.execPath, program, 'check', manifests, '--format', 'json')
    const { workloads } = JSON.parse(checked.stdout) as { readonly workloads: readonly Judged[] }
    const gaps = workloads.flatMap(each => [each.missing, each.excess, each.phantom, each.pod.missing, each.pod.excess])
    if (workloads.length !== 1 || gaps.some(each => each.length > 0)) return `check: ${JSON.stringify(gaps)}`
    const second = run(process.execPath, program, 'generate', '--quiet', file('given.yaml', merged, ...configMaps))
    const same = stringify(parse(second.stdout)) === stringify(parse(first.stdout))
    const still = stringify(merge(merged, parse(second.stdout))) === stringify(merged)
    return same || still ? null : 'a second run changes the result'
  } finally {
    rmSync(work, { recursive: true })
  }
}

interface Judged extends Record<'missing' | 'excess' | 'phantom', readonly unknown[]> {
  readonly pod: Record<'missing' | 'excess', readonly unknown[]>
}

const reason = ({ stderr }: Ran): string => stderr.trim().split('\n')[0] ?? ''

const objectsOf = (text: string): readonly unknown[] =>
  parseAllDocuments(text).flatMap(each => (each.toJS() as unknown) ?? [])

/** Maps are merged, lists and scalars replaced, as Helm, Flux, Argo CD and a kustomize patch of a resource without a schema do. */
function merge(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])]
  return Object.fromEntries(keys.map(key => [key, key in above ? merge(below[key], above[key]) : below[key]]))
}

const isMap = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value)

interface Workload {
  readonly spec?: {
    readonly template?: { readonly spec?: Readonly<Record<string, readonly { readonly name: string }[]>> }
  }
}

/** Volumes of the user's kinds, and containers: `volumes/tls`. Those that lead to the node may go. */
function namesIn(text: string): readonly string[] {
  return objectsOf(text).flatMap(each => {
    const pod = (each as Workload).spec?.template?.spec
    if (pod === undefined) return []
    return ['volumes', 'containers', 'initContainers'].flatMap(key =>
      (pod[key] ?? []).filter(one => !('hostPath' in one)).map(({ name }) => `${key}/${name}`),
    )
  })
}
