#!/usr/bin/env node
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { codeIn, nameOf, readTrusted } from './kept-code.ts'
import type { Link } from './linked.ts'
import type { Program } from './program.ts'
import { compile, evaluate, scriptIn } from './script.ts'

/** Written into the bundle. */
declare const link: Link

const folder = fileURLToPath(new URL('./', import.meta.url))
const require = createRequire(import.meta.url)

/** The program with the code that V8 kept of it; null where there is none that fits. */
function keptProgram(): Program | null {
  const file = readTrusted(`${folder}../code`, nameOf(link.digest))
  if (file === null) return null
  const text = scriptIn(folder, link)
  const code = codeIn(file, text)
  if (code === null) return null
  // Code that V8 refuses, as under other flags, costs no more than the modules would: it has compiled the same text then.
  return evaluate(compile(text, folder, code), folder, require)
}

// Without it, the modules that the script is made of are imported. They are bundled beside this one.
const modules: string = './command.js'
const { start } = keptProgram() ?? ((await import(modules)) as Program)
process.exitCode = await start(require)
