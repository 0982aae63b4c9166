// Writes rulemap/charts.json from a clone of grafana/alloy that has its helm-chart/* tags:
//
//   node dist/scripts/charts.js CLONE
//
// `templates`, what the templates do with the values, and `operators` are knowledge that no values file states: they are kept as they stand.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Document, isMap, isSeq, parse, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Block, Charts, Era, Key } from '#rulemap/charts'
import { olderThan } from '../src/version.ts'

const file = fileURLToPath(new URL('../../rulemap/charts.json', import.meta.url))
const folder = 'operations/helm/charts/alloy'
const clone = process.argv[2]
if (clone === undefined) throw new Error('usage: charts.js CLONE')

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'safe.directory=*', '-C', clone, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 })
const read = (tag: string, path: string): string => git('show', `${tag}:${folder}/${path}`)

/** A text that comments a rule: `-- ` is the mark of the chart's documentation generator. */
const comment = (text: string | null | undefined): string | null =>
  text ? text.trim().replace(/^-- /, '').replace(/\n\s*/g, ' ') : null

/** The rules of a sequence with the comments that are above them. */
function blocks(document: Document, sequence: unknown): readonly Block[] {
  if (!isSeq(sequence)) return []
  return (sequence as YAMLSeq<YAMLMap>).items.map((item, at) => {
    const above = at === 0 ? (item.commentBefore ?? sequence.commentBefore) : item.commentBefore
    return { comment: comment(above), ...(item.toJS(document) as Omit<Block, 'comment'>) }
  })
}

/** The rules that are in the template of a chart before 1.4.0. */
function hardCoded(template: string): readonly Block[] {
  const text = template.slice(template.indexOf('\nrules:') + 1, template.indexOf('\n---'))
  const document = parseDocument(text)
  return blocks(document, document.get('rules'))
}

/** Maps that are given to the manifest as they are, although they have a default. */
const open = new Set(['configReloader.resources'])

function leaves(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (path === 'rbac.rules' || path === 'rbac.clusterRules') return [[path, undefined]]
  if (value === null || typeof value !== 'object' || Array.isArray(value) || open.has(path)) return [[path, value]]
  const entries = Object.entries(value)
  if (entries.length === 0) return [[path, value]]
  return entries.flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
}

const tags = git('tag', '--list', 'helm-chart/*').split('\n').filter(Boolean)
const versions = tags.map(tag => tag.slice('helm-chart/'.length)).sort((a, b) => (olderThan(a, b) ? -1 : 1))
const releases: Record<string, string> = {}
const eras: Era[] = []
const named = new Map<string, string>()
const table: Record<string, Block> = {}
const defaults = new Map<string, [string, unknown][]>()

/** The name of a block in the table; equal blocks share one. */
function nameOf(block: Block): string {
  const text = JSON.stringify(block)
  const known = named.get(text)
  if (known !== undefined) return known
  const base = (block.resources ?? block.nonResourceURLs)![0]!
  let name = base
  for (let count = 2; name in table; count++) name = `${base} (${count})`
  named.set(text, name)
  table[name] = block
  return name
}

for (const version of versions) {
  const tag = `helm-chart/${version}`
  const chart = parse(read(tag, 'Chart.yaml')) as { appVersion: string }
  releases[version] = chart.appVersion.replace(/^v/, '')

  const document = parseDocument(read(tag, 'values.yaml'))
  const rbac = document.get('rbac')
  const configurable = isMap(rbac) && rbac.has('rules')
  const path = configurable ? 'values.yaml' : 'templates/rbac.yaml'
  const rules = configurable ? blocks(document, rbac.get('rules')) : hardCoded(read(tag, path))
  const clusterRules = configurable ? blocks(document, rbac.get('clusterRules')) : []
  const era = { configurable, rules: rules.map(nameOf), clusterRules: clusterRules.map(nameOf) }
  const { since: _, evidence: __, ...last } = eras.at(-1) ?? { since: '', evidence: null }
  if (JSON.stringify(era) !== JSON.stringify(last)) {
    const blob = git('rev-parse', `${tag}:${folder}/${path}`).trim()
    eras.push({ since: version, ...era, evidence: { at: `grafana/alloy@${tag}:${folder}/${path}`, blob } })
  }

  for (const [key, value] of leaves(document.toJS(), '')) {
    if (value !== null && typeof value === 'object' && Object.keys(value).length === 0 && !Array.isArray(value)) {
      open.add(key)
      for (const below of [...defaults.keys()]) if (below.startsWith(`${key}.`)) throw new Error(`${below} became open`)
    }
    const known = defaults.get(key) ?? []
    if (JSON.stringify(known.at(-1)?.[1]) !== JSON.stringify(value) || known.length === 0) known.push([version, value])
    defaults.set(key, known)
  }
}

const keys: Record<string, Key> = {}
for (const [key, changes] of [...defaults].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const plain = changes.length === 1 ? changes[0]![1] : undefined
  keys[key] = {
    since: changes[0]![0],
    ...(open.has(key) && { open: true }),
    ...(changes.length > 1 && { defaults: changes }),
    ...(plain !== undefined && { default: plain }),
  }
}

const { templates: kept, operators } = JSON.parse(readFileSync(file, 'utf8')) as Charts
const line = (name: string, value: unknown): string => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`
const lines = (map: Readonly<Record<string, unknown>>): string =>
  `{\n${Object.entries(map)
    .map(([name, value]) => line(name, value))
    .join(',\n')}\n  }`
writeFileSync(
  file,
  `{
  "releases": ${lines(releases)},
  "blocks": ${lines(table)},
  "eras": [\n${eras.map(era => `    ${JSON.stringify(era)}`).join(',\n')}\n  ],
  "keys": ${lines(keys)},
  "templates": ${lines({ ...kept })},
  "operators": ${lines({ ...operators })}
}
`,
)
