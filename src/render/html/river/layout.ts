import { required } from '../../../required.ts'
import type { Rank } from '../needs.ts'

/** Something that strands pass: a component, its targets, who is asked, what is needed. */
export interface RiverNode {
  /** Equal for the same node. */
  readonly key: string
  readonly title: string
  readonly detail: string
  readonly rank: Rank | null
  /** Where more is said. */
  readonly href: string | null
  /** Lines that show on hover and focus. */
  readonly tip: readonly string[]
}

/** One way through the columns; null where it passes one by. */
export interface Strand {
  readonly nodes: readonly (RiverNode | null)[]
  readonly rank: Rank
  readonly assumed: boolean
}

/** A node in its place; without a node it is only room for what passes by. */
export interface Placed {
  readonly node: RiverNode | null
  readonly column: number
  readonly top: number
  readonly height: number
}

/** A part of a strand between two columns. */
export interface Band {
  readonly from: Placed
  readonly to: Placed
  /** The middle of the band at both ends. */
  readonly start: number
  readonly end: number
  readonly strand: Strand
  /** Every box that the strand passes. */
  readonly passes: readonly Placed[]
}

/** A river in its places; all in pixels from its top. */
export interface Layout {
  readonly placed: readonly Placed[]
  readonly bands: readonly Band[]
  readonly height: number
}

/** The more a strand gives away, the wider it is. */
export const widths: Readonly<Record<Rank, number>> = { 0: 24, 1: 18, 2: 14, 3: 11, 4: 6 }

/** Where columns begin and end, as shares of the width, by their number; the style sheet has the same. */
export const sides: Readonly<Record<number, readonly (readonly [from: number, to: number])[]>> = {
  1: [[0, 0.4]],
  2: [
    [0, 0.38],
    [0.62, 1],
  ],
  3: [
    [0, 0.29],
    [0.39, 0.61],
    [0.71, 1],
  ],
  4: [
    [0, 0.235],
    [0.29, 0.51],
    [0.565, 0.73],
    [0.775, 1],
  ],
}

/** The columns that something passes, and the strands with these alone: a column that everything passes by says nothing. */
export function shownColumns(
  strands: readonly Strand[],
  count: number,
): { readonly columns: readonly number[]; readonly strands: readonly Strand[] } {
  const all = Array.from({ length: count }, (_, at) => at)
  const columns = all.filter(at => strands.some(({ nodes }) => nodes[at] != null))
  return { columns, strands: strands.map(each => ({ ...each, nodes: columns.map(at => each.nodes[at] ?? null) })) }
}

/** Characters of a title that fit into a line of a box, by the number of columns. */
const fitting: Readonly<Record<number, number>> = { 2: 38, 3: 30, 4: 24 }
const gap = 10

/** A box that collects what passes a node. */
interface Box {
  readonly key: string
  readonly node: RiverNode | null
  readonly column: number
  readonly strands: Strand[]
  order: number
  top: number
  height: number
}

/** Puts the nodes of each column below each other, so that strands cross little. */
export function layout(strands: readonly Strand[], columns: number): Layout {
  const boxes = boxesOf(strands, columns)
  const passed = (strand: Strand, column: number): Box =>
    required(boxes.get(keyAt(strand, column)), 'a box of a strand')
  const byColumn = Array.from({ length: columns }, (_, column) =>
    [...boxes.values()].filter(box => box.column === column),
  )
  // What is needed is sorted by severity already; the others follow it, from right to left.
  for (let column = columns - 1; column >= 0; column--) {
    const own = byColumn[column] ?? []
    if (column < columns - 1)
      for (const box of own)
        box.order = box.strands.reduce((sum, each) => sum + passed(each, column + 1).order, 0) / box.strands.length
    own.sort((a, b) => a.order - b.order)
    for (const [at, box] of own.entries()) box.order = at
  }
  const height = place(byColumn)
  return { placed: [...boxes.values()], bands: bandsOf(strands, columns, passed), height }
}

/** Strands that pass a column by share the room of those that come from the same node. */
function keyAt({ nodes }: Strand, column: number): string {
  const node = nodes[column]
  return node ? `${column} ${node.key}` : `${column} beside ${nodes[column - 1]?.key ?? ''}`
}

function boxesOf(strands: readonly Strand[], columns: number): Map<string, Box> {
  const boxes = new Map<string, Box>()
  for (const strand of strands)
    for (let column = 0; column < columns; column++) {
      const key = keyAt(strand, column)
      const known = boxes.get(key)
      if (known) known.strands.push(strand)
      else
        boxes.set(key, {
          key,
          node: strand.nodes[column] ?? null,
          column,
          strands: [strand],
          order: boxes.size,
          top: 0,
          height: 0,
        })
    }
  return boxes
}

/** Gives every box its height and place, and returns the height of all. */
function place(byColumn: readonly (readonly Box[])[]): number {
  const heights = byColumn.map(column => {
    for (const box of column) {
      const wide = box.strands.reduce((sum, { rank }) => sum + widths[rank], 0)
      box.height = box.node === null ? wide : Math.max(leastOf(box.node, byColumn.length), wide + 14)
    }
    return column.reduce((sum, box) => sum + box.height + gap, -gap)
  })
  const whole = Math.max(0, ...heights)
  for (const [at, column] of byColumn.entries()) {
    const room = whole - (heights[at] ?? 0)
    const between = column.length > 1 ? Math.min(gap + room / (column.length - 1), gap * 4) : 0
    const used = (heights[at] ?? 0) + (between - gap) * Math.max(0, column.length - 1)
    // Where the other side is long, what it comes from is to be seen at its beginning.
    let top = Math.min((whole - used) / 2, 160)
    for (const box of column) {
      box.top = top
      top += box.height + between
    }
  }
  return whole
}

/** The height of a title of up to three lines, and of the line below it. */
function leastOf({ title, detail }: RiverNode, columns: number): number {
  const rows = Math.min(3, Math.ceil(title.length / (fitting[columns] ?? 24)))
  return 12 + rows * 18 + (detail === '' ? 0 : 16)
}

function bandsOf(
  strands: readonly Strand[],
  columns: number,
  passed: (strand: Strand, column: number) => Box,
): readonly Band[] {
  const bands: Band[] = []
  const passes = strands.map(strand => Array.from({ length: columns }, (_, column) => passed(strand, column)))
  for (let column = 0; column + 1 < columns; column++) {
    const starts = middles(strands, column, column + 1, passed)
    const ends = middles(strands, column + 1, column, passed)
    for (const [at, strand] of strands.entries())
      if (strand.nodes.slice(column + 1).some(node => node !== null))
        bands.push({
          from: passed(strand, column),
          to: passed(strand, column + 1),
          start: starts[at] ?? 0,
          end: ends[at] ?? 0,
          strand,
          passes: passes[at] ?? [],
        })
  }
  return bands
}

/** Where each strand meets the side of its box that faces another column: in the order in which they are there, so that they do not cross. */
function middles(
  strands: readonly Strand[],
  column: number,
  other: number,
  passed: (strand: Strand, column: number) => Box,
): readonly number[] {
  const found: number[] = []
  const order = strands
    .map((strand, at) => ({ strand, at, box: passed(strand, column), there: passed(strand, other).top }))
    .sort((a, b) => a.there - b.there || a.at - b.at)
  const used = new Map<Box, number>()
  for (const { strand, at, box } of order) {
    const wide = box.strands.reduce((sum, { rank }) => sum + widths[rank], 0)
    const before = used.get(box) ?? (box.height - wide) / 2
    found[at] = box.top + before + widths[strand.rank] / 2
    used.set(box, before + widths[strand.rank])
  }
  return found
}
