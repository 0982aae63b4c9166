import { Composer, CST, Lexer, type Document as Parsed, Parser } from 'yaml'
import { required } from '../../required.ts'
import { type Builder, buildPart, sizeLimit, tooMany } from './build-tree.ts'
import { scalarTags } from './scalars.ts'

/** How deep maps and lists may nest; the deepest custom resource definitions in use stay below 100. */
export const depthLimit = 200

/** How much of a document is kept as the parser made it. */
export interface Limits {
  /** How many pieces of text one document may have that no value is made of yet: names, values, marks, blanks. */
  readonly pieces: number
  /** After how many pieces values are made of the collections that have ended. */
  readonly settleAfter: number
}

/** Pieces take much more room than values. */
export const limits: Limits = { pieces: 1_500_000, settleAfter: 200_000 }

/** A limit that a document is beyond, and where. */
export interface Beyond {
  readonly limit: string
  readonly at: number
}

/** A document, and what makes its values, of which some may be made already. */
export interface Composed {
  readonly document: Parsed
  readonly builder: Builder
}

const options = { prettyErrors: false, uniqueKeys: false, schema: 'failsafe', customTags: scalarTags } as const

/**
 * The documents of a stream one by one, for what they are made from takes many times the room of their values. For the same reason
 * values are made of the parts of a long document as it is read. Where one nests beyond the limit, that is all: parser and composer
 * both call themselves for each level.
 */
export function* documentsOf(
  text: string,
  { pieces: mostPieces, settleAfter }: Limits,
  begin: () => Builder,
): Generator<Composed | Beyond> {
  const parser = new Parser()
  const composer = new Composer(options)
  /** Builders of the documents whose end was read. */
  const ended: Builder[] = []
  let [builder, pieces, next, values] = [begin(), 0, settleAfter, 0]
  /** Parts are made while nothing may refer from one to another, and no mistake was found. */
  let isPlain = true
  let isLong = false
  let before = ''
  const take = (part: Collection): boolean => {
    const [document] = composed(part)
    isPlain &&= document?.contents != null && document.errors.length === 0
    if (isPlain && document?.contents) values += buildPart(builder, document.contents)
    return isPlain
  }
  const finished = (document: Parsed): Composed => ({
    document,
    builder: required(ended.shift(), 'the builder of a document'),
  })
  function* compose(tokens: Iterable<CST.Token>): Generator<Composed> {
    for (const token of tokens) {
      if (token.type === 'document') {
        // The composer keeps a document until the next one has ended, and so would all that a long one was made from.
        if (isLong && isPlain && token.value) settleItem({ start: token.start, value: token.value }, take)
        isLong = false
        ended.push(builder)
        ;[builder, pieces, next, values] = [begin(), 0, settleAfter, 0]
      }
      isPlain = token.type === 'document' || (isPlain && token.type !== 'error' && token.type !== 'directive')
      for (const document of withoutStacks(() => [...composer.next(token)])) yield finished(document)
    }
  }
  for (const lexeme of new Lexer().lex(text)) {
    if (before !== CST.SCALAR && /^[&*%]/.test(lexeme)) isPlain = false
    before = lexeme
    yield* compose(parser.next(lexeme))
    const deep = parser.stack.length > depthLimit ? parser.stack.filter(isCollection)[depthLimit] : undefined
    if (deep) return yield { limit: `nested more than ${depthLimit} levels deep`, at: deep.offset }
    if (++pieces < next && pieces <= mostPieces) continue
    if (isPlain) pieces = settle(parser.stack, take)
    isLong = true
    next = Math.max(settleAfter, pieces * 2)
    if (values > sizeLimit) return yield { limit: tooMany, at: parser.offset }
    if (pieces > mostPieces) {
      const limit = `of more than ${mostPieces.toLocaleString('en')} pieces in one document`
      return yield { limit, at: parser.offset }
    }
  }
  yield* compose(parser.end())
  for (const document of withoutStacks(() => [...composer.end(false, text.length)])) yield finished(document)
}

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection

const isCollection = (token: CST.Token | null | undefined): token is Collection =>
  token?.type === 'block-map' || token?.type === 'block-seq' || token?.type === 'flow-collection'

/** A part of a document, composed as if it were one. */
function composed(value: Collection): readonly Parsed[] {
  const composer = new Composer(options)
  const token = { type: 'document', offset: value.offset, start: [], value } as const satisfies CST.Document
  return withoutStacks(() => [...composer.next(token), ...composer.end()])
}

/**
 * Runs what makes an error for each fault of a text, which may be hundreds of thousands: their places are all that is read of them, and
 * a stack for each would take most of the time and room.
 */
function withoutStacks<Made>(make: () => Made): Made {
  const engine = Error as { stackTraceLimit?: number | undefined }
  const before = engine.stackTraceLimit
  engine.stackTraceLimit = 0
  try {
    return make()
  } finally {
    engine.stackTraceLimit = before
  }
}

/**
 * Hands the collections that have ended over, among those that have not, and empties those that are taken. Says how many pieces are
 * left.
 */
function settle(open: readonly CST.Token[], take: (part: Collection) => boolean): number {
  let left = 0
  for (const collection of open) {
    if (!isCollection(collection)) continue
    const items = collection.items as readonly CST.CollectionItem[]
    const last = items.length - 1
    items.forEach((item, at) => {
      if (at < last) settleItem(item, take)
      left += count(item)
    })
  }
  return left
}

function settleItem(item: CST.CollectionItem, take: (part: Collection) => boolean): void {
  const part = partOf(item)
  if (part && take(part)) empty(part)
}

/** The collection of an item that can be made alone: a value, or an element, without tag. */
function partOf({ start, key, sep, value }: CST.CollectionItem): Collection | null {
  const marks = [...start, ...(sep ?? [])]
  const isElement = !marks.some(({ type }) => type === 'map-value-ind' || type === 'explicit-key-ind')
  // What is an element of a list in brackets stays in the place of a key until the list ends.
  const part = value ?? (isElement ? key : null)
  return isCollection(part) && part.items.length > 0 && !marks.some(({ type }) => type === 'tag') ? part : null
}

/** Leaves of a collection no more than that it had a line break, which is asked for where it is a key, or in one. */
function empty(part: Collection): void {
  const isBroken = part.type === 'flow-collection' && hasBreak(part)
  const start: CST.SourceToken[] = [{ type: 'newline', offset: part.offset, indent: 0, source: '\n' }]
  Object.assign(part, { items: isBroken ? [{ start }] : [] })
}

function hasBreak(token: CST.Token | null | undefined): boolean {
  if (!token) return false
  if (token.type === 'flow-collection')
    return token.items.some(
      ({ start, key, sep = [], value }) => [...start, ...sep].some(isBreak) || hasBreak(key) || hasBreak(value),
    )
  if (!('source' in token)) return true
  return token.source.includes('\n') || ('end' in token && (token.end ?? []).some(isBreak))
}

const isBreak = ({ type }: CST.SourceToken): boolean => type === 'newline'

/** How many pieces an item holds. */
function count({ start, key, sep, value }: CST.CollectionItem): number {
  let pieces = start.length + (sep?.length ?? 0)
  for (const part of [key, value]) {
    if (!part) continue
    pieces++
    if (isCollection(part)) for (const item of part.items as readonly CST.CollectionItem[]) pieces += count(item)
  }
  return pieces
}
