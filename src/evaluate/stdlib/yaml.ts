import {
  Composer,
  CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  Parser,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { required } from '../../required.ts'
import { isTooDeep } from '../nesting.ts'
import { float } from '../value/number.ts'
import { fromBytes, text } from '../value/string-pattern.ts'
import { unknown } from '../value/unknown.ts'
import type { Value } from '../value/value.ts'
import { decodeBase64 } from './encoding.ts'
import { ofStrings, refused } from './function.ts'
import { resolvePlain } from './yaml-scalar.ts'

/** Where reading ends early: at what yaml.v3 refuses, with the problem, or at what is not computed here. */
interface Stop {
  readonly kind: 'stop'
  readonly problem: string | null
}

type Read = Value | Stop

const stop = (problem: string | null): Stop => ({ kind: 'stop', problem })

/** What a document may be expanded to, in nodes: aliases can describe far more than a text holds. */
const MOST_NODES = 100_000

interface Reader {
  readonly document: Document
  /** Nodes that may still be read. */
  left: number
  /** The collections around the node, which it must not refer to. */
  readonly around: Set<Node>
}

/**
 * `encoding.from_yaml`: the first document, with the types of yaml.v3: `yes` is text, `010` is 8, a time is text, a mapping with
 * a key that is not text is opaque.
 */
export const fromYaml = ofStrings(['string'], 'any', ([source], call) => {
  if (source.bytes || /[^\t\n\r\x20-\x7e\x85\u00a0-\ufffd]/.test(source.value))
    return refused(call, 'the text contains characters that YAML does not allow', 0)
  if (isTooDeep(source.value)) return unknown('size', call.span)
  if (isTooLarge(source.value)) return unknown('size', call.span)
  const document = firstDocument(source.value)
  if (!isReadable(document)) return refused(call, 'the text is not valid YAML', 0)
  // yaml.v3 ends a block scalar at the root where a line is not indented.
  if (isScalar(document.contents) && /^BLOCK/.test(document.contents.type ?? '') && /\n\S/.test(source.value))
    return unknown('function', call.span)
  const value = read(document.contents, { document, left: MOST_NODES, around: new Set() })
  if (value.kind !== 'stop') return value
  return value.problem === null ? unknown('size', call.span) : refused(call, value.problem, 0)
})

/**
 * Says whether the first document certainly has more nodes than are read, before a tree of all of it is made: of two scalars one is a
 * node at least, and the other may be its key.
 */
function isTooLarge(source: string): boolean {
  if (source.length < 2 * MOST_NODES) return false
  let scalars = 0
  let documents = 0
  for (const lexeme of new Lexer().lex(source)) {
    if (lexeme === CST.DOCUMENT && ++documents > 1) return false
    if (lexeme === CST.SCALAR && ++scalars > 2 * MOST_NODES) return true
  }
  return false
}

/** There always is one, an empty one in a text without any. */
function firstDocument(source: string): Document {
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, merge: false, logLevel: 'silent' })
  const [document] = composer.compose(new Parser().parse(source), true, source.length)
  return required(document, 'the first document')
}

/** What follows a root that says itself where it ends, in brackets or quotes, is never looked at. */
function isReadable({ contents, errors }: Document): boolean {
  const isClosed =
    (isScalar(contents) && /^QUOTE/.test(contents.type ?? '')) ||
    ((isMap(contents) || isSeq(contents)) && contents.flow === true)
  const end = isClosed ? (contents.range?.[1] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY
  return errors.every(({ pos }) => pos[0] >= end)
}

function read(node: unknown, reader: Reader): Read {
  if (--reader.left < 0) return stop(null)
  if (isScalar(node)) return readScalar(node)
  if (isAlias(node)) {
    const target = node.resolve(reader.document)
    return target ? read(target, reader) : stop('an alias refers to an unknown anchor')
  }
  if (!isMap(node) && !isSeq(node)) return { kind: 'null' }
  if (reader.around.has(node)) return stop('an anchor contains itself')
  reader.around.add(node)
  const value = isMap(node) ? readMap(node, reader) : readSequence(node.items, reader)
  reader.around.delete(node)
  return value
}

function readSequence(nodes: readonly unknown[], reader: Reader): Read {
  const items: Value[] = []
  for (const node of nodes) {
    const value = read(node, reader)
    if (value.kind === 'stop') return value
    items.push(value)
  }
  return { kind: 'array', items, openElements: [] }
}

function readMap(map: YAMLMap, reader: Reader): Read {
  const entries = new Map<string, Value>()
  const keys = new Set<string>()
  const merges: unknown[] = []
  let isOpaque = false
  for (const { key, value } of map.items) {
    const name = keyOf(key, reader)
    if (typeof name !== 'string') return name
    if (keys.has(name)) return stop('a mapping contains a key twice')
    keys.add(name)
    if (isMerge(key)) {
      merges.push(value)
      continue
    }
    isOpaque ||= !isTextKey(key, reader)
    const entry = read(value, reader)
    if (entry.kind === 'stop') return entry
    entries.set(name, entry)
  }
  for (const merge of merges) {
    const problem = mergeInto(entries, merge, reader)
    if (problem) return problem
  }
  return isOpaque ? { kind: 'capsule', type: 'map', of: null } : { kind: 'object', entries, open: false }
}

/** The text of a key, whatever its type; collections are not keys. */
function keyOf(key: unknown, reader: Reader): string | Stop {
  const node = isAlias(key) ? key.resolve(reader.document) : key
  if (isMap(node) || isSeq(node)) return stop('a key of a mapping is a collection')
  return isScalar(node) ? (node.source ?? '') : ''
}

function isTextKey(key: unknown, reader: Reader): boolean {
  const node = isAlias(key) ? key.resolve(reader.document) : key
  return isScalar(node) && isPlain(node) ? resolvePlain(node.source ?? '').tag === '!!str' : hasTextTag(node)
}

const hasTextTag = (node: unknown): boolean => isScalar(node) && ['!', '!!str'].includes(tagOf(node) ?? '!!str')

/** The tag `!` changes nothing. */
const isPlain = ({ tag, type }: Scalar): boolean => (tag === undefined || tag === '!') && type === 'PLAIN'

const tagOf = ({ tag }: Scalar): string | undefined => tag?.replace(/^tag:yaml\.org,2002:/, '!!')

const isMerge = (key: unknown): boolean =>
  isScalar(key) && key.source === '<<' && (isPlain(key) || tagOf(key) === '!!merge')

/** Adds what is merged in, one mapping or a list of them; what is there already stays. */
function mergeInto(entries: Map<string, Value>, merge: unknown, reader: Reader): Stop | null {
  const wrong = stop('the merged value is not a mapping')
  const sources = isSeq(merge) ? merge.items : [merge]
  for (const source of sources) {
    const node = isAlias(source) ? source.resolve(reader.document) : source
    if (!isMap(node)) return wrong
    const value = read(node, reader)
    if (value.kind === 'stop') return value
    if (value.kind !== 'object') return stop(null)
    for (const [key, entry] of value.entries) if (!entries.has(key)) entries.set(key, entry)
  }
  return null
}

function readScalar(node: Scalar): Read {
  const source = node.source ?? ''
  if (isPlain(node)) return resolvePlain(source).value
  const tag = tagOf(node) ?? '!!str'
  if (tag === '!!binary') {
    const bytes = decodeBase64(source)
    return bytes ? fromBytes(bytes) : stop('a binary value is not valid base64')
  }
  if (!['!!int', '!!float', '!!bool', '!!null', '!!timestamp'].includes(tag)) return text(source)
  const resolved = resolvePlain(source)
  if (tag === '!!float' && resolved.value.kind === 'number') return float(Number(resolved.value.value))
  return resolved.tag === tag ? resolved.value : stop(`a value is not a valid ${tag.slice(2)}`)
}
