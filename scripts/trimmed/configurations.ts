import { readdirSync, readFileSync, statSync } from 'node:fs'
import { readInput } from '../../src/input/input.ts'
import { type Grant, implies } from '../../src/kubernetes/grant.ts'
import { diskOf, folderOf } from '../../src/session/disk.ts'
import { open } from '../../src/session/session.ts'
import type { Trimming } from './audited.ts'

/** A configuration, and the grants that it needs. */
export interface Needing {
  readonly path: string
  readonly grants: readonly Grant[]
}

/** The configurations below a folder that have a plan. */
export function needing(folder: string): readonly Needing[] {
  return readdirSync(folder, { recursive: true })
    .map(name => `${folder}/${String(name)}`)
    .filter(path => path.endsWith('.alloy') && statSync(path).isFile())
    .sort()
    .flatMap(path => needsOf(path))
}

function needsOf(path: string): readonly Needing[] {
  const place = { cwd: '/', disk: diskOf({}) }
  const read = readInput([{ kind: 'file', path, content: readFileSync(path) }], folderOf(place), {})
  const nothing = new Map<string, string>()
  const options = { env: nothing, arg: nothing, substitute: nothing, module: nothing, onUnknown: 'warn' } as const
  const { session } = open(read, options, place)
  return session === null ? [] : [{ path, grants: session.plan.grants.map(({ grant }) => grant) }]
}

/** What a configuration has by default and not from the trimmed defaults. */
export function losses({ path, grants }: Needing, { before, after }: Trimming): readonly Needing[] {
  const has = (held: readonly Grant[], grant: Grant): boolean => held.some(each => implies(each, grant))
  const lost = grants.filter(grant => has(before, grant) && !has(after, grant))
  return lost.length === 0 ? [] : [{ path, grants: lost }]
}
