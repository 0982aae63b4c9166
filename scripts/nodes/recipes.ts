import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { keptCode } from './kept-code.ts'

/** A line of a shell with the command in it, and how it has to end. */
export interface Recipe {
  readonly title: string
  /** What bash runs, in a folder with the files of `run-recipe.ts`; its own exit code is the recipe's. */
  readonly script: string
  readonly code: number
  /** What standard output and error hold together. */
  readonly says?: RegExp
}

const lacks = /needs list on pods cluster-wide, which no role of the account grants/
const plan = /rbac:\n {2}rules:/
const empty = /^error: standard input is empty/m
const full = /^error: standard output cannot be written: no space is left$/m
const compare = 'alloy-rbac generate wide.alloy --format json -o direct.json && cmp direct.json piped.json'

/** Whatever a parent may pass in as standard input. */
const reading: readonly Recipe[] = [
  { title: 'a file', script: 'alloy-rbac check - <lacking.yaml', code: 1, says: lacks },
  { title: 'a blank line before all', script: '(echo; cat lacking.yaml) | alloy-rbac check -', code: 1, says: lacks },
  { title: 'a full pipe', script: 'cat lacking.yaml | alloy-rbac check -', code: 1, says: lacks },
  { title: 'a writer that waits', script: '(sleep 1; cat lacking.yaml) | alloy-rbac check -', code: 1, says: lacks },
  {
    title: 'a writer that waits long',
    script: '(sleep 5; cat config.alloy) | alloy-rbac generate -',
    code: 0,
    says: plan,
  },
  {
    title: 'a log that comes late',
    script: '(sleep 1; cat alloy.log) | alloy-rbac denied -',
    code: 0,
    says: /pods list/,
  },
  {
    title: 'a writer that pauses in the middle of a line',
    script: '(head -c 333 lacking.yaml; sleep 1; tail -c +334 lacking.yaml) | alloy-rbac check -',
    code: 1,
    says: lacks,
  },
  {
    title: 'a writer that writes byte by byte',
    script: 'dd if=lacking.yaml bs=1 status=none | alloy-rbac check -',
    code: 1,
    says: lacks,
  },
  {
    title: 'more than a pipe holds, and a pause',
    script: '(seq -f "# %.0f" 100000; sleep 1; cat lacking.yaml) | alloy-rbac check -',
    code: 1,
    says: lacks,
  },
  {
    title: 'a pipe that does not block, and a writer that waits',
    script: '(sleep 1; cat lacking.yaml) | (nonblocking 0 && alloy-rbac check -)',
    code: 1,
    says: lacks,
  },
  {
    title: 'a pipe that does not block, and a writer that pauses',
    script: '(head -c 333 config.alloy; sleep 1; tail -c +334 config.alloy) | (nonblocking 0 && alloy-rbac generate -)',
    code: 0,
    says: plan,
  },
  {
    title: 'a terminal',
    script: `(sleep 1; cat config.alloy; printf '\\004') | script -qec 'alloy-rbac generate -' /dev/null`,
    code: 0,
    says: /rbac:\r?\n {2}rules:/,
  },
  { title: 'a writer that writes nothing', script: 'sleep 1 | alloy-rbac check -', code: 3, says: empty },
  { title: 'an empty file', script: 'alloy-rbac check - </dev/null', code: 3, says: empty },
  { title: 'a closed descriptor', script: 'alloy-rbac check - <&-', code: 3, says: empty },
  {
    title: 'a descriptor that only writes',
    script: 'alloy-rbac check - 0>written',
    code: 3,
    says: /^error: standard input cannot be read: it is closed, or open for the other direction$/m,
  },
  {
    title: 'a folder',
    script: 'alloy-rbac check - <.',
    code: 3,
    says: /^error: standard input cannot be read: it is a folder$/m,
  },
  { title: 'a writer without end', script: 'alloy-rbac check - </dev/zero', code: 3, says: /larger than 16 MiB/ },
]

/** Whatever a parent may pass in as standard output and error. */
const writing: readonly Recipe[] = [
  { title: 'a document on a full disk', script: 'alloy-rbac generate config.alloy >/dev/full', code: 3, says: full },
  { title: 'findings on a full disk', script: 'alloy-rbac check lacking.yaml >/dev/full', code: 3, says: full },
  { title: 'help on a full disk', script: 'alloy-rbac --help >/dev/full', code: 3, says: full },
  { title: 'frames on a full disk', script: 'alloy-rbac generate wrong.alloy 2>/dev/full', code: 3 },
  { title: 'wrong usage on a full disk', script: 'alloy-rbac generate 2>/dev/full', code: 3 },
  { title: 'a bad path, told to a full disk', script: 'alloy-rbac generate none.alloy 2>/dev/full', code: 3 },
  {
    title: 'a reader of one line, for a document',
    script: `alloy-rbac generate wide.alloy --format json | head -1; exit "\${PIPESTATUS[0]}"`,
    code: 0,
    says: /^\{\n$/,
  },
  {
    title: 'a reader of one line, for findings',
    script: `alloy-rbac check lacking.yaml | head -1; exit "\${PIPESTATUS[0]}"`,
    code: 1,
  },
  {
    title: 'a reader that is gone, for findings',
    script: `(sleep 1; alloy-rbac check lacking.yaml) | true; exit "\${PIPESTATUS[0]}"`,
    code: 1,
  },
  {
    title: 'a reader that is gone, for help',
    script: `(sleep 1; alloy-rbac --help) | true; exit "\${PIPESTATUS[0]}"`,
    code: 0,
  },
  {
    title: 'a reader that is gone, for frames',
    script: `(sleep 1; alloy-rbac generate wrong.alloy 2>&1) | true; exit "\${PIPESTATUS[0]}"`,
    code: 1,
  },
  {
    title: 'a reader that is slow',
    script: `alloy-rbac generate wide.alloy --format json | (sleep 1; cat >piped.json) && ${compare}`,
    code: 0,
  },
  {
    title: 'a pipe that does not block, and a reader that is slow',
    script: `(nonblocking 1 && alloy-rbac generate wide.alloy --format json) | (sleep 1; cat >piped.json) && ${compare}`,
    code: 0,
  },
  {
    title: 'a pipe for frames that does not block, and a reader that is slow',
    script: `(nonblocking 1 && alloy-rbac generate wrong.alloy 2>&1) | (sleep 1; cat >piped.txt)
code=\${PIPESTATUS[0]}
alloy-rbac generate wrong.alloy 2>direct.txt
cmp direct.txt piped.txt && exit "$code"`,
    code: 1,
  },
  {
    title: 'a file of -o that is standard output',
    script: 'alloy-rbac generate config.alloy -o -',
    code: 0,
    says: plan,
  },
]

/** What the bundle holds beside the command line. */
const bundle: readonly Recipe[] = [
  {
    title: 'the examples, as they are printed in the repository',
    script: `cd "$ROOT"
for example in examples/*; do alloy-rbac generate "$example" --quiet | cmp - "$example/values.yaml" || exit; done`,
    code: 0,
  },
  {
    title: 'the library',
    script: `cat >library.mjs <<END
import { analyze, render } from '$ROOT/dist/bin/library.mjs'
console.log(render.values(analyze({ 'config.alloy': 'discovery.kubernetes "pods" { role = "pod" }' }).value).value)
END
"$NODE" library.mjs`,
    code: 0,
    says: plan,
  },
]

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The pipes of the pages, with programs before them that are slow. */
function documented(): readonly Recipe[] {
  const pages = ['README.md', 'docs/ci.md'].map(path => readFileSync(`${root}${path}`, 'utf8'))
  const lines = pages.flatMap(page => page.match(/^[^`\n]+ \| alloy-rbac [^`\n]+$/gm) ?? [])
  const answerOf = (script: string): Pick<Recipe, 'code' | 'says'> => {
    if (script.includes('alloy-rbac denied')) return { code: 0, says: /pods list/ }
    // What generate prints goes into a file.
    return script.includes('alloy-rbac generate') ? { code: 0 } : { code: 1, says: lacks }
  }
  return lines.map(script => ({ title: script, script, ...answerOf(script) }))
}

/** What the program is run through on every release of Node: all that it reads from and writes to, and the recipes of the pages. */
export const recipes: readonly Recipe[] = [
  ...reading.map(each => ({ ...each, title: `reads ${each.title}` })),
  ...writing.map(each => ({ ...each, title: `writes ${each.title}` })),
  ...bundle.map(each => ({ ...each, title: `holds ${each.title}` })),
  ...keptCode.map(each => ({ ...each, title: `starts from kept code ${each.title}` })),
  ...documented().map(each => ({ ...each, title: `documents ${each.title}` })),
]
