// An input decides what an expression reads: none may take more steps than a fixed number for each character.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parse } from 'acorn'
import { analyse } from 'scslre'
import * as assert from 'uvu/assert'
import { describe } from './harness.ts'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Why an expression that looks from every place is asked at one, or of a short text. */
const excused: Readonly<Record<string, string>> = {
  'grammar/tokens.js': 'Chevrotain asks each at the place where it is, and some token takes what is there',
  'src/chart/release/range.js': 'a range has 512 characters at most',
}

/** What takes a number of steps that grows like a power of the length, or more. */
const faults = (expression: RegExp): readonly string[] => analyse(expression, {}).reports.map(({ type }) => type)

const modules = ['src', 'grammar'].flatMap(folder =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.js'))
    .map(name => `${folder}/${name}`),
)

/** The expressions that a module has as literals. */
function literalsIn(file: string): readonly RegExp[] {
  const found: RegExp[] = []
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if ('regex' in node && 'value' in node && node.value instanceof RegExp) found.push(node.value)
    else for (const child of Object.values(node)) look(child)
  }
  look(parse(readFileSync(root + file, 'utf8'), { ecmaVersion: 'latest', sourceType: 'module' }))
  return found
}

/** The expressions that modules put together when they are loaded, each with its module. */
function builtIn(files: readonly string[]): readonly (readonly [file: string, source: string, flags: string])[] {
  const script = `
    const found = []
    let file = ''
    globalThis.RegExp = new Proxy(RegExp, { construct: (target, args) => {
      const made = Reflect.construct(target, args)
      const { stack } = new Error()
      found.push([${JSON.stringify(modules)}.find(each => stack.split('\\n')[2].includes('/' + each + ':')), made.source, made.flags])
      return made
    } })
    for (const each of ${JSON.stringify(files)}) await import(${JSON.stringify(pathToFileURL(root).href)} + each)
    process.stdout.write(JSON.stringify(found.filter(([file]) => file)))`
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  )
}

describe('regular expressions', it => {
  const quick = [/^a*b$/, /^(?:a|b)*$/, /^\s*(?:,\s*)?$/]
  const slow = [/a*$/, /^\s*a/m, /^(?:a*)*$/, /^\s*,?\s*$/]
  for (const each of quick) it(`${each} is quick`, () => assert.equal(faults(each), []))
  for (const each of slow) it(`${each} is slow`, () => assert.is.not(faults(each).length, 0))

  const literals = modules.flatMap(file => literalsIn(file).map(each => [file, each] as const))
  const built = builtIn(modules.filter(file => !/^src\/(?:cli|site|session\/server)\//.test(file))).map(
    ([file, source, flags]) => [file, new RegExp(source, flags)] as const,
  )
  for (const [title, expressions, atLeast] of [
    ['literals', literals, 500],
    ['expressions that are put together', built, 10],
  ] as const)
    it(`no ${title} are slow`, () => {
      assert.ok(expressions.length > atLeast, `${expressions.length} are found`)
      assert.equal(
        expressions
          .filter(([file, each]) => !(file in excused) && faults(each).length > 0)
          .map(([file, each]) => `${file}: ${each}`),
        [],
      )
    })
  it('excuses what would be slow elsewhere', () => {
    const found = new Set([...literals, ...built].filter(([, each]) => faults(each).length > 0).map(([file]) => file))
    assert.equal([...found].sort(), Object.keys(excused).sort())
  })
})
