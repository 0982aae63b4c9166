// node dist/bin/keep.js: keeps the code that V8 compiles of the command, for the Node that runs this: ../code/…. A start that finds it
// compiles nothing. The command itself writes nothing.
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { filed, nameOf } from './kept-code.ts'
import type { Link } from './linked.ts'
import { compile, evaluate, modulesIn, scriptOf } from './script.ts'
import type { Trial } from './trial.ts'

/** Written into the bundle. */
declare const link: Link
declare const trials: readonly Trial[]

const folder = `${__dirname}/`

async function keep(): Promise<void> {
  const modules = modulesIn(folder)
  const text = scriptOf(modules, link)
  // V8 lets go of the code of functions that have not run for a while. Code that is kept is bound to the flags at its end.
  setFlagsFromString('--no-flush-bytecode')
  const script = compile(text, folder, null)
  const { start, system } = evaluate(script, folder, require)

  // V8 compiles a function when it is first called: what is kept is what was called until then.
  for (const { argv, stdin, code } of trials) {
    const outside = { ...system(), stdin: () => [Buffer.from(stdin)], stdout: () => undefined, stderr: () => undefined }
    const ended = await start(require, argv, outside)
    if (ended !== code) throw new Error(`alloy-rbac ${argv.join(' ')} ended with ${ended}, not ${code}`)
  }
  setFlagsFromString('--flush-bytecode')
  const kept = script.createCachedData()
  if (compile(text, folder, kept).cachedDataRejected) throw new Error('V8 does not take the code that it has made')
  write(`${folder}../code`, nameOf(link.digest), filed(kept, [modules.core, modules.command]))
}

/** Puts a complete file into a folder, for others to read and not to write, whatever the umask says. */
function write(place: string, name: string, bytes: Uint8Array): void {
  mkdirSync(place, { recursive: true })
  chmodSync(place, 0o755)
  const beside = `${place}/.${name}-${process.pid}`
  try {
    writeFileSync(beside, bytes, { flag: 'wx' })
    chmodSync(beside, 0o644)
    renameSync(beside, `${place}/${name}`)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

void keep()
