// npm run history -- CLONE [COMMITS]: compares rendered examples of k8s-monitoring commit by commit with two full analyses of each.
import { pathToFileURL } from 'node:url'
import { readInput } from '../src/input/input.ts'
import { compareInputs } from '../src/session/compare.ts'
import { diskOf, folderOf } from '../src/session/disk.ts'
import { changedIn, foundIn, gainedBetween, nothing } from './history/naive.ts'
import { commitsOf, pathsIn, type Version, versionsAt } from './history/repository.ts'

const options = {
  env: new Map(),
  arg: new Map(),
  substitute: new Map(),
  module: new Map(),
  onUnknown: 'warn',
  scope: 'auto',
} as const

const place = { cwd: '/', disk: diskOf({}) }

const read = ({ text }: Version) => readInput([{ kind: 'file', path: 'output.yaml', content: text }], folderOf(place))

/** What is wrong with a comparison of two states of one file; and what it was about. */
function judge(old: Version, now: Version): { readonly problems: readonly string[]; readonly changed: number } {
  const [before, after] = [read(old), read(now)]
  const comparison = compareInputs({ path: 'old', read: before }, { path: 'new', read: after }, options, place)
  const found = (of: typeof before) =>
    new Map(of.value.map(each => [each.name, foundIn(each, options, place)] as const))
  const [had, has] = [found(before), found(after)]
  const problems = comparison.collectors.flatMap(collector => {
    const { name, formerly, state } = collector
    const side = (all: typeof had, absent: 'new' | 'removed') =>
      state === absent ? nothing : (all.get(all === had ? (formerly ?? name) : name) ?? null)
    const [left, right] = [side(had, 'new'), side(has, 'removed')]
    if (left === null || right === null)
      return state === 'unknown' ? [] : [`${name} is ${state}, but a plan is missing`]
    const expected = [gainedBetween(left, right), gainedBetween(right, left)].map(lines => lines.join('\n'))
    const answered = [changedIn(collector, 'new'), changedIn(collector, 'lost')].map(lines => lines.join('\n'))
    return expected.join('\n--\n') === answered.join('\n--\n')
      ? []
      : [`${name}:\nexpected\n${expected.join('\n--\n')}\nanswered\n${answered.join('\n--\n')}`]
  })
  const seen = comparison.collectors.filter(({ state }) => state !== 'new').length
  const lost = seen === had.size ? [] : [`${had.size} collectors of the old side, ${seen} compared`]
  const changed = comparison.collectors.filter(({ state }) => state !== 'unchanged').length
  return { problems: [...problems, ...lost], changed }
}

/** As many examples as there are, spread over all of them. */
function spread<T>(all: readonly T[], count: number): readonly T[] {
  return Array.from({ length: Math.min(count, all.length) }, (_, at) => all[Math.floor((at * all.length) / count)]!)
}

/** How many examples are followed. */
const examples = 10

/** Compares commits of ten examples, spread over their history; says whether every comparison is the difference of two analyses. */
function main([clone, count = '200']: readonly string[]): boolean {
  if (clone === undefined) {
    process.stderr.write('usage: npm run history -- CLONE [COMMITS]\n')
    return false
  }
  const each = Math.ceil(Number(count) / examples)
  const known = pathsIn(clone, /\/docs\/examples\/.*\/output\.yaml$/).map(path => ({
    path,
    commits: commitsOf(clone, path),
  }))
  const long = known.filter(({ commits }) => commits.length > each)
  const totals = { compared: 0, changed: 0, wrong: 0 }
  for (const { path, commits } of spread(long, examples)) {
    const versions = versionsAt(clone, path, commits)
    const pairs = spread(
      versions.slice(1).map((now, at) => ({ old: versions[at], now })),
      each,
    )
    for (const { old, now } of pairs) {
      if (old === undefined) continue
      const { problems, changed } = judge(old, now)
      totals.compared++
      totals.changed += changed > 0 ? 1 : 0
      totals.wrong += problems.length > 0 ? 1 : 0
      for (const problem of problems) process.stdout.write(`${path} ${old.commit}..${now.commit}: ${problem}\n`)
    }
    process.stdout.write(`${path}: ${pairs.length} of ${versions.length - 1} commits\n`)
  }
  const { compared, changed, wrong } = totals
  process.stdout.write(`${compared} commits compared, access changed in ${changed}, ${wrong} are not the difference\n`)
  return compared > 0 && wrong === 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = main(process.argv.slice(2)) ? 0 : 1
