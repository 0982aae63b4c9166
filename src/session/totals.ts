import type { TotalsJson } from '../render/documents/generate.ts'
import type { Table } from '../render/table.ts'
import { holdsOf } from '../reports/check/holds.ts'
import { privilegesOf } from '../reports/check/pod/privileges-held.ts'
import type { MadeDocument } from './generate.ts'
import type { DocumentOptions } from './options.ts'
import type { Session } from './session.ts'

/** A number as the input has it, and as the answer makes it. */
export interface Counted {
  readonly before: number
  readonly after: number
}

/** What one configuration has, and what it keeps. */
export interface Total {
  readonly name: string
  /** Null where the document leaves it alone. */
  readonly grants: Counted | null
  readonly privileges: Counted | null
}

/** Counts what a session's configuration has now, and with the document that was made for it. */
export function totalOf(session: Session, { plan, values }: MadeDocument, options: DocumentOptions): Total {
  const { configuration, release, target } = session
  const holds = holdsOf(configuration, release, target.kubernetes)
  const pod = values?.pod ?? null
  return {
    name: configuration.name,
    grants:
      options.only === 'pod'
        ? null
        : { before: holds.granted, after: plan.grants.length + (values?.beyond.length ?? 0) },
    privileges:
      pod === null ? null : { before: holds.privileges.length, after: privilegesOf(pod, target.kubernetes).length },
  }
}

/** The sum of all, as JSON documents have it. */
export function totalsJson(totals: readonly Total[]): TotalsJson {
  return {
    configurations: totals.length,
    grants: sumOf(totals, 'grants'),
    privileges: sumOf(totals, 'privileges'),
    each: totals,
  }
}

/** A row for each configuration, and one for all of them. */
export function totalsTable(totals: readonly Total[]): Table {
  const columns = (['grants', 'privileges'] as const).filter(key => totals.some(each => each[key] !== null))
  const shown = (counted: Counted | null): string => (counted === null ? '' : `${counted.before} -> ${counted.after}`)
  const row = (name: string, of: Pick<Total, 'grants' | 'privileges'>) => [name, ...columns.map(key => shown(of[key]))]
  const all = { grants: sumOf(totals, 'grants'), privileges: sumOf(totals, 'privileges') }
  return {
    titles: ['configuration', ...columns],
    rows: [
      ...totals.map(each => row(each.name || 'the configuration', each)),
      ...(totals.length > 1 ? [row(`all ${totals.length}`, all)] : []),
    ],
  }
}

function sumOf(totals: readonly Total[], key: 'grants' | 'privileges'): Counted | null {
  const counted = totals.flatMap(each => each[key] ?? [])
  if (counted.length === 0) return null
  const sum = (side: keyof Counted): number => counted.reduce((total, each) => total + each[side], 0)
  return { before: sum('before'), after: sum('after') }
}
