import type { ErrorCode } from 'yaml'
import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  type Document as Parsed,
  Parser,
  type Scalar as ScalarNode,
  type YAMLMap,
} from 'yaml'
import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { masked } from '../../secrets/mask-yaml.ts'
import type { Source, Span } from '../../source.ts'
import { scalarTags } from './scalars.ts'
import type { Entry, Tree } from './tree.ts'

/** How deep maps and lists may nest; the deepest custom resource definitions in use stay below 100. */
export const depthLimit = 200
/** How many values a document may stand for once its aliases are written out; the message below says the same. */
const sizeLimit = 1_000_000
/** One mistake in YAML often causes many; more than these say nothing new. */
const problemLimit = 3
/** How many mistakes are told of a whole stream: one that is broken throughout is not read to its end. */
const streamLimit = 100

/** How many pieces of text one document may have: names, values, marks, blanks. Before there are values these take the room. */
export const pieceLimit = 4_000_000

/** Reads the documents of a YAML or JSON stream; those that do not parse are left out, empty ones too. */
export function readYaml(source: Source, mostPieces = pieceLimit): Outcome<readonly Tree[]> {
  const trees: Tree[] = []
  const diagnostics: Diagnostic[] = []
  for (const document of documentsOf(source.text, mostPieces)) {
    if ('limit' in document) return failure(source, document.at, 'yaml-limit', { limit: document.limit })
    if (document.errors.length > 0) for (const each of problems(source, document)) diagnostics.push(each)
    else {
      const { value, diagnostics: found } = build(source, document)
      if (value) trees.push(value)
      for (const each of found.slice(0, streamLimit)) diagnostics.push(each)
    }
    if (diagnostics.length >= streamLimit) break
  }
  return { value: trees, diagnostics: diagnostics.slice(0, streamLimit) }
}

/** A limit that a document is beyond, and where. */
interface Beyond {
  readonly limit: string
  readonly at: number
}

/**
 * The documents of a stream one by one, for what they are made from takes many times the room of their values. Where one nests beyond
 * the limit, that is all: parser and composer both call themselves for each level.
 */
function* documentsOf(text: string, mostPieces: number): Generator<Parsed | Beyond> {
  const parser = new Parser()
  const options = { prettyErrors: false, uniqueKeys: false, schema: 'failsafe', customTags: scalarTags } as const
  const composer = new Composer(options)
  let pieces = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'document') pieces = 0
      yield* composer.next(token)
    }
    const deep = parser.stack.length > depthLimit ? parser.stack.filter(isCollection)[depthLimit] : undefined
    if (deep) return yield { limit: `nested more than ${depthLimit} levels deep`, at: deep.offset }
    if (++pieces > mostPieces)
      return yield {
        limit: `of more than ${mostPieces.toLocaleString('en')} pieces in one document`,
        at: parser.offset,
      }
  }
  for (const token of parser.end()) yield* composer.next(token)
  yield* composer.end(false, text.length)
}

function problems(source: Source, { errors }: Parsed): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  let line: number | null = null
  let end = 0
  for (const { code, pos } of errors) {
    // One long line may have them by the thousand: its start is looked for once.
    if (line !== null && pos[0] > line && pos[0] <= end) continue
    const start = source.text.lastIndexOf('\n', pos[0] - 1)
    if (start === line) continue
    line = start
    const next = source.text.indexOf('\n', start + 1)
    end = next === -1 ? source.text.length : next
    // A missing bracket is missed one character behind the end.
    const first = Math.min(pos[0], source.text.length)
    const last = Math.min(pos[1], source.text.length)
    const span = { source: masked(source), start: first, end: Math.max(first, last) }
    // A chart's template is the usual text that looks like YAML and is not.
    const template = /\{\{/.test(source.text)
    found.push(
      diagnostic(
        'yaml-syntax',
        span,
        { problem: problem(code) },
        template ? { help: 'render the chart first: helm template … | alloy-rbac check -' } : {},
      ),
    )
    if (found.length === problemLimit) break
  }
  return found
}

function failure(source: Source, at: number, code: 'yaml-limit', args: { limit: string }): Outcome<readonly Tree[]> {
  return { value: [], diagnostics: [diagnostic(code, { source, start: at, end: at + 1 }, args)] }
}

const isCollection = ({ type }: CST.Token): boolean =>
  type === 'block-map' || type === 'block-seq' || type === 'flow-collection'

interface Builder {
  readonly source: Source
  readonly anchors: Map<string, Built>
  readonly diagnostics: Diagnostic[]
}

/** A value, and how many values it stands for when aliases are written out. */
interface Built {
  readonly tree: Tree
  readonly size: number
}

function build(source: Source, document: Parsed): Outcome<Tree | null> {
  const builder: Builder = { source, anchors: new Map(), diagnostics: [] }
  const contents = document.contents as Node | null
  if (contents === null) return { value: null, diagnostics: [] }
  if (isScalar(contents) && contents.value === null && contents.source === '') return { value: null, diagnostics: [] }
  const { tree, size } = value(builder, contents)
  if (size > sizeLimit) {
    const span = { source, start: tree.span.start, end: tree.span.start + 1 }
    const limit = 'expanded by its aliases to more than 1,000,000 values'
    return { value: null, diagnostics: [diagnostic('yaml-limit', span, { limit })] }
  }
  return { value: tree, diagnostics: builder.diagnostics }
}

function value(builder: Builder, node: Node | null): Built {
  if (node === null) return nothing(builder)
  if (isAlias(node)) {
    const target = builder.anchors.get(node.source)
    if (target) return target
    builder.diagnostics.push(
      diagnostic('yaml-syntax', spanOf(builder, node), { problem: 'an alias whose anchor does not come before it' }),
    )
    return nothing(builder)
  }
  const built = isMap(node)
    ? map(builder, node)
    : isSeq(node)
      ? list(builder, node.items as Node[], node)
      : scalar(builder, node as ScalarNode)
  if (node.anchor !== undefined) builder.anchors.set(node.anchor, built)
  return built
}

function nothing({ source }: Builder): Built {
  return { tree: { kind: 'scalar', value: null, span: { source, start: 0, end: 0 } }, size: 1 }
}

function scalar(builder: Builder, node: ScalarNode): Built {
  const { value } = node
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  return { tree: { kind: 'scalar', value: known, span: spanOf(builder, node) }, size: 1 }
}

function list(builder: Builder, items: readonly Node[], node: Node): Built {
  let size = 1
  const trees: Tree[] = []
  for (const item of items) {
    const built = value(builder, item)
    trees.push(built.tree)
    size += built.size
  }
  return { tree: { kind: 'list', items: trees, span: spanOf(builder, node) }, size }
}

function map(builder: Builder, node: YAMLMap): Built {
  const entries = new Map<string, Entry>()
  const merges: Node[] = []
  let size = 1
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    if (isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN') {
      if (pair.value) merges.push(pair.value)
      continue
    }
    const built = value(builder, pair.value)
    size += built.size
    const key = keyOf(builder, pair.key)
    if (key === null) continue
    const twin = entries.get(key.text)
    if (twin) {
      const related = [{ span: hidden(twin.key), text: 'first given here' }]
      builder.diagnostics.push(diagnostic('yaml-duplicate-key', hidden(key.span), { key: key.text }, { related }))
    } else entries.set(key.text, { key: key.span, value: built.tree })
  }
  for (const merge of merges) {
    const built = value(builder, merge)
    size += built.size
    const layers = built.tree.kind === 'list' ? built.tree.items : [built.tree]
    for (const layer of layers) {
      if (layer.kind !== 'map') {
        builder.diagnostics.push(
          diagnostic('yaml-syntax', spanOf(builder, merge), { problem: 'a merge key accepts only maps' }),
        )
        continue
      }
      // What the map says itself wins, then what is merged first.
      for (const [key, entry] of layer.entries) if (!entries.has(key)) entries.set(key, entry)
    }
  }
  return { tree: { kind: 'map', entries, span: spanOf(builder, node) }, size }
}

/** A place on a line whose values may be secrets. */
const hidden = (span: Span): Span => ({ ...span, source: masked(span.source) })

function keyOf(builder: Builder, node: Node | null): { text: string; span: Span } | null {
  if (node === null) return { text: 'null', span: { source: builder.source, start: 0, end: 0 } }
  const { tree } = value(builder, node)
  if (tree.kind === 'scalar') return { text: String(tree.value), span: tree.span }
  builder.diagnostics.push(diagnostic('yaml-syntax', tree.span, { problem: 'a key must be text' }))
  return null
}

function spanOf({ source }: Builder, { range }: Node): Span {
  const [start, end] = range ?? [0, 0]
  return { source, start, end }
}

/** What is wrong with a text that is not YAML; in words of our own, since the parser's quote the text, secrets included. */
export function problem(code: ErrorCode): string {
  return words[code] ?? 'something unexpected'
}

const words: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias with its own tag or anchor',
  BAD_ALIAS: 'an alias without a name',
  BAD_COLLECTION_TYPE: 'a tag that does not match the value',
  BAD_DIRECTIVE: 'an unknown directive',
  BAD_DQ_ESCAPE: 'an unknown escape in a double-quoted string',
  BAD_INDENT: 'indentation that does not match the lines before it',
  BAD_PROP_ORDER: 'an anchor or a tag in the wrong place',
  BAD_SCALAR_START: 'a character that must be quoted at the start of a value',
  BLOCK_AS_IMPLICIT_KEY: 'a second colon on the line: quote the value, or start a new line',
  BLOCK_IN_FLOW: 'a block inside brackets',
  KEY_OVER_1024_CHARS: 'a key longer than 1024 characters',
  MISSING_CHAR: 'a quote, bracket, comma, or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a key that spans several lines, or a colon is missing',
  MULTIPLE_ANCHORS: 'a value with two anchors',
  MULTIPLE_TAGS: 'a value with two tags',
  NON_STRING_KEY: 'a key that is not text',
  TAB_AS_INDENT: 'a tab in the indentation',
  TAG_RESOLVE_FAILED: 'a tag that does not match the value',
  UNEXPECTED_TOKEN: 'something unexpected after the value',
}
