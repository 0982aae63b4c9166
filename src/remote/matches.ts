import { type Diagnostic, diagnostic, type Outcome } from '../diagnostic/diagnostic.ts'
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
  /** Why it is not known, in a sentence that goes on after `because`. */
  readonly why: string
  readonly help: string
}

const never: Matched = { truth: false, why: '', help: '' }
const perhaps = (why: string, help: string): Matched => ({ truth: null, why, help })

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
  if (matchers === null) return perhaps('its matchers are not known', describe)
  if (matchers.length === 0) return perhaps('it has no matchers', describe)
  if (enabled === null) return perhaps('it may not be enabled', 'pass a plan or state that says whether it is')
  if (open.length === 0) return { truth: true, why: '', help: '' }
  const [why, help] = [open.map(each => each.why), open.map(each => each.help)]
  return perhaps([...new Set(why)].join(' and '), `pass ${[...new Set(help)].join(' and ')}`)
}

const describe = 'name its matchers in a file beside it, or in an index'

const isValid = ({ operator, value }: Matcher): boolean => !operator.endsWith('~') || compile(value) !== null

/** Whether a matcher holds. An attribute that a collector does not have is the empty text. */
function holds({ attribute, operator, value }: Matcher, attributes: ObjectValue, origin: Unknown): Matched {
  const held = attributes.entries.get(attribute)
  const texts = held === undefined ? [[origin]] : textsOf(held)
  const truth = all(
    texts.map(text => (operator.endsWith('~') ? match(value, text, origin).truth : equals(value, text))),
  )
  const said = operator.startsWith('!') && truth !== null ? !truth : truth
  if (said !== null) return { truth: said, why: '', help: '' }
  if (held === undefined)
    return perhaps(
      `the attribute ${attribute} is not known`,
      `--attribute ${attribute}=VALUE, or --attribute ${attribute}= if the collector does not have it`,
    )
  const settled = settledBy(unknownsOf(held))
  return perhaps(
    `the attribute ${attribute} is known only at run time`,
    `--attribute ${attribute}=VALUE${settled === '' ? '' : ` or ${settled}`}`,
  )
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
