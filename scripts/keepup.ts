// npm run keepup -- alloy=CLONE[@TAG] [contrib=CLONE] [OWNER/NAME=CLONE …] [kubernetes=DISCOVERY.json] [--from TAG] [--out FOLDER]
// Compares the newest tags of local clones with the rule map: components, arguments, facts whose sources moved (with differences),
// the chart's defaults and templates, and resources of the Kubernetes API. Writes keepup.md and keepup.json, and exits 1 while
// something is open. --from takes the map for one that was read at that tag; without it, at the tag that rulemap/read.json names.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { newestChart } from '../src/chart/release/releases.ts'
import { ruledComponents } from '../src/rules/map/load.ts'
import { type Citation, citationsOf, pinned } from './citations.ts'
import { differences, listedIn, registrations } from './inventory.ts'
import { type Comparison, changedArguments, changedChart, diffOf, newResources } from './keepup/changes.ts'
import { type Clone, clone } from './keepup/clone.ts'
import { markdownReport, type OpenFact, openItems, type Report } from './keepup/report.ts'
import { alloy as alloyRepository, unreadAt } from './readings.ts'
import { readRuleMap } from './rulemap.ts'

const folder = fileURLToPath(new URL('../../rulemap', import.meta.url))
const usage =
  'usage: npm run keepup -- alloy=CLONE[@TAG] [contrib=CLONE] [kubernetes=DISCOVERY.json] [--from TAG] [--out FOLDER]'
const short: Readonly<Record<string, string>> = {
  alloy: alloyRepository,
  contrib: 'open-telemetry/opentelemetry-collector-contrib',
}

/** What was asked for. */
interface Asked {
  readonly clones: ReadonlyMap<string, Clone>
  readonly to: string | null
  readonly from: string | null
  readonly discovery: string | null
  readonly out: string
}

function asked(argv: readonly string[]): Asked | null {
  const clones = new Map<string, Clone>()
  let to: string | null = null
  let from: string | null = null
  let discovery: string | null = null
  let out: string | null = '.'
  for (let at = 0; at < argv.length; at++) {
    const [, name = '', value = ''] = argv[at]!.match(/^([^=]+)=(.+)$/) ?? []
    if (argv[at] === '--from') from = argv[++at] ?? null
    else if (argv[at] === '--out') out = argv[++at] ?? null
    else if (name === 'kubernetes') discovery = value
    else if (name === 'alloy') {
      const [path = '', tag] = value.split('@')
      to = tag ?? null
      clones.set(alloyRepository, clone(path))
    } else if (name !== '') clones.set(short[name] ?? name, clone(value))
    else return null
  }
  return clones.has(alloyRepository) && out !== null ? { clones, to, from, discovery, out } : null
}

/** Compares the clones with the map. */
function compare({ clones, to: wanted, from: start, discovery }: Asked): Report {
  const read = JSON.parse(readFileSync(`${folder}/read.json`, 'utf8')) as { tag: string; imports: string }
  const alloy = clones.get(alloyRepository)!
  const from = start ?? read.tag
  const to = wanted ?? alloy.tags('v').at(-1) ?? from
  const citations = putBack(citationsOf(readRuleMap(folder).entries), start)
  const [chartFrom, chartTo] = [`helm-chart/${newestChart}`, alloy.tags('helm-chart/').at(-1)]
  const isNewChart = chartTo !== undefined && chartTo !== chartFrom && alloy.has(chartFrom)
  return {
    alloy: { from, to },
    chart: isNewChart ? { from: chartFrom, to: chartTo } : null,
    components: differences(componentsAt(alloy, to), listedIn(from), new Set(ruledComponents())),
    arguments: changedArguments(alloy, from, to),
    facts: openFacts(citations, { alloy, clones, to, imports: start ?? read.imports }),
    chartFiles: isNewChart ? changedChart(alloy, chartFrom, chartTo) : [],
    resources: discovery === null ? null : newResources(JSON.parse(readFileSync(discovery, 'utf8')), knownResources()),
  }
}

/** Citations of a map that was read at a tag: what is cited of Alloy stands for the same paths there. */
function putBack(citations: readonly Citation[], tag: string | null): readonly Citation[] {
  if (tag === null) return citations
  return citations.map(citation =>
    citation.repository === alloyRepository ? { ...citation, tag, blob: null, again: [] } : citation,
  )
}

interface Sources {
  readonly alloy: Clone
  readonly clones: ReadonlyMap<string, Clone>
  readonly to: string
  readonly imports: string
}

function openFacts(citations: readonly Citation[], { alloy, clones, to, imports }: Sources): readonly OpenFact[] {
  const goMod = alloy.files([`${to}:go.mod`]).get(`${to}:go.mod`)?.text ?? ''
  const pins = [...pinned(goMod)].map(([repository, versions]) => [repository, [...versions].sort().at(-1)!] as const)
  const at: Comparison = { clones, targets: new Map([...pins, [alloyRepository, to]]) }
  return unreadAt(citations, to, imports, alloy.files)
    .map(fact => ({ ...fact, diff: diffOf(fact, citations, at) }))
    .filter(({ component, key, diff }) => diff !== '' || !isUnchanged(citations, component, key, at))
}

/** Whether a library that is pinned at another version has the cited file as it was read, where a clone tells. */
function isUnchanged(citations: readonly Citation[], component: string, key: string, at: Comparison): boolean {
  const citation = citations.find(each => each.component === component && each.key === key)!
  const [library, target] = [at.clones.get(citation.repository), at.targets.get(citation.repository)]
  if (citation.repository === alloyRepository || !library || !target) return false
  const { tag, path } = citation.again.at(-1) ?? citation
  const found = library.files([`${tag}:${path}`, `${target}:${path}`])
  const [then, now] = [found.get(`${tag}:${path}`), found.get(`${target}:${path}`)]
  return then !== undefined && then.blob === now?.blob
}

function componentsAt(alloy: Clone, tag: string) {
  const home = 'internal/component/'
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'))
  const registering = alloy.grep('component.Register(', tag, home).map(line => line.slice(0, line.indexOf(':')))
  const folders = [...new Set(registering.map(folderOf))]
  const paths = folders.flatMap(each =>
    [...new Set(alloy.grep('^package ', tag, `${each}/`).map(line => line.slice(0, line.indexOf(':'))))].filter(
      path => folderOf(path) === each && path.endsWith('.go') && !path.endsWith('_test.go'),
    ),
  )
  const texts = alloy.files(paths.map(path => `${tag}:${path}`))
  return registrations(
    paths.flatMap(path => (texts.get(`${tag}:${path}`) ? [{ path, text: texts.get(`${tag}:${path}`)!.text }] : [])),
  )
}

function knownResources(): ReadonlySet<string> {
  const { groups } = JSON.parse(readFileSync(`${folder}/kubernetes.json`, 'utf8')) as {
    groups: Readonly<Record<string, { readonly resources: Readonly<Record<string, unknown>> }>>
  }
  return new Set(
    Object.entries(groups).flatMap(([group, { resources }]) =>
      Object.keys(resources).map(name => (group === '' ? name : `${group}/${name}`)),
    ),
  )
}

const options = asked(process.argv.slice(2))
if (options === null) {
  console.error(usage)
  process.exitCode = 2
} else {
  const report = compare(options)
  mkdirSync(options.out, { recursive: true })
  writeFileSync(`${options.out}/keepup.md`, markdownReport(report))
  writeFileSync(`${options.out}/keepup.json`, `${JSON.stringify({ ...report, open: openItems(report) }, null, 2)}\n`)
  console.log(
    `Alloy ${report.alloy.from} to ${report.alloy.to}: ${report.components.length} components, ${report.arguments.length} folders of arguments, ${report.facts.length} facts, ${report.chartFiles.length} files of the chart${report.resources === null ? '' : `, ${report.resources.length} resources`} are open`,
  )
  if (openItems(report) > 0) process.exitCode = 1
}
