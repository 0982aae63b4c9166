import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** A file of tests: how long it takes alone, and the lines of the compiled program that it runs. */
export interface Reach {
  /** As `test/run.ts` names it. */
  readonly test: string
  readonly milliseconds: number
  /** 1-based lines by file, from the root of the checkout. */
  readonly lines: Readonly<Record<string, readonly number[]>>
}

/** What V8 writes of one script: how often each range of characters ran, an inner range after the one around it. */
interface Script {
  readonly url: string
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[]
  }[]
}

/** Runs every file of tests by itself and sees what it reaches. Kept beside the compiled program until that is built again. */
export async function reaches(root: string): Promise<readonly Reach[]> {
  const kept = `${root}dist/reach.json`
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as readonly Reach[]
  const tests = readdirSync(`${root}dist/test`, { recursive: true, encoding: 'utf8' })
    // Those of the corpus and of a browser have nothing to run without it.
    .filter(name => name.endsWith('.test.js') && !name.includes('corpus') && !name.startsWith('site/'))
    .sort()
  const found: Reach[] = []
  const work = async (): Promise<void> => {
    for (let test = tests.pop(); test !== undefined; test = tests.pop()) found.push(await reach(root, test))
  }
  await Promise.all([work(), work()])
  writeFileSync(kept, JSON.stringify(found))
  return found
}

async function reach(root: string, test: string): Promise<Reach> {
  const folder = mkdtempSync(`${tmpdir()}/reach-`)
  const start = performance.now()
  const child = spawn(process.execPath, ['dist/test/run.js', test], {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, NODE_V8_COVERAGE: folder },
  })
  const code = await new Promise(done => child.on('close', done))
  if (code !== 0) throw new Error(`${test} fails without a change`)
  const milliseconds = performance.now() - start
  const lines: Record<string, number[]> = {}
  for (const name of readdirSync(folder)) {
    const written = readFileSync(`${folder}/${name}`, 'utf8')
    // A process that a test kills while it writes leaves a part, which tells nothing.
    if (!written.endsWith('}')) continue
    const { result } = JSON.parse(written) as { result: readonly Script[] }
    // A test that installs the program elsewhere runs lines of that copy, which is not changed.
    for (const script of result.filter(({ url }) => url.startsWith(pathToFileURL(`${root}dist/src/`).href))) {
      const path = fileURLToPath(script.url)
      const file = path.slice(root.length)
      lines[file] = [...new Set([...(lines[file] ?? []), ...linesRun(readFileSync(path, 'utf8'), script)])]
    }
  }
  rmSync(folder, { recursive: true })
  return { test, milliseconds, lines }
}

/** The lines of which a part ran. */
function linesRun(text: string, { functions }: Script): readonly number[] {
  const ran = new Uint8Array(text.length)
  for (const { ranges } of functions)
    for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset)
  let offset = 0
  return text.split('\n').flatMap((line, at) => {
    const start = offset
    offset += line.length + 1
    return ran.subarray(start, offset - 1).includes(1) ? [at + 1] : []
  })
}
