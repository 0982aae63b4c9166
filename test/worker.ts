// Runs test files one by one as they are sent, in one process; `run.ts` starts as many as there are processors.
import { pathToFileURL } from 'node:url'
import * as fc from 'fast-check'

/** What came of one test file. */
export interface FileResult {
  readonly passed: number
  readonly failed: number
}

/** What the line that ends the output of a file starts with; behind it is its `FileResult`. */
export const endOfFile = '\0'

type Suite = () => Promise<readonly [errors: string | true, ran: number, skipped: number, total: number]>
/** Where uvu keeps the suites of each file. It looks at both when it is imported, which the first test file does. */
const state = globalThis as unknown as { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: (readonly Suite[])[] }
state.UVU_DEFER = 1
state.UVU_QUEUE = []
let running = Promise.resolve()

fc.configureGlobal({ seed: Number(process.env['SEED']) })
// What a test left open must not keep the run from its end.
process.on('disconnect', () => process.exit())
process.on('message', ({ name, file }: { name: string; file: string }) => {
  running = running.then(() => runFile(name, file))
})

async function runFile(name: string, file: string): Promise<void> {
  const suites: Suite[] = []
  state.UVU_INDEX = state.UVU_QUEUE.push(suites) - 1
  process.stdout.write(`\n${name}\n`)
  let passed = 0
  let failed = 0
  try {
    await import(pathToFileURL(file).href)
    for (const suite of suites) {
      const [errors, ran, , total] = await suite()
      passed += ran
      failed += total - ran
      if (typeof errors === 'string' && errors !== '') process.stdout.write(`\n${apart(errors)}\n`)
    }
    // What needs a corpus or a browser declares nothing where there is none; `run.ts` refuses a run in which nothing passed.
    if (suites.length === 0) process.stdout.write(' skipped: what it needs is not here\n')
  } catch (error) {
    failed++
    const text = error instanceof Error ? error.stack : String(error)
    process.stdout.write(`\n   FAIL  ${name}\n    ${apart(text ?? '')}\n`)
  }
  process.stdout.write(`${endOfFile}${JSON.stringify({ passed, failed } satisfies FileResult)}\n`)
}

/** What a test found may hold the sign of the end itself. */
function apart(text: string): string {
  return text.replaceAll(endOfFile, '\\0')
}
