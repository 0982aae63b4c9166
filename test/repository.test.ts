import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe, root } from './harness.ts'

/** Each stage may import from itself and from those before it. */
const order = [
  'required',
  'grouped-by',
  'text',
  'source',
  'version',
  'diagnostic',
  'kubernetes',
  'grammar',
  'syntax',
  'evaluate',
  'secrets',
  'input',
  'resolve',
  'relabel',
  'remote',
  'inventory',
  'rules',
  'plan',
  'chart',
  'access',
  'analyze',
  'reports',
  'render',
  'session',
  'api',
  'index',
  'cli',
]

/** Each report may use those before it: what is shared stands in the first that needs it. */
const reports = ['check', 'compare', 'installer', 'denied', 'explain', 'audit']

/** What lies at the root of the repository. */
const top = new Set([
  ...['.ci', '.github', '.gitignore', '.npmrc', '.pre-commit-hooks.yaml'],
  ...['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'SECURITY.md', 'action.yml'],
  ...['biome.json', 'package-lock.json', 'package.json', 'tsconfig.json'],
  ...['docs', 'examples', 'grammar', 'playground', 'rulemap', 'scripts', 'src', 'test'],
])

const filesIn = (folder: string): readonly string[] =>
  readdirSync(`${root}${folder}`).flatMap(name => {
    const path = `${folder}/${name}`
    if (statSync(`${root}${path}`).isDirectory()) return filesIn(path)
    return path.endsWith('.ts') && !path.endsWith('.d.ts') ? [path] : []
  })

/** The stage of a file: its folder below src, or its own name. */
const stageOf = (path: string): string =>
  path
    .replace(/^src\//, '')
    .split('/')[0]!
    .replace(/\.ts$/, '')

function importsOf(path: string): readonly string[] {
  const text = readFileSync(`${root}${path}`, 'utf8')
  return [...text.matchAll(/(?:from|import) '([^']+)'|import\('([^']+)'\)/g)].map(([, from, lazy]) => (from ?? lazy)!)
}

const resolved = (path: string, from: string): string => new URL(from, `file:///${path}`).pathname.slice(1)

const importsIn = (path: string): readonly string[] =>
  importsOf(path)
    .filter(from => from.startsWith('.'))
    .map(from => resolved(path, from))

/** The circles of a graph, each as one of its paths; a node is left once all behind it is known to lead nowhere back. */
function circles(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found: string[] = []
  const left = new Set<string>()
  const visit = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) found.push([...path.slice(path.indexOf(node)), node].join(' → '))
    else if (!left.has(node)) {
      for (const next of graph.get(node) ?? []) visit(next, [...path, node])
      left.add(node)
    }
  }
  for (const node of graph.keys()) visit(node, [])
  return found
}

describe('repository', it => {
  const files = [...filesIn('src'), ...filesIn('grammar')]
  it('imports in one direction', () => {
    const wrong = files.flatMap(path =>
      importsOf(path)
        .filter(from => from.startsWith('.'))
        .filter(from => order.indexOf(stageOf(resolved(path, from))) > order.indexOf(stageOf(path)))
        .map(from => `${path} imports ${from}`),
    )
    assert.equal(wrong, [])
    assert.equal(
      files.map(stageOf).filter(stage => !order.includes(stage)),
      [],
    )
  })
  it('builds reports in one direction', () => {
    const reportOf = (path: string): string => path.split('/')[2]!
    const wrong = filesIn('src/reports').flatMap(path =>
      importsOf(path)
        .map(from => resolved(path, from))
        .filter(from => from.startsWith('src/reports/'))
        .filter(from => reports.indexOf(reportOf(from)) > reports.indexOf(reportOf(path)))
        .map(from => `${path} imports ${from}`),
    )
    assert.equal(wrong, [])
    assert.equal(readdirSync(`${root}src/reports`).sort(), [...reports].sort())
  })
  it('has at most twenty files in a folder, not counting its shelves', () => {
    const counts = new Map<string, number>()
    for (const path of filesIn('src')) {
      const folder = path.slice(0, path.lastIndexOf('/'))
      counts.set(folder, (counts.get(folder) ?? 0) + 1)
    }
    assert.equal(
      [...counts].filter(([, count]) => count > 20),
      [],
    )
  })
  it('imports without circles, among files and among the shelves of a stage', () => {
    assert.equal(circles(new Map(files.map(path => [path, importsIn(path)]))), [])
    const shelfOf = (path: string): string | null => /^src\/(\w+\/\w+)\//.exec(path)?.[1] ?? null
    const shelves = new Map<string, string[]>()
    for (const path of files)
      for (const from of importsIn(path)) {
        const [shelf, other] = [shelfOf(path), shelfOf(from)]
        if (shelf !== null && other !== null && shelf !== other && stageOf(path) === stageOf(from))
          shelves.set(shelf, [...(shelves.get(shelf) ?? []), other])
      }
    assert.equal(circles(shelves), [])
  })
  it('tells contributors the same order', () => {
    assert.ok(readFileSync(`${root}CONTRIBUTING.md`, 'utf8').includes(`\n${order.join(' → ')}\n`))
  })
  it('reaches the system from cli alone', () => {
    const wrong = files.filter(
      path => stageOf(path) !== 'cli' && importsOf(path).some(from => from.startsWith('node:')),
    )
    assert.equal(wrong, [])
  })
  it('hands no list of unknown length over as arguments: the stack holds about a hundred thousand', () => {
    const wrong = files.filter(path => /\.(?:push|unshift)\(\.\.\./.test(readFileSync(`${root}${path}`, 'utf8')))
    assert.equal(wrong, [])
  })
  it('looks for the start of a line in one place: `lastIndexOf` takes a place before the text for its first character', () => {
    const wrong = files.filter(
      path => path !== 'src/source.ts' && /lastIndexOf\('\\n'/.test(readFileSync(`${root}${path}`, 'utf8')),
    )
    assert.equal(wrong, [])
  })
  it('asks in one place whether a release lies in a range: `liesIn`', () => {
    const compared = /(compareVersions|compareMinors|olderThan)\([^()]*\b(since|until)\b/
    const wrong = files.filter(
      path => path !== 'src/version.ts' && compared.test(readFileSync(`${root}${path}`, 'utf8')),
    )
    assert.equal(wrong, [])
  })
  it('names components in words for users alone', () => {
    const { components } = JSON.parse(readFileSync(`${root}rulemap/inventory.json`, 'utf8')) as { components: object }
    const words = ['src/cli/help.ts', 'src/cli/program.ts', 'src/render/explain.ts']
    const named = files
      .filter(path => !words.includes(path) && !path.startsWith('src/diagnostic/catalog/'))
      .flatMap(path => {
        const code = readFileSync(`${root}${path}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
        const names = (code.match(/[a-z]\w*(?:\.\w+)+/g) ?? []).filter(name => Object.hasOwn(components, name))
        return names.map(name => `${path} names ${name}`)
      })
    assert.equal(named, [])
  })
  it('makes helps in the catalog: elsewhere they would be English that nothing can compare', () => {
    const composed = files
      .filter(path => !path.startsWith('src/diagnostic/'))
      .filter(path =>
        /\bhelp\b\s*(?::|=(?!=))\s*(?:[`'[]|[^,;}\n]*\? *[`'])/.test(readFileSync(`${root}${path}`, 'utf8')),
      )
    assert.equal(composed, [])
  })
  // What the package or an archive of the sources is made of has no `.git`.
  if (existsSync(`${root}.git`)) {
    it('commits every source: none lies where git ignores it', () => {
      const folders = ['src', 'grammar', 'rulemap', 'test', 'scripts', 'playground', 'examples', 'docs']
      const ignored = ['ls-files', '--others', '--ignored', '--exclude-standard', '--', ...folders]
      assert.is(execFileSync('git', ignored, { cwd: root, encoding: 'utf8' }), '')
    })
    it('has at the top what a new contributor expects, and nothing left over', () => {
      const listed = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n')
      assert.equal(
        [...new Set(listed.map(path => path.split('/')[0] ?? ''))].filter(name => !top.has(name)),
        [''],
      )
    })
  }
  it('says each change once: no entry of the changelog is the beginning of another', () => {
    const entries = readFileSync(`${root}CHANGELOG.md`, 'utf8')
      .split('\n')
      .filter(line => line.startsWith('- '))
    assert.ok(entries.length > 20)
    assert.equal(
      entries.filter((entry, at) => entries.some((other, of) => of !== at && other.startsWith(entry))),
      [],
    )
  })
  it('has no default export and at most one barrel', () => {
    assert.equal(
      files.filter(path => /^export default/m.test(readFileSync(`${root}${path}`, 'utf8'))),
      [],
    )
    assert.ok(files.filter(path => path.endsWith('/index.ts')).length <= 1)
  })
})
