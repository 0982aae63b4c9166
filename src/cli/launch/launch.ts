#!/usr/bin/env node
import { codeIn, nameOf, readTrusted } from './kept-code.ts'
import type { Link } from './linked.ts'
import type { Program } from './program.ts'
import { compile, evaluate, modulesIn, scriptOf } from './script.ts'

/** Written into the bundle. */
declare const link: Link

const folder = `${__dirname}/`

/** The program with the code that V8 kept of it; null where there is none that fits. */
function keptProgram(): Program | null {
  const file = readTrusted(`${folder}../code`, nameOf(link.digest))
  if (file === null) return null
  const modules = modulesIn(folder)
  const code = codeIn(file, [modules.core, modules.command])
  if (code === null) return null
  // Code that V8 refuses, as under other flags, costs no more than the modules would: it has compiled the same text then.
  return evaluate(compile(scriptOf(modules, link), folder, code), folder, require)
}

/** Without it, the modules that the script is made of are imported. They are bundled beside this one. */
const plain: string = './command.mjs'

async function launch(): Promise<void> {
  const { start } = keptProgram() ?? ((await import(plain)) as Program)
  process.exitCode = await start(require)
}

void launch()
