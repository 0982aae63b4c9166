import type { Span } from '../../source.ts'
import { type Fault, fault, type Result } from '../fault.ts'
import type { Scope } from '../scope.ts'
import type { TargetType } from '../value/convert.ts'
import { possibleStrings } from '../value/known.ts'
import { type StringPattern, text } from '../value/string-pattern.ts'
import { derived, perCombination } from '../value/unknown.ts'
import type { Pattern, Type, Unknown, Value } from '../value/value.ts'

/** A call under way. */
export interface Call {
  /** The function as it is called. */
  readonly name: string
  /** The whole call. */
  readonly span: Span
  readonly scope: Scope
}

/** A function of Alloy's standard library. */
export interface StandardFunction {
  /** What the parameters ask for; an argument is converted as an attribute would be. */
  readonly parameters: readonly TargetType[]
  /** What any further arguments are converted to; absent: there are none. */
  readonly rest?: TargetType
  /** Counts and checks its arguments itself and takes them as they are. */
  readonly raw?: true
  /** Looks itself at what an unknown argument may be, instead of being called once with each candidate. */
  readonly whole?: true
  /** Asks for `--stability.level=experimental`. */
  readonly experimental?: true
  readonly apply: (args: readonly Value[], call: Call) => Result
}

/** A value where a string is wanted, after conversion. */
export type Textual = StringPattern | Pattern | Unknown

/** Makes a fault of a call whose arguments have the right types and cannot be used. Words must not hold what the argument says. */
export const refused = ({ name }: Call, problem: string, at: number | null = null): Fault =>
  fault('unusable-argument', { name, problem }, at)

const string: TargetType = { kind: 'string' }

/** A function of strings that is computed once all are known; before, its result is unknown, of the given type. */
export function ofStrings<const Names extends readonly string[]>(
  parameters: Names,
  type: Type,
  compute: (texts: { readonly [index in keyof Names]: StringPattern }, call: Call) => Result,
  partial?: (args: { readonly [index in keyof Names]: Textual }, call: Call) => Value | null,
): StandardFunction {
  return {
    parameters: parameters.map(() => string),
    apply: (args, call) => {
      // The parameters are strings: what arrives is text, a pattern or an unknown.
      const textual = args as { readonly [index in keyof Names]: Textual }
      if (args.every(({ kind }) => kind === 'string')) return compute(args as never, call)
      return partial?.(textual, call) ?? possible(args, type, call, compute as never)
    },
  }
}

/** The results for every string that the arguments may be, where these are few. */
function possible(
  args: readonly Value[],
  type: Type,
  call: Call,
  compute: (texts: readonly StringPattern[], call: Call) => Result,
): Value {
  const result = derived(args, type, call.span)
  const options: (readonly StringPattern[])[] = []
  for (const arg of args) {
    const texts = arg.kind === 'string' ? [arg] : possibleStrings(arg)?.map(text)
    if (!texts) return result
    options.push(texts)
  }
  const found = perCombination(
    options,
    () => result,
    texts => compute(texts as readonly StringPattern[], call),
  )
  return found.kind === 'fault' ? result : found
}
