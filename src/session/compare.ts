import { program } from '#rulemap/program'
import { type Diagnostic, hasError, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import { selectWorkload } from '../input/select-workload.ts'
import { compareGithub } from '../render/compare/github.ts'
import { compareJson } from '../render/compare/json.ts'
import { compareMarkdown } from '../render/compare/markdown.ts'
import { compareSarif } from '../render/compare/sarif.ts'
import { compareText } from '../render/compare/text.ts'
import { report } from '../render/html/report.ts'
import { printJson } from '../render/json.ts'
import { type Collector, compareSides, type Side } from '../reports/compare/compare.ts'
import type { Comparison } from '../reports/compare/comparison.ts'
import type { Place } from './disk.ts'
import { targetJson, widened, yaml } from './generate.ts'
import type { SessionOptions, WideningOptions } from './options.ts'
import { analyzeOne } from './session.ts'

/** One state of an input. */
export interface ReadSide {
  /** As the user gave it. */
  readonly path: string
  readonly read: Outcome<readonly Configuration[]>
}

/** What both states are analyzed for. */
export interface ComparedOptions extends SessionOptions, WideningOptions {
  /** Whether a warning forbids a plan. */
  readonly strict?: boolean
}

/** Analyzes two states of an input and compares what they ask for and grant. */
export function compareInputs(old: ReadSide, now: ReadSide, options: ComparedOptions, place: Place): Comparison {
  const [before, after] = withWorkload([old, now], options)
  return compareSides(program, sideOf(before, options, place), sideOf(after, options, place))
}

/** The workload that is named may be on one side alone; on neither is an error. */
function withWorkload(
  sides: readonly [ReadSide, ReadSide],
  { workload }: SessionOptions,
): readonly [ReadSide, ReadSide] {
  if (workload === undefined) return sides
  const [old, now] = sides
  const chosen = { old: selectWorkload(old.read.value, workload), new: selectWorkload(now.read.value, workload) }
  const isAnywhere = chosen.old.value !== null || chosen.new.value !== null
  const narrowed = (side: ReadSide, { value, diagnostics }: typeof chosen.old): ReadSide => ({
    ...side,
    read: {
      value: value === null ? [] : [value],
      diagnostics: [...side.read.diagnostics, ...(isAnywhere ? [] : diagnostics)],
    },
  })
  return [narrowed(old, chosen.old), narrowed(now, chosen.new)]
}

function sideOf({ path, read }: ReadSide, options: ComparedOptions, place: Place): Side {
  const opened = read.value.map(configuration => ({ configuration, ...analyzeOne(configuration, options, place) }))
  const [first] = opened.flatMap(({ releases }) => releases ?? [])
  return {
    path,
    target: first === undefined ? null : targetJson(first),
    diagnostics: read.diagnostics,
    collectors: opened.map(({ configuration, session, diagnostics }): Collector => {
      if (session === null || isForbidden(diagnostics, options)) return { configuration, examined: null, diagnostics }
      const { plan, diagnostics: widening } = widened(session, options)
      const { release, target } = session
      const said = [...diagnostics, ...widening]
      const examined = hasError(said) ? null : { configuration, plan, release, kubernetes: target.kubernetes }
      return { configuration, examined, diagnostics: said }
    }),
  }
}

const isForbidden = (diagnostics: readonly Diagnostic[], { strict }: ComparedOptions): boolean =>
  hasError(diagnostics) || (strict === true && diagnostics.some(({ severity }) => severity === 'warning'))

/** How a comparison is shown. */
export interface CompareFormat {
  readonly format: 'text' | 'json' | 'sarif' | 'github' | 'markdown' | 'html'
  readonly color: boolean
}

/** A comparison in the format asked for. */
export function compareDocument(comparison: Comparison, { format, color }: CompareFormat): string {
  switch (format) {
    case 'json':
      return printJson(compareJson(comparison))
    case 'html':
      return report({ command: 'compare', document: compareJson(comparison), yaml })
    case 'sarif':
      return compareSarif(comparison)
    case 'github':
      return compareGithub(comparison)
    case 'markdown':
      return compareMarkdown(comparison)
    default:
      return compareText(comparison, { color })
  }
}
