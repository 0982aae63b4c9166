import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as assert from 'uvu/assert'
import { argumentsOf, inputsOf } from '../case.ts'
import { command, commandHere } from '../cli/io.ts'
import { root } from '../harness.ts'

/** The page of a case in test/commands. */
async function ofCase(name: string): Promise<string> {
  const folder = `${root}test/commands/${name}`
  const argv = argumentsOf(folder).filter((each, at, all) => each !== '--format' && all[at - 1] !== '--format')
  return (await command([...argv, '--format', 'html'], inputsOf(folder))).stdout
}

const ofExample = async (verb: 'generate' | 'diff', name: string): Promise<string> =>
  (await commandHere([verb, `examples/${name}`, '--format', 'html'])).stdout

/** Pages of each command, by what they show. */
export const reports = {
  'a configuration': () => ofExample('generate', 'kubernetes-logs'),
  'a configuration that needs privileges': () => ofExample('generate', 'beyla'),
  'a difference': () => ofExample('diff', 'node-exporter'),
  'collectors of k8s-monitoring': () => ofCase('generate-all-of-k8s-monitoring'),
  'a difference of several': () => ofCase('diff-several-as-text'),
  'a check that fails': () => ofCase('check-wildcards'),
  'a check of two workloads': () => ofCase('check-two-workloads'),
  'a check that is clean': () => ofCase('check-clean'),
  'two revisions': () => ofCase('compare-two-revisions'),
} as const satisfies Readonly<Record<string, () => Promise<string>>>

/** Writes a page to a file for as long as it is looked at. */
export async function withReport(name: keyof typeof reports, look: (at: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'))
  try {
    const text = await reports[name]()
    assert.match(text, /^<!doctype html>/)
    writeFileSync(join(folder, 'report.html'), text)
    await look(pathToFileURL(join(folder, 'report.html')).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
