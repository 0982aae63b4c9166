// The `uvu` command succeeds when no file matches, and sets FORCE_COLOR; this does neither.
import { fileURLToPath } from 'node:url'
import { parse } from 'uvu/parse'
import { run } from 'uvu/run'

const folder = fileURLToPath(new URL('.', import.meta.url))
const { suites } = await parse(folder, /\.test\.js$/)
const wanted = process.argv.slice(2).filter(word => word !== '--bail')
// In the order of the words; `--bail` is for the harness.
const chosen =
  wanted.length === 0 ? suites : [...new Set(wanted.flatMap(part => suites.filter(({ name }) => name.includes(part))))]
if (chosen.length === 0) throw new Error('no test file matches')

// uvu writes its summary to the console alone; it is read there for the closing line that CI reads.
const write = process.stdout.write.bind(process.stdout)
let tail = ''
process.stdout.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
  tail = (tail + String(chunk)).slice(-2_000)
  return write(chunk, ...rest)
}) as typeof process.stdout.write
await run(chosen)
process.stdout.write = write
// biome-ignore lint/complexity/useRegexLiterals: the escape character is easier to read in a string
const plain = tail.replace(new RegExp('\u001b\\[\\d+m', 'g'), '')
const count = (name: string): number => Number(plain.match(new RegExp(`${name}:\\s+(\\d+)`))?.[1] ?? Number.NaN)
const total = count('Total')
const passed = count('Passed')
if (!(total > 0)) process.exitCode = 1
write(`${passed} passed, ${total - passed} failed\n`)
