import type { Source, Span } from '../../source.ts'

/** A pipeline that a server of configurations holds for collectors. */
export interface RemotePipeline {
  readonly name: string
  /** Its configuration; null where what was passed does not hold it. */
  readonly contents: Source | null
  /** The conditions on the attributes of a collector, all of which have to hold; null where they are not known. */
  readonly matchers: readonly MatcherText[] | null
  /** Whether it is served at all; null where that is not known. */
  readonly enabled: boolean | null
  /** Which collector it is for. */
  readonly type: 'alloy' | 'otel'
  /** The place that stands for it. */
  readonly span: Span
}

/** A condition as it is written. */
export interface MatcherText {
  readonly text: string
  readonly span: Span
}
