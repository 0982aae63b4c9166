import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { type Link, linked, type Modules } from './linked.ts'
import type { Program } from './program.ts'

/** The modules in a folder that the script is made of. */
export const modulesIn = (folder: string): Modules<Buffer> => ({
  core: readFileSync(`${folder}core.mjs`),
  command: readFileSync(`${folder}command.mjs`),
})

/** The script that modules are linked to. All of it is ASCII, which reads as Latin-1 without being decoded. */
export const scriptOf = ({ core, command }: Modules<Buffer>, { parts }: Link): string =>
  linked(parts, { core: core.toString('latin1'), command: command.toString('latin1') })

/** Compiles the script, with the code that was kept of it or without. */
export function compile(text: string, folder: string, code: Buffer | null): Script {
  return new Script(text, { filename: `${folder}command.mjs`, ...(code && { cachedData: code }) })
}

/** Evaluates the script, as importing the modules would. */
export function evaluate(script: Script, folder: string, require: NodeJS.Require): Program {
  const tables = readFileSync(`${folder}tables.mjs`, 'latin1')
  const text = tables.slice(tables.indexOf('`') + 1, tables.lastIndexOf('`'))
  return (script.runInThisContext() as (require: NodeJS.Require, text: string) => Program)(require, text)
}
