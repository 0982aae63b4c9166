import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
import type { Doubt } from '../diagnostic/doubts-in-words.ts'
import { settledBy } from '../evaluate/given.ts'
import { unknownsOf } from '../evaluate/value/contents.ts'
import type { ObjectValue, Truth, Unknown } from '../evaluate/value/value.ts'
import type { RemotePipeline } from '../input/remote/pipeline.ts'
import { fits, literal, type Text, textsOf } from '../relabel/label-text.ts'
import { match } from '../relabel/match.ts'
import { compile } from '../relabel/regexp.ts'
import { type Matcher, parseMatchers } from './matcher.ts'

/** Whether a collector gets a pipeline, and what would settle it where that is not known. */
export interface Matched {
  /** Null: it may. */
  readonly truth: Truth
  /** Why it is not known. */
  readonly doubts: readonly Doubt[]
}

const never: Matched = { truth: false, doubts: [] }
const perhaps = (...doubts: readonly Doubt[]): Matched => ({ truth: null, doubts })

/** Says whether a collector with these attributes gets a pipeline: where it is enabled, and all its matchers hold. */
export function matches(pipeline: RemotePipeline, attributes: ObjectValue): Outcome<Matched> {
  const { enabled, matchers, span } = pipeline
  if (enabled === false) return { value: never, diagnostics: [] }
  const read = (matchers ?? []).map(({ text, span: at }) => {
    const found = parseMatchers(text)
    const isRead = found?.every(isValid) === true
    return isRead
      ? { found, problem: null }
      : { found: [], problem: diagnostic('remote-matcher', at, { matcher: text }) }
  })
  const diagnostics: readonly Diagnostic[] = read.flatMap(({ problem }) => problem ?? [])
  const origin: Unknown = { kind: 'unknown', because: 'environment', origin: span, name: null, type: 'string' }
  const judged = read.flatMap(({ found }) => found).map(each => holds(each, attributes, origin))
  return { value: diagnostics.length > 0 ? never : together(pipeline, judged), diagnostics }
}

function together({ enabled, matchers }: RemotePipeline, judged: readonly Matched[]): Matched {
  const open = judged.filter(({ truth }) => truth === null)
  if (judged.some(({ truth }) => truth === false)) return never
  if (matchers === null) return perhaps({ kind: 'matchers unknown' })
  if (matchers.length === 0) return perhaps({ kind: 'no matchers' })
  if (enabled === null) return perhaps({ kind: 'enabled unknown' })
  if (open.length === 0) return { truth: true, doubts: [] }
  return { truth: null, doubts: open.flatMap(({ doubts }) => doubts) }
}

const isValid = ({ operator, value }: Matcher): boolean => !operator.endsWith('~') || compile(value) !== null

/** Whether a matcher holds. An attribute that a collector does not have is the empty text. */
function holds({ attribute, operator, value }: Matcher, attributes: ObjectValue, origin: Unknown): Matched {
  const held = attributes.entries.get(attribute)
  const texts = held === undefined ? [[origin]] : textsOf(held)
  const truth = all(
    texts.map(text => (operator.endsWith('~') ? match(value, text, origin).truth : equals(value, text))),
  )
  const said = operator.startsWith('!') && truth !== null ? !truth : truth
  if (said !== null) return { truth: said, doubts: [] }
  return perhaps({ kind: 'attribute', attribute, settled: held === undefined ? null : settledBy(unknownsOf(held)) })
}

/** What holds for all of several possible texts. */
function all(truths: readonly Truth[]): Truth {
  if (truths.every(each => each === true)) return true
  return truths.every(each => each === false) ? false : null
}

function equals(value: string, text: Text): Truth {
  const known = literal(text)
  if (known !== null) return known === value
  return fits(text, value) ? null : false
}
