import { Document, isMap, isPair, isScalar, isSeq, type Node, type Pair, Scalar, visit } from 'yaml'
import { inert, inertYaml, isInert } from '../../text/inert.ts'
import type { Json } from '../json.ts'

/** Where a comment is: the keys and positions that lead to a value. */
export type Path = readonly (string | number)[]

/** A remark above the value at a path. */
export interface Remark {
  readonly path: Path
  readonly lines: readonly string[]
}

/** How a tree is written. */
export interface Writing {
  /** Comments above everything. */
  readonly header?: readonly string[]
  readonly remarks?: readonly Remark[]
  /** Keys of the outermost map with an empty line above them. */
  readonly apart?: readonly string[]
}

/** Fields whose values are words of Kubernetes' own. */
const keywords = new Set(['apiVersion', 'kind', 'apiGroup', 'type', 'mountPropagation', 'dnsPolicy'])
/** A text that is a string without quotes in YAML 1.1 too, which is what Helm and kubectl read. */
const plain = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z_][\w./-]*$/i
/** Columns of the header; a longer word stands as it is. */
const widest = 110

/**
 * Writes a tree as YAML that readers of YAML 1.1 and 1.2 understand alike: every text is quoted, lists of scalars are on one line.
 */
export function writeYaml(tree: Json, { header = [], remarks = [], apart = [] }: Writing = {}): string {
  const document = new Document(tree, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar(key, node, path) {
      if (typeof node.value !== 'string') return
      const pair = path.at(-1)
      const keyword = isPair(pair) && isScalar(pair.key) && keywords.has(String(pair.key.value))
      quote(node as Scalar<string>, key === 'key' || keyword)
    },
    Seq(_, node) {
      if (node.items.every(item => isScalar(item))) node.flow = true
    },
  })
  for (const { path, lines } of remarks) if (lines.length > 0) remark(document, path, lines)
  if (isMap(document.contents)) {
    for (const [at, { key }] of document.contents.items.entries()) {
      if (at > 0 && isScalar(key) && apart.includes(String(key.value))) key.spaceBefore = true
    }
  }
  if (header.length > 0) document.commentBefore = rowsOf(header).join('\n')
  // Strings of several lines between quotes would begin lines with text of the input.
  return inertYaml(
    document.toString({
      lineWidth: 0,
      flowCollectionPadding: false,
      doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
    }),
  )
}

/** A header with nothing below it. */
export const writeHeader = (header: readonly string[]): string =>
  rowsOf(header)
    .map(row => `#${row}\n`)
    .join('')

const rowsOf = (header: readonly string[]): readonly string[] =>
  header.flatMap(line => wrapped(inert(line)).split('\n'))

/** A line of the header as rows that a terminal shows; what continues is indented. */
function wrapped(line: string): string {
  // Columns of a table stay beside each other.
  if (/\S {2}/.test(line)) return ` ${line}`
  const rows: string[] = []
  let row = ''
  for (const word of line.split(' ')) {
    if (row.trim() !== '' && row.length + word.length >= widest) {
      rows.push(row)
      row = `   ${word}`
    } else row += ` ${word}`
  }
  return [...rows, row].join('\n')
}

function quote(scalar: Scalar<string>, mayBePlain: boolean): void {
  const text = scalar.value
  if (mayBePlain && plain.test(text)) return
  const control = !isInert(text)
  if (!mayBePlain && !control && /\n/.test(text) && !/^\s/.test(text)) scalar.type = Scalar.BLOCK_LITERAL
  else scalar.type = text.includes('"') && !control && !text.includes('\n') ? Scalar.QUOTE_SINGLE : Scalar.QUOTE_DOUBLE
}

/** Puts lines above a key of a map, or above an element of a list. */
function remark(document: Document, path: Path, lines: readonly string[]): void {
  const last = path.at(-1)
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const text = lines.map(line => ` ${inert(line)}`).join('\n')
  if (isSeq(parent)) (parent.items[Number(last)] as Node).commentBefore = text
  else if (isMap(parent)) {
    const keys = (parent.items as readonly Pair[]).map(({ key }) => key).filter(isScalar)
    const key = keys.find(({ value }) => value === last)
    if (key) key.commentBefore = text
  } else throw new Error(`there is no value at ${path.join('.')}`)
}
