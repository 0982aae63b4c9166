import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Document as Parsed,
  type Scalar as ScalarNode,
  type YAMLMap,
} from 'yaml'
import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import { required } from '../../required.ts'
import { masked } from '../../secrets/mask-yaml.ts'
import type { Source, Span } from '../../source.ts'
import type { Entry, Tree } from './tree.ts'

/** How many values the documents of a text may stand for once their aliases are written out. */
export const sizeLimit = 1_000_000

/** Makes the values of one document. */
export interface Builder {
  readonly source: Source
  readonly anchors: Map<string, Built>
  /** Values of collections that were made before the document was read to its end, by where they start. */
  readonly parts: Map<number, Built>
  readonly diagnostics: Diagnostic[]
}

/** A document of more values than are read, in the words of its diagnostic. */
export const tooMany = 'of more than 1,000,000 values in one document'

/** A value, and how many values it stands for when aliases are written out. */
interface Built {
  readonly tree: Tree
  readonly size: number
}

/** Nothing made yet of a document. */
export const builderOf = (source: Source): Builder => ({
  source,
  anchors: new Map(),
  parts: new Map(),
  diagnostics: [],
})

/** Makes a part of a document whose end is not yet read; says how many values it stands for. */
export function buildPart(builder: Builder, node: Node): number {
  const built = value(builder, node)
  builder.parts.set(required(node.range, 'the place of a node')[0], built)
  return built.size
}

/** Makes what is left of a document; null where there is nothing. */
export function build(builder: Builder, document: Parsed): Outcome<Tree | null> & { readonly size: number } {
  const { source } = builder
  const contents = document.contents as Node | null
  if (contents === null) return { value: null, diagnostics: [], size: 0 }
  if (isScalar(contents) && contents.value === null && contents.source === '')
    return { value: null, diagnostics: [], size: 0 }
  const { tree, size } = value(builder, contents)
  if (size > sizeLimit) {
    const span = { source, start: tree.span.start, end: tree.span.start + 1 }
    const limit = builder.anchors.size > 0 ? 'expanded by its aliases to more than 1,000,000 values' : tooMany
    return { value: null, diagnostics: [diagnostic('yaml-limit', span, { limit })], size: 0 }
  }
  return { value: tree, diagnostics: builder.diagnostics, size }
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
  // What is made already was taken out.
  const part =
    (isMap(node) || isSeq(node)) && node.items.length === 0 ? builder.parts.get(node.range?.[0] ?? -1) : undefined
  if (part) return part
  const built = builtOf(builder, node)
  if (node.anchor !== undefined) builder.anchors.set(node.anchor, built)
  return built
}

function builtOf(builder: Builder, node: Node): Built {
  if (isMap(node)) return map(builder, node)
  return isSeq(node) ? list(builder, node.items as Node[], node) : scalar(builder, node as ScalarNode)
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
