// npm run evidence -- [--write] REPOSITORY[@TAG]=PATH …
// Checks that what the rule map cites exists in local clones (bare ones too). With a tag of Alloy, such as that of a new release,
// also lists what is to be read again there: citations whose file differs from every reading of it, libraries of which go.mod pins
// another version than was read, and imports that were not searched. --write notes these in rulemap/read.json, for the program.
// Exits 1 when something is wrong or to be read again.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { citationsOf, counts } from './citations.ts'
import { alloy, judgeAll, readFiles, unreadAt } from './readings.ts'
import { readRuleMap } from './rulemap.ts'

const folder = fileURLToPath(new URL('../../rulemap', import.meta.url))
const write = process.argv.includes('--write')
const clones = process.argv
  .slice(2)
  .filter(argument => argument !== '--write')
  .map(argument => {
    const [, repository, tag, path] = argument.match(/^([^@=]+)(?:@([^=]+))?=(.+)$/) ?? []
    if (!repository || !path) throw new Error(`expected REPOSITORY[@TAG]=PATH, found ${argument}`)
    return { repository, tag: tag ?? null, path }
  })
if (clones.length === 0) throw new Error('expected REPOSITORY[@TAG]=PATH …')

const table = `${folder}/read.json`
const read = JSON.parse(readFileSync(table, 'utf8')) as { imports: string; unread: Record<string, unknown> }
const citations = citationsOf(readRuleMap(folder).entries)
const wrong: string[] = []
const differing: string[] = []
let checked = 0
for (const { repository, tag, path } of clones) {
  const own = citations.filter(citation => citation.repository === repository)
  checked += own.length
  wrong.push(...judgeAll(own, names => readFiles(path, names)))
  if (tag === null || repository !== alloy) continue
  const unread = unreadAt(citations, tag, read.imports, names => readFiles(path, names))
  differing.push(...unread.map(({ line }) => line))
  if (write) note(tag.replace(/^v/, ''), unread)
}
for (const line of [...wrong, ...differing]) console.log(line)
const past = citations.filter(citation =>
  clones.some(({ tag }) => tag !== null && !counts(citation, tag.replace(/^v/, ''))),
)
const apart = [...new Set(citations.map(({ repository }) => repository))].filter(
  repository => !clones.some(clone => clone.repository === repository),
)
console.log(`${checked} citations checked, ${wrong.length} wrong, ${differing.length} to be read again`)
if (past.length > 0) console.log(`${past.length} are of facts that ended before`)
if (apart.length > 0)
  console.log(
    `${citations.filter(({ repository }) => apart.includes(repository)).length} are not checked in clones, of ${apart.sort().join(', ')}`,
  )
if (wrong.length + differing.length > 0) process.exitCode = 1

/** Writes what is unread of a release into the table that the program carries. */
function note(release: string, unread: ReturnType<typeof unreadAt>): void {
  const components: Record<string, string[]> = {}
  for (const { component, key } of unread) components[component] = [...(components[component] ?? []), key]
  read.unread[release] = components
  writeFileSync(table, `${JSON.stringify(read, null, 2)}\n`)
}
