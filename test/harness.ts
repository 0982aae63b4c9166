import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite, type Test } from 'uvu'
import * as assert from 'uvu/assert'

/** The root of the checkout; compiled tests are two folders deeper. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

type Work = () => void | Promise<void>

/** Declares and runs a suite. There is no `only` and no `skip`, and an empty suite fails; `after` names what is done when all of its tests are, failed ones too. */
export function describe(
  name: string,
  body: (it: (title: string, test: Work) => void, after: (work: Work) => void) => void,
): void {
  const tests: Test = suite(name)
  let count = 0
  const declare = (title: string, test: Work): void => {
    count++
    tests(title, async () => {
      process.send?.(`${name}: ${title}`)
      try {
        await test()
      } catch (error) {
        if (error instanceof Error && !error.message.includes(title)) error.message = `${title}: ${error.message}`
        throw error
      }
    })
  }
  body(declare, work => void tests.after(async () => work()))
  if (count === 0) tests('has tests', () => assert.unreachable(`suite ${name} is empty`))
  tests.run()
}

/** Compares a text with a file of `test/`, byte for byte; `UPDATE_GOLDEN=1` rewrites the file. */
export function golden(file: string, text: string): void {
  const path = `${root}${file}`
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text)
  assert.is(text, readFileSync(path, 'utf8'))
}

/** Template tag: strips the indentation of the first line from every line, and the first line break. */
export function source(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  const text = String.raw({ raw: strings.raw }, ...values).replace(/^\n/, '')
  const indent = text.match(/^[ \t]*/)![0]
  return text
    .split('\n')
    .map(line => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n')
    .replace(/[ \t]*$/, '')
}

/** The lines of a JSON-lines file. */
export function jsonLines<T>(path: string): readonly T[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as T)
}
