import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe, root } from '../harness.ts'

/** An example of the documentation, where it is, and the lines that its comments say it prints. */
interface Example {
  readonly place: string
  readonly code: string
  readonly prints: readonly string[]
}

const sources = readdirSync(`${root}src`, { recursive: true })
  .map(name => `src/${String(name)}`)
  .filter(name => name.endsWith('.ts'))
const pages = ['README.md', ...readdirSync(`${root}docs`).map(name => `docs/${name}`)].filter(name =>
  name.endsWith('.md'),
)

const examples = [...sources, ...pages].sort().flatMap(examplesOf)

function examplesOf(path: string): readonly Example[] {
  const text = readFileSync(`${root}${path}`, 'utf8')
  return [...text.matchAll(/^([ *]*)```ts\n([\s\S]*?)^[ *]*```$/gm)].map(([, margin = '', block = ''], at) => {
    const code = block
      .split('\n')
      .map(line => (line.startsWith(margin) ? line.slice(margin.length) : line.slice(margin.trimEnd().length)))
      .join('\n')
    const prints = [...code.matchAll(/^\/\/ (.*)$/gm)].map(([, line = '']) => line)
    return { place: `${path} ${at + 1}`, code, prints }
  })
}

const folder = `${root}dist/documentation`

/** Types every example as a user's project would: with the package's declarations, and without Node's. */
function compile(): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [at, { code }] of examples.entries()) writeFileSync(`${folder}/example${at}.ts`, code)
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2023', 'dom'],
    types: [],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    skipLibCheck: false,
  }
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', folder], { encoding: 'utf8' })
}

/** Runs an example and returns what it logs. */
async function logOf(at: number): Promise<readonly string[]> {
  const { log, error } = console
  const lines: string[] = []
  console.log = (...words: readonly unknown[]) => void lines.push(...words.map(String).join(' ').split('\n'))
  console.error = () => undefined
  try {
    await import(`${folder}/example${at}.js`)
  } finally {
    console.log = log
    console.error = error
  }
  return lines
}

describe('examples of the library', it => {
  it('are typed', () => {
    assert.ok(examples.length >= 8)
    try {
      compile()
    } catch (error) {
      assert.unreachable(String((error as { stdout?: string }).stdout))
    }
  })
  for (const [at, { place, prints }] of examples.entries()) {
    it(`${place} runs and prints what it says`, async () => {
      const lines = await logOf(at)
      assert.ok(lines.length > 0 && !lines.includes('undefined') && !lines.includes('null'), lines.join('\n'))
      let from = 0
      for (const line of prints) {
        const found = lines.indexOf(line, from)
        assert.ok(found !== -1, `expected ${line} among\n${lines.join('\n')}`)
        from = found + 1
      }
    })
  }
  for (const name of ['analyze', 'check', 'explain', 'parse', 'locate', 'outermost', 'render']) {
    it(`show ${name}`, () => {
      assert.ok(
        examples.some(
          ({ place, code }) =>
            place.startsWith('src/') && code.includes(`import { `) && new RegExp(`\\b${name}\\b`).test(code),
        ),
      )
    })
  }
})
