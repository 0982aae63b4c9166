import { about, type Diagnostic, hasError, inOrder, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import { selectWorkload } from '../input/select-workload.ts'
import type { Place } from './disk.ts'
import type { SessionOptions } from './options.ts'
import { analyzeOne, type Session } from './session.ts'

/** A session of several, with what is to be said of its configuration alone. */
export interface OneOfAll extends Session {
  readonly said: readonly Diagnostic[]
}

/** All that an input leads to: a session for each configuration, or none beside errors. */
export interface OpenedAll {
  readonly sessions: readonly OneOfAll[] | null
  /** What is to be said of the run, and of no one configuration. */
  readonly common: readonly Diagnostic[]
  /** All that is to be said. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Analyzes every configuration of an input, or the one that the options name. */
export function openAll(read: Outcome<readonly Configuration[]>, options: SessionOptions, place: Place): OpenedAll {
  const { workload } = options
  const chosen = workload === undefined ? null : selectWorkload(read.value, workload)
  const named = chosen?.value ? [chosen.value] : []
  const opened = (chosen === null ? read.value : named).map(configuration => ({
    configuration,
    ...analyzeOne(configuration, options, place),
  }))
  const before = [...read.diagnostics, ...(hasError(read.diagnostics) ? [] : (chosen?.diagnostics ?? []))]
  const { common, each } = apart(
    opened.map(({ diagnostics, configuration: { name } }) =>
      opened.length === 1 ? diagnostics : about(name, diagnostics),
    ),
  )
  const shared = inOrder([...before, ...common])
  const diagnostics = inOrder([...shared, ...each.flat()])
  const sessions = opened.flatMap(({ session }, at) => (session === null ? [] : { ...session, said: each[at] ?? [] }))
  return {
    sessions: hasError(diagnostics) || sessions.length === 0 ? null : sessions,
    common: shared,
    diagnostics,
  }
}

/**
 * What the configurations of one run have to say, apart from what is to be said once. An option is of no use only where it is of none
 * to any of them.
 */
export function apart(all: readonly (readonly Diagnostic[])[]): {
  readonly common: readonly Diagnostic[]
  readonly each: readonly (readonly Diagnostic[])[]
} {
  const isUnused = ({ name }: Diagnostic): boolean => name === 'unused-option'
  const [first = [], ...others] = all.map(each => each.filter(isUnused))
  const common = first.filter(({ args }) =>
    others.every(each =>
      each.some(other => other.args['option'] === args['option'] && other.args['name'] === args['name']),
    ),
  )
  return { common, each: all.map(each => each.filter(one => !isUnused(one))) }
}
