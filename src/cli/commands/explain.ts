import { diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Settler } from '../../diagnostic/settlers-in-words.ts'
import { nearest } from '../../diagnostic/suggest.ts'
import { isClosed } from '../../plan/plan.ts'
import type { ExplainJson } from '../../render/documents/explain.ts'
import { explanationText } from '../../render/explain.ts'
import { explanationJson, printJson } from '../../render/json.ts'
import { neededJson, neededText } from '../../render/needed.ts'
import { shownUse } from '../../render/trace.ts'
import { traceText } from '../../render/trace-text.ts'
import { settling } from '../../reports/check/settle.ts'
import { type Explanation, explain as explanation } from '../../reports/explain/explain.ts'
import { grantedFor } from '../../reports/explain/granted-for.ts'
import { neededFor } from '../../reports/explain/needed.ts'
import { traceUse } from '../../reports/explain/trace.ts'
import type { Use } from '../../resolve/use.ts'
import { type OneOfAll, type OpenedAll, openAll } from '../../session/open-all.ts'
import { type Opened, open } from '../../session/session.ts'
import { inert } from '../../text/inert.ts'
import { exit } from '../exit.ts'
import { placeOf, readInputs } from '../inputs.ts'
import type { Io } from '../io.ts'
import type { ExplainOptions } from '../options.ts'
import { forbids, printFrames, refuse, writeDiagnostics, writeDocument } from '../report.ts'

/**
 * `alloy-rbac explain`: what is known of a component, a grant, a privilege, a rule or a code; with inputs behind a grant, a privilege or
 * a rule, which instances need it there; behind the name of a component, what becomes of its targets and requests. `explain secrets get` asks for a grant, as `explain 'secrets get'` does.
 */
export function explain(words: readonly string[], options: ExplainOptions, io: Io): number {
  const { thing, found, inputs } = asked(words)
  if (found.kind === 'unknown' && inputs.length === 0) {
    io.stderr(explanationText(found))
    return exit.usage
  }
  if (found.kind === 'code' || inputs.length === 0) {
    writeDocument(options.format === 'json' ? explanationJson(found) : explanationText(found), options, io)
    return exit.done
  }
  const read = readInputs(inputs, options, io)
  // One configuration, or none, is said so in the words of the other commands.
  const isOne = options.workload !== undefined || read.value.length < 2
  const { sessions, diagnostics } = isOne
    ? alone(open(read, options, placeOf(io)))
    : openAll(read, options, placeOf(io))
  if (sessions === null || forbids(diagnostics, options)) return refuse(diagnostics, options, io)
  writeDiagnostics(diagnostics, options, io)
  // Notes are for those who read a plan.
  printFrames(diagnostics, { ...options, quiet: true }, io)
  const [first] = sessions
  const needed = first === undefined || found.kind === 'component' ? null : neededFor(thing, first.plan, first.said)
  if (first !== undefined && needed !== null) {
    // Of several, one has to be named.
    if (!isOne) return refuse(open(read, options, placeOf(io)).diagnostics, options, io)
    const print = options.format === 'json' ? neededJson : neededText
    const { configuration, release, target, plan } = first
    const granted = grantedFor(thing, configuration, { release, kubernetes: target.kubernetes })
    writeDocument(print(thing, { needs: needed, complete: isClosed(plan), granted }), options, io)
    return exit.done
  }
  const using = sessions
    .map(session => ({ session, uses: named(thing, session.uses) }))
    .filter(({ uses }) => uses.length > 0)
  if (using.length === 0) {
    const close = nearest(
      thing,
      sessions.flatMap(({ uses }) => uses.map(({ id }) => id)),
    )
    printFrames([diagnostic('no-such-use', null, { thing, close })], options, io)
    return exit.usage
  }
  const traced = using.map(({ session, uses }) => ({
    name: session.configuration.name,
    shown: uses.map(use => ({
      use: shownUse(traceUse(use, session.uses, session.derivation), session.requirements, session.hidden),
      settlers: settlersOf(use, session),
    })),
  }))
  const text =
    options.format === 'json'
      ? printJson({
          version: 1,
          kind: 'uses',
          uses: traced.flatMap(({ name, shown }) =>
            shown.map(({ use }) => (isOne ? use : { configuration: name, ...use })),
          ),
        } satisfies ExplainJson)
      : traced.map(({ name, shown }) => `${isOne ? '' : `${inert(name)}\n\n`}${traceText(shown)}`).join('\n')
  writeDocument(text, options, io)
  return exit.done
}

/**
 * What is asked about, and the inputs behind it: as many words as make sense together, for `secrets get` may be two. What makes no
 * sense may be an instance of the configuration.
 */
function asked(words: readonly string[]): { thing: string; found: Explanation; inputs: readonly string[] } {
  if (words.length === 0) return { thing: '', found: explanation(null), inputs: [] }
  for (let count = words.length; count > 0; count--) {
    const thing = words.slice(0, count).join(' ')
    const found = explanation(thing)
    if (found.kind !== 'unknown') return { thing, found, inputs: words.slice(count) }
  }
  const [thing = '', ...inputs] = words
  return { thing, found: explanation(inputs.length === 0 ? thing : words.join(' ')), inputs }
}

/** One session as all that there are. */
const alone = ({ session, diagnostics }: Opened): Pick<OpenedAll, 'sessions' | 'diagnostics'> => ({
  sessions: session && [{ ...session, said: diagnostics }],
  diagnostics,
})

/** What would tell whether what is assumed of a use is needed; null where nothing is. */
function settlersOf({ id }: Use, { requirements, plan, said }: OneOfAll): readonly Settler[] | null {
  const assumed = requirements
    .map(({ reason }) => reason)
    .filter(({ component, certainty }) => component === id && certainty === 'assumed')
  return assumed.length === 0 ? null : settling(assumed, { said, planned: plan.grants }).settlers
}

/** The uses of an id, with its modules or without; else all of a component. */
function named(thing: string, uses: readonly Use[]): readonly Use[] {
  const whole = uses.filter(({ id }) => id === thing)
  if (whole.length > 0) return whole
  const last = uses.filter(({ id }) => id.endsWith(`/${thing}`))
  return last.length > 0 ? last : uses.filter(({ component }) => component === thing)
}
