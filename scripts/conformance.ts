// npm run conformance -- DIR [--only name,…]: holds the vectors that the real implementations answered.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { check as evaluation } from './conformance/eval.ts'
import { check as parse } from './conformance/parse.ts'
import { podSecurityOf } from './conformance/pod-security.ts'
import { check as authorize } from './conformance/rbac-authorize.ts'
import { check as covers } from './conformance/rbac-covers.ts'
import { check as relabel } from './conformance/relabel.ts'
import { check as requestAttributes } from './conformance/request-attributes.ts'
import { check as tokens } from './conformance/tokens.ts'

/** What is wrong with a vector, or null. */
export type Check = (vector: never) => string | null

/** Every kind of vector with its check; null for a kind that no one checks yet. */
const checks: Readonly<Record<string, Check | null>> = {
  tokens,
  parse,
  'parse-upstream': parse,
  eval: evaluation,
  'rbac-authorize': authorize,
  'rbac-covers': covers,
  relabel,
  'pod-security': podSecurityOf('1.34'),
  'request-attributes': requestAttributes,
}

/** Runs the vectors of a folder; says whether all hold, and that there were any. */
export function conformance(
  folder: string,
  only: readonly string[] | null,
  print: (line: string) => void,
  table: Readonly<Record<string, Check | null>> = checks,
): boolean {
  const strange = (only ?? []).filter(name => !(name in table) && !existsSync(`${folder}/${name}.jsonl`))
  if (strange.length > 0) {
    print(`no such vectors: ${strange.join(', ')}; known are ${Object.keys(table).join(', ')}`)
    return false
  }
  const kinds = new Map(
    [...Object.entries(table), ...versioned(folder)].filter(([name]) => !only || only.includes(name)),
  )
  const present = [...kinds.keys()].filter(name => existsSync(`${folder}/${name}.jsonl`))
  // A folder of one kind, by release, holds none of the others.
  const asked = present.every(name => !(name in table)) && !only ? present : [...kinds.keys()]
  let ran = 0
  let good = true
  for (const name of asked) {
    const check = kinds.get(name) ?? null
    if (!present.includes(name)) {
      print(`${name}: missing`)
      good = false
    } else if (check === null) {
      print(`${name}: not implemented`)
      good = false
    } else {
      const lines = readFileSync(`${folder}/${name}.jsonl`, 'utf8').split('\n')
      const { held, total, failing } = hold(lines, check)
      for (const line of failing) print(`${name}:${line}`)
      print(`${name}: ${held} of ${total}`)
      ran += total
      good &&= total > 0 && held === total
    }
  }
  if (ran === 0) print(`no vectors in ${folder}`)
  return good && ran > 0
}

/** Vectors of one kind that were recorded from several minor releases of Kubernetes: `pod-security-1.35.jsonl`. */
function versioned(folder: string): readonly (readonly [name: string, check: Check])[] {
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.sort().flatMap(name => {
    const [, kind, kubernetes] = name.match(/^(pod-security-(\d+\.\d+)(?:-.*)?)\.jsonl$/) ?? []
    return kind === undefined || kubernetes === undefined ? [] : [[kind, podSecurityOf(kubernetes)] as const]
  })
}

function hold(lines: readonly string[], check: Check) {
  const failing: string[] = []
  let total = 0
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue
    total++
    const problem = attempt(line, check)
    if (problem !== null) failing.push(`${at + 1}: ${brief(problem)}`)
  }
  return { held: total - failing.length, total, failing }
}

/** A check that throws has failed, and the others still run. */
function attempt(line: string, check: Check): string | null {
  try {
    return check(JSON.parse(line) as never)
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`
  }
}

function brief(problem: string): string {
  const line = problem.replaceAll('\n', ' ')
  return line.length > 240 ? `${line.slice(0, 239)}…` : line
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } })
  const [folder] = positionals
  if (folder === undefined) {
    console.error('usage: npm run conformance -- DIR [--only name,…]')
    process.exitCode = 2
  } else {
    const good = conformance(folder, values.only?.split(',') ?? null, line => console.log(line))
    process.exitCode = good ? 0 : 1
  }
}
