import { createHash } from 'node:crypto'
import { Script } from 'node:vm'
import { type Link, linked, type Modules } from '../../src/cli/launch/linked.ts'

const name = '[\\w$]+'
const importStatement = new RegExp(
  `\\bimport(?:\\s?(?<whole>${name}|\\*as ${name}))?,?(?:\\{(?<names>[^{}]*)\\})?\\s?from"(?<from>node:[\\w/]+|\\./\\w+\\.mjs)";`,
  'g',
)
const exportStatement = /export\{(?<names>[^{}]*)\};?\s*$/

/**
 * Says how the modules of the command become one script: imports become constants, exports are returned. V8 keeps the compiled code
 * of scripts alone. `imports` is how many imports a module has, so that nothing that looks like one is taken for one.
 */
export function linkOf(modules: Modules, imports: Readonly<Record<keyof Modules, number>>): Link {
  const core = partsOf('core', modules.core, imports.core)
  const command = partsOf('command', modules.command, imports.command)
  const parts = [
    '(function(require,linkedTables){"use strict";const core=(function(){',
    ...core.parts,
    `;return{${core.exports.join(',')}}})();`,
    ...command.parts,
    `;return{${command.exports.join(',')}}})`,
  ]
  const text = linked(parts, modules)
  // An import or export that is left is not of a script.
  new Script(text)
  return { parts, digest: createHash('sha256').update(text).digest('hex').slice(0, 32) }
}

interface Parts {
  readonly parts: Link['parts']
  readonly exports: readonly string[]
}

function partsOf(module: keyof Modules, text: string, imports: number): Parts {
  const parts: Link['parts'][number][] = []
  const found = [...text.matchAll(importStatement)]
  if (found.length !== imports)
    throw new Error(`${module}.mjs has ${imports} imports, and ${found.length} look like one`)
  let from = 0
  for (const { 0: statement, index, groups } of found) {
    parts.push([module, from, index], constantsOf(groups!))
    from = index + statement.length
  }
  const last = exportStatement.exec(text)
  if (last === null) throw new Error(`${module}.mjs does not end with what it exports`)
  parts.push([module, from, last.index])
  return { parts, exports: last.groups!['names']!.split(',').map(exported) }
}

/** `a as b`, as an object has it that is returned. */
function exported(each: string): string {
  const [own, other = own] = each.split(' as ')
  return `${other}:${own}`
}

/** What takes the place of an import. */
function constantsOf(statement: Readonly<Record<string, string | undefined>>): string {
  const { whole, names = '', from = '' } = statement
  const value = from === './core.mjs' ? 'core' : `require("${from}")`
  const constants = names.split(',').flatMap(each => (each === '' ? [] : [constant(each, from, value)]))
  if (whole?.startsWith('*as ')) constants.push(`const ${whole.slice(4)}={...${value},default:${value}};`)
  else if (whole !== undefined) constants.push(`const ${whole}=${value};`)
  return constants.join('')
}

function constant(each: string, from: string, value: string): string {
  const [other, own = other] = each.split(' as ')
  if (from === './tables.mjs') return `const ${own}=linkedTables;`
  return other === 'default' ? `const ${own}=${value};` : `const{${other}:${own}}=${value};`
}
