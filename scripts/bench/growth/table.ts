import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { growth } from '../../../src/cli/disk/heap.ts'
import type { Measured } from './measure.ts'
import { shapes } from './shapes.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const measurer = fileURLToPath(new URL('measure.js', import.meta.url))

/** No exponent is to be larger. */
const most = 1.3
/** No input of 16 MiB is to take more memory, in bytes. */
const mostMemory = 2 ** 30

/**
 * Prints how time and memory grow with each shape, or with those whose area or name holds one of the words. With `full`, each is made
 * of 16 MiB instead, and what that takes is printed. What is above the aim is marked.
 */
export function printGrowth(words: readonly string[], { full, write }: { full: boolean; write: boolean }): void {
  const head = full
    ? ['', 'input', 'processor time', 'memory over the base', 'aim: ≤ 1 GiB']
    : ['', 'n', 'time for n', 'time for 4n', 'exponent', 'memory for 4n over n']
  const lines = [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`]
  for (const line of lines) console.log(line)
  for (const { area, shapes: all } of shapes) {
    for (const { what } of all) {
      if (words.length > 0 && !words.some(word => area === word || what.includes(word))) continue
      const line = `| ${[`${area}: ${what}`, ...(full ? fullCells(what) : cells(what))].join(' | ')} |`
      lines.push(line)
      console.log(line)
    }
  }
  if (write) writeTable(lines.join('\n'))
}

function measured(what: string, ...words: readonly string[]): Measured | string {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', `--heap-growing-percent=${growth}`, measurer, what, ...words],
    {
      encoding: 'utf8',
      timeout: 600_000,
    },
  )
  return status === 0 ? (JSON.parse(stdout) as Measured) : `did not end: ${signal ?? stderr.trim().split('\n').at(-1)}`
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`
const milliseconds = (time: number | undefined): string => `${Math.round(time ?? 0)} ms`

function cells(what: string): readonly string[] {
  const found = measured(what)
  if (typeof found === 'string') return ['', '', '', found, '']
  const { size, times, exponent, memory } = found
  const grows = exponent?.toFixed(1) ?? ''
  const shown = (exponent ?? 0) > most ? `**${grows}**` : grows
  return [size.toLocaleString('en'), milliseconds(times[0]), milliseconds(times[1]), shown, mebibytes(memory)]
}

function fullCells(what: string): readonly string[] {
  const found = measured(what, 'full')
  if (typeof found === 'string') return ['', '', '', found]
  const { bytes, times, memory } = found
  return [mebibytes(bytes), milliseconds(times[0]), mebibytes(memory), memory > mostMemory ? '**above**' : 'yes']
}

function writeTable(table: string): void {
  const path = `${root}docs/limits.md`
  const [start, end] = ['<!-- npm run bench -- growth --write -->\n', '\n<!-- end -->']
  const text = readFileSync(path, 'utf8')
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error('docs/limits.md has no place for the table')
  writeFileSync(path, text.slice(0, from + start.length) + table + text.slice(to))
}
