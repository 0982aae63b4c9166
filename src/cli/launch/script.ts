import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { type Link, linked } from './linked.ts'
import type { Program } from './program.ts'

/** The script that is in a folder as modules. All of it is ASCII, which reads as Latin-1 without being decoded. */
export function scriptIn(folder: string, link: Link): string {
  return linked(link.parts, {
    core: readFileSync(`${folder}core.js`, 'latin1'),
    command: readFileSync(`${folder}command.js`, 'latin1'),
  })
}

/** Compiles the script, with the code that was kept of it or without. */
export function compile(text: string, folder: string, code: Buffer | null): Script {
  return new Script(text, { filename: `${folder}command.js`, ...(code && { cachedData: code }) })
}

/** Evaluates the script, as importing the modules would. */
export function evaluate(script: Script, folder: string, require: NodeJS.Require): Program {
  const tables = readFileSync(`${folder}tables.js`, 'latin1')
  const text = tables.slice(tables.indexOf('`') + 1, tables.lastIndexOf('`'))
  return (script.runInThisContext() as (require: NodeJS.Require, text: string) => Program)(require, text)
}
