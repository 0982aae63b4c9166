import { type Diagnostic, hasError, inOrder, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import { selectWorkload } from '../input/select-workload.ts'
import type { Place } from './disk.ts'
import type { SessionOptions } from './options.ts'
import { analyzeOne, type Session } from './session.ts'

/** All that an input leads to: a session for each configuration, or none beside errors. */
export interface OpenedAll {
  readonly sessions: readonly Session[] | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Analyzes every configuration of an input, or the one that the options name. */
export function openAll(read: Outcome<readonly Configuration[]>, options: SessionOptions, place: Place): OpenedAll {
  const { workload } = options
  const chosen = workload === undefined ? null : selectWorkload(read.value, workload)
  const named = chosen?.value ? [chosen.value] : []
  const opened = (chosen === null ? read.value : named).map(each => analyzeOne(each, options, place))
  const before = [...read.diagnostics, ...(hasError(read.diagnostics) ? [] : (chosen?.diagnostics ?? []))]
  const diagnostics = inOrder([...before, ...agreed(opened.map(each => each.diagnostics))])
  const sessions = opened.flatMap(({ session }) => session ?? [])
  return { sessions: hasError(diagnostics) || sessions.length === 0 ? null : sessions, diagnostics }
}

/** What the configurations of one run have to say. An option is of no use only where it is of none to any of them. */
function agreed(all: readonly (readonly Diagnostic[])[]): readonly Diagnostic[] {
  const unused = (of: readonly Diagnostic[]) => of.filter(({ name }) => name === 'unused-option')
  const [first = [], ...others] = all.map(unused)
  const isUnused = ({ args }: Diagnostic): boolean =>
    others.every(each =>
      each.some(other => other.args['option'] === args['option'] && other.args['name'] === args['name']),
    )
  return [...all.flatMap(each => each.filter(({ name }) => name !== 'unused-option')), ...first.filter(isUnused)]
}
