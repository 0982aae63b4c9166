// npm run evidence -- REPOSITORY[@TAG]=PATH …
// Checks that what the rule map cites exists in local clones (bare ones too). With a tag, such as that of a new release, also
// lists the citations whose file differs there: those are to be read again. It changes nothing.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type CitedFile, citationsOf, compareCitation, judgeCitation } from './citations.ts'
import { readRuleMap } from './rulemap.ts'

const clones = process.argv.slice(2).map(argument => {
  const [, repository, tag, path] = argument.match(/^([^@=]+)(?:@([^=]+))?=(.+)$/) ?? []
  if (!repository || !path) throw new Error(`expected REPOSITORY[@TAG]=PATH, found ${argument}`)
  return { repository, tag: tag ?? null, path }
})
if (clones.length === 0) throw new Error('expected REPOSITORY[@TAG]=PATH …')

const citations = citationsOf(readRuleMap(fileURLToPath(new URL('../../rulemap', import.meta.url))).entries)
const wrong: string[] = []
const differing: string[] = []
let checked = 0
for (const { repository, tag, path } of clones) {
  const own = citations.filter(citation => citation.repository === repository)
  const files = read(path, [
    ...new Set(own.flatMap(each => [each.tag, ...(tag ? [tag] : [])].map(at => `${at}:${each.path}`))),
  ])
  for (const citation of own) {
    checked++
    const file = files.get(`${citation.tag}:${citation.path}`) ?? null
    const problem = judgeCitation(citation, file)
    if (problem) wrong.push(problem)
    if (!tag || !file) continue
    const difference = compareCitation(citation, file, tag, files.get(`${tag}:${citation.path}`) ?? null)
    if (difference) differing.push(difference)
  }
}
for (const line of [...wrong, ...differing]) console.log(line)
const unread = citations.filter(({ repository }) => !clones.some(clone => clone.repository === repository))
const repositories = [...new Set(unread.map(({ repository }) => repository))].sort()
console.log(`${checked} citations checked, ${wrong.length} wrong, ${differing.length} to be read again`)
if (unread.length > 0) console.log(`${unread.length} not checked, of ${repositories.join(', ')}`)
if (wrong.length > 0) process.exitCode = 1

/** Reads files `tag:path` of a clone with one git process. */
function read(clone: string, names: readonly string[]): ReadonlyMap<string, CitedFile> {
  const { stdout, status, stderr } = spawnSync('git', ['-C', clone, 'cat-file', '--batch'], {
    input: names.map(name => `${name}\n`).join(''),
    maxBuffer: 2 ** 30,
  })
  if (status !== 0) throw new Error(`git cannot read ${clone}: ${stderr}`)
  const files = new Map<string, CitedFile>()
  let at = 0
  for (const name of names) {
    const end = stdout.indexOf(10, at)
    const [blob = '', type, size] = stdout.subarray(at, end).toString().split(' ')
    at = end + 1
    if (type !== 'blob') continue
    const content = stdout.subarray(at, at + Number(size)).toString('latin1')
    files.set(name, { blob, lines: content.split('\n').length - (content.endsWith('\n') ? 1 : 0) })
    at += Number(size) + 1
  }
  return files
}
