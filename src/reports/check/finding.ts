import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Severity } from '../../diagnostic/entry.ts'
import { type Grant, uniqueGrants } from '../../kubernetes/grant.ts'
import type { Span } from '../../source.ts'
import { compareText } from '../../text/compare-text.ts'
import { words } from '../../text/words.ts'

/** One thing that a check has to say. */
export interface Finding {
  readonly diagnostic: Diagnostic
  /** What it is about, without a place: grant lines, privileges, an object. */
  readonly subject: string
  /** What it is about in stable words, one text for each grant or privilege: a baseline accepts them one by one. Absent: the subject. */
  readonly keys?: readonly string[]
  /** The same finding about some of its keys alone; null where none of them is its own. Absent: it is about one thing. */
  readonly only?: (keys: ReadonlySet<string>) => Finding | null
  /** Whether the values that generate prints for the same input resolve it. */
  readonly byValues?: boolean
}

/** A finding about several things, each of which may be accepted by itself. */
export function findingOf<T>(
  parts: readonly [T, ...T[]],
  keyOf: (part: T) => string,
  tell: (parts: readonly [T, ...T[]]) => Omit<Finding, 'keys' | 'only'>,
): Finding {
  return {
    ...tell(parts),
    keys: [...new Set(parts.map(keyOf))],
    only: keys => {
      const [first, ...more] = parts.filter(part => keys.has(keyOf(part)))
      return first === undefined ? null : findingOf([first, ...more], keyOf, tell)
    },
  }
}

/** A grant that a rule gives, and which rule of which role that is. */
export interface HeldGrant {
  readonly grant: Grant
  /** `ClusterRole/alloy`. */
  readonly role: string
  readonly index: number
  readonly span: Span
}

/** How many grants several rules give: what two of them give is one. */
export const grantCount = (held: readonly HeldGrant[]): number => uniqueGrants(held.map(({ grant }) => grant)).length

const ranks: Readonly<Record<Severity, number>> = { error: 2, warning: 1, note: 0 }

/** Says whether a severity is at least as severe as another. */
export const reaches = (severity: Severity, limit: Severity): boolean => ranks[severity] >= ranks[limit]

/** What a finding is about, in stable words. */
export const keysOf = ({ keys, subject }: Finding): readonly string[] => keys ?? [subject]

/** A finding of a diagnostic that another stage made: its message is what it is about, in words that may change. */
export const asFinding = (diagnostic: Diagnostic): Finding => ({
  diagnostic,
  subject: diagnostic.message,
  keys: [argumentsOf(diagnostic)],
})

/** What a message is made from, in the order of the names. */
function argumentsOf({ args }: Diagnostic): string {
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return Object.entries(args)
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, value]) => words(`${name}=${textOf(value)}`))
    .join(' ')
}
