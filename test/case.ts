import { readdirSync, readFileSync, statSync } from 'node:fs'

/** What a case's folder holds beside its inputs. */
const own: ReadonlySet<string> = new Set(['expected.txt', 'arguments.txt', 'stdin.txt'])

/** The inputs of a case: every file below its folder but its arguments, its standard input and its answer. */
export function inputsOf(folder: string, under = ''): Record<string, string> {
  return Object.assign(
    {},
    ...readdirSync(folder).map(name => {
      const at = `${folder}/${name}`
      if (statSync(at).isDirectory()) return inputsOf(at, `${under}${name}/`)
      return under === '' && own.has(name) ? {} : { [under + name]: readFileSync(at, 'utf8') }
    }),
  )
}

/** The lines of a case's arguments.txt, one argument each; none without the file. */
export function argumentsOf(folder: string): readonly string[] {
  return textOf(folder, 'arguments.txt')
    .split('\n')
    .filter(line => line !== '')
}

/** A file of a case; empty where there is none. */
export function textOf(folder: string, name: string): string {
  return readdirSync(folder).includes(name) ? readFileSync(`${folder}/${name}`, 'utf8') : ''
}
