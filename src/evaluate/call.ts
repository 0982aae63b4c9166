import { diagnostic } from '../diagnostic/diagnostic.ts'
import { type Fault, fault, type Result } from './fault.ts'
import type { Call, StandardFunction } from './stdlib/function.ts'
import { library } from './stdlib/stdlib.ts'
import { alternatives } from './value/contents.ts'
import { convert, type TargetType } from './value/convert.ts'
import { derived, perCombination } from './value/unknown.ts'
import type { Value } from './value/value.ts'

/** Calls a function of the standard library: counts and converts the arguments as Alloy does, then applies it. */
export function callFunction(call: Call, args: readonly Value[]): Result {
  const entry = library.get(call.name)
  if (!entry) throw new Error(`no function of the standard library is named ${call.name}`)
  const standard = entry.function
  if (standard.experimental && call.scope.stability !== null && call.scope.stability !== 'experimental')
    call.scope.report(diagnostic('experimental-function', call.span, { name: call.name }))
  return miscounted(standard, args, call) ?? perCandidate(standard, args, call)
}

function miscounted({ parameters, rest, raw }: StandardFunction, args: readonly Value[], { name }: Call): Fault | null {
  if (raw || args.length === parameters.length || (rest && args.length > parameters.length)) return null
  const expected = `${rest ? 'at least ' : ''}${parameters.length}`
  return fault('argument-count', { name, expected, actual: args.length })
}

/** Calls once with each combination of what the arguments may be; what Alloy would refuse is not a result. */
function perCandidate(standard: StandardFunction, args: readonly Value[], call: Call): Result {
  const options = args.map((arg, at) =>
    standard.whole || at >= standard.parameters.length ? [arg] : alternatives(arg),
  )
  return perCombination(
    options,
    () => derived(args, 'any', call.span),
    each => convertAndApply(standard, each, call),
  )
}

function convertAndApply(standard: StandardFunction, args: readonly Value[], call: Call): Result {
  if (standard.raw) return standard.apply(args, call)
  const converted: Value[] = []
  for (const [at, arg] of args.entries()) {
    const wanted: TargetType = standard.parameters[at] ?? standard.rest ?? { kind: 'any' }
    const result = convert(arg, wanted)
    if (result.kind === 'mismatch') {
      const place = result.path.map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
      return fault('unusable-argument', { name: call.name, problem: `argument ${at + 1}${place} ${result.text}` }, at)
    }
    converted.push(result)
  }
  return standard.apply(converted, call)
}
