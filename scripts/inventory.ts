// npm run inventory -- PATH [REV]: compares the components of an Alloy repository, a work tree or a bare one, with the inventory
// and the rules, and prints what is new, gone and changed. REV is HEAD without it; where it is a release it is compared with what
// the inventory says of that release, else with the newest that it knows. Exits 1 when something differs.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { componentNames, componentOf } from '../src/inventory/inventory.ts'
import { ruledComponents } from '../src/rules/map/load.ts'

/** A component as a Go file registers it. */
export interface Registered {
  readonly name: string
  readonly stability: string
}

/** A Go file. */
export interface GoFile {
  readonly path: string
  readonly text: string
}

const levels: Readonly<Record<string, string>> = {
  StabilityExperimental: 'experimental',
  StabilityPublicPreview: 'public-preview',
  StabilityGenerallyAvailable: 'generally-available',
}

/** Where upstream registers its components; elsewhere are those of its own tests. */
const home = 'internal/component/'

/** Stands in where a component cannot run; what counts is said where it can. */
const standIn = /_(stub|placeholder|shim)\.go$/

/** Finds what Go files register: every `component.Register(component.Registration{ Name: …, Stability: … })`. */
export function registrations(files: readonly GoFile[]): readonly Registered[] {
  const found = new Map<string, Registered>()
  const order = [...files].sort((a, b) => Number(standIn.test(b.path)) - Number(standIn.test(a.path)))
  for (const { path, text } of order) {
    for (const [, body = ''] of text.matchAll(
      /component\.Register\(\s*component\.Registration\{([\s\S]*?)\n\t*\}\)/g,
    )) {
      const name = nameIn(body, folderOf(path), files)
      if (name === null) throw new Error(`${path}: a component is registered under a name that is not found`)
      const level = body.match(/Stability:\s*featuregate\.(\w+)/)?.[1] ?? ''
      const stability = /Community:\s*true/.test(body) ? 'community' : (levels[level] ?? 'generally-available')
      found.set(name, { name, stability })
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

/** The name: a literal, or a constant of the package. */
function nameIn(body: string, folder: string, files: readonly GoFile[]): string | null {
  const [, literal, constant] = body.match(/\bName:\s*(?:"([^"]*)"|(\w+))/) ?? []
  if (literal !== undefined || constant === undefined) return literal ?? null
  const definition = new RegExp(`\\b${constant}\\s*(?:string\\s*)?=\\s*"([^"]*)"`)
  for (const { path, text } of files) {
    const value = folderOf(path) === folder ? text.match(definition)?.[1] : undefined
    if (value !== undefined) return value
  }
  return null
}

/** Says what differs between a repository's components, those of the inventory and those with rules, one line each, sorted. */
export function differences(
  registered: readonly Registered[],
  listed: readonly Registered[],
  ruled: ReadonlySet<string>,
): readonly string[] {
  const known = new Map(listed.map(each => [each.name, each]))
  const there = new Set(registered.map(({ name }) => name))
  const lines = registered.flatMap(({ name, stability }) => {
    const before = known.get(name)
    if (!before) return [`new      ${name}: ${stability}, not in the inventory`]
    return before.stability === stability
      ? []
      : [`changed  ${name}: ${stability}, ${before.stability} in the inventory`]
  })
  const unruled = registered.filter(({ name }) => !ruled.has(name))
  const gone = listed.filter(({ name }) => !there.has(name))
  return [
    ...lines,
    ...unruled.map(({ name }) => `unruled  ${name}: no entry in rulemap/components`),
    ...gone.map(({ name }) => `gone     ${name}: in the inventory, not registered`),
  ].sort()
}

/** The components that the inventory has in a release. */
export function listedIn(release: string): readonly Registered[] {
  return componentNames.flatMap(name => {
    const standing = componentOf(name, release)
    return standing.kind === 'known' ? [{ name, stability: standing.component.stability }] : []
  })
}

/** Newer than any release: what the inventory knows last. */
const newest = '999.0.0'

function run([path, revision = 'HEAD']: readonly string[]): void {
  if (path === undefined) {
    console.error('usage: npm run inventory -- PATH [REV]')
    process.exitCode = 2
    return
  }
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', path, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const commit = git('rev-parse', '--verify', `${revision}^{commit}`).trim()
  const files = lines(git('grep', '-l', 'component.Register(', commit, '--', `${home}*.go`)).map(each =>
    each.slice(commit.length + 1),
  )
  const folders = new Set(files.map(folderOf))
  const texts = lines(git('ls-tree', '-r', '--name-only', commit, home))
    .filter(each => each.endsWith('.go') && !each.endsWith('_test.go') && folders.has(folderOf(each)))
    .map(each => ({ path: each, text: git('show', `${commit}:${each}`) }))
  const registered = registrations(texts)
  const release = /^v?\d+\.\d+\.\d+(-.+)?$/.test(revision) ? revision : newest
  const found = differences(registered, listedIn(release), new Set(ruledComponents()))
  for (const line of found) console.log(line)
  console.log(`${registered.length} components in ${revision}, ${found.length} differences`)
  if (found.length > 0) process.exitCode = 1
}

const lines = (text: string): readonly string[] => text.split('\n').filter(each => each !== '')

if (process.argv[1] === fileURLToPath(import.meta.url)) run(process.argv.slice(2))
