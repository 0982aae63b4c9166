import { type BaseParser, type ILookaheadStrategy, LLkLookaheadStrategy } from 'chevrotain'

/** Chevrotain's own lookahead, worked out for a production when a text first gets there: most texts get to few of them. */
export function lazyLookahead(): ILookaheadStrategy {
  const strategy = new LLkLookaheadStrategy({ maxLookahead: 1 })
  return {
    validate: options => strategy.validate(options),
    buildLookaheadForAlternation: options => {
      let ahead: ReturnType<typeof strategy.buildLookaheadForAlternation> | null = null
      return function (this: BaseParser, alternatives) {
        ahead ??= strategy.buildLookaheadForAlternation(options)
        return ahead.call(this, alternatives)
      }
    },
    buildLookaheadForOptional: options => {
      let ahead: ReturnType<typeof strategy.buildLookaheadForOptional> | null = null
      return function (this: BaseParser) {
        ahead ??= strategy.buildLookaheadForOptional(options)
        return ahead.call(this)
      }
    },
  }
}
