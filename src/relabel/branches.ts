/** A part of which only is known whether it is there. */
export interface Gap {
  readonly nonEmpty: boolean
}

/** One way through an expression: literal texts and gaps in order, and which of them each group holds. */
export interface Branch {
  readonly elements: readonly (string | Gap)[]
  /** From which element, and up to which, by the number of the group; 0 is the whole. */
  readonly groups: ReadonlyMap<number, readonly [from: number, to: number]>
}

/** More ways than these are not distinguished. */
const mostBranches = 32

/** A longer expression is not read: what it costs grows with the square of its length. */
const longestExpression = 1_000

/**
 * The ways through an anchored expression. What is more than literal texts, groups, choices and `?` is a gap, so that the branches
 * match at least what the expression does. Null where there are too many, and for what is not read here.
 */
export function branchesOf(regex: string): readonly Branch[] | null {
  const known = read.get(regex)
  if (known !== undefined) return known
  const branches = readBranches(regex)
  read.set(regex, branches)
  return branches
}

const read = new Map<string, readonly Branch[] | null>()

function readBranches(regex: string): readonly Branch[] | null {
  if (regex.length > longestExpression) return null
  const reader = new Reader(regex.replace(/^\^/, ''))
  const branches = reader.choice()
  if (branches === null || !reader.atEnd) return null
  return branches.map(({ elements, groups }) => ({ elements, groups: new Map([...groups, [0, [0, elements.length]]]) }))
}

const nothing: Branch = { elements: [], groups: new Map() }
const single = (element: string | Gap): Branch => ({ elements: [element], groups: new Map() })

function joined(before: Branch, after: Branch): Branch {
  const at = before.elements.length
  const moved = [...after.groups].map(([group, [from, to]]) => [group, [from + at, to + at]] as const)
  return { elements: [...before.elements, ...after.elements], groups: new Map([...before.groups, ...moved]) }
}

const plain = /^(?:\\([^\w\s])|([^\\()[\]{}.*+?^$|]))/u
const opening = /^\((?:\?:|\?P?<\w+>)?/
const charClass = /^(?:\.|\\[dDwWsS]|\[(?:\\.|[^\]\\])+\])/
const repeat = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/

/** Reads an expression from its start; null is what it does not read. */
class Reader {
  #rest: string
  #groups = 0

  constructor(text: string) {
    this.#rest = text
  }

  get atEnd(): boolean {
    return this.#rest === ''
  }

  choice(): readonly Branch[] | null {
    const all: Branch[] = []
    do {
      const found = this.#sequence()
      if (found === null || all.length + found.length > mostBranches) return null
      for (const each of found) all.push(each)
    } while (this.#take('|'))
    return all
  }

  #take(text: string): boolean {
    if (!this.#rest.startsWith(text)) return false
    this.#rest = this.#rest.slice(text.length)
    return true
  }

  #match(pattern: RegExp): RegExpMatchArray | null {
    const found = this.#rest.match(pattern)
    if (found) this.#rest = this.#rest.slice(found[0].length)
    return found
  }

  #sequence(): readonly Branch[] | null {
    let all: readonly Branch[] = [nothing]
    while (this.#rest !== '' && !/^[|)]/.test(this.#rest)) {
      // The end is anchored anyway.
      if (this.#rest === '$') {
        this.#rest = ''
        break
      }
      const atom = this.#repeated()
      if (atom === null || all.length * atom.length > mostBranches) return null
      all = all.flatMap(before => atom.map(after => joined(before, after)))
    }
    return all
  }

  #repeated(): readonly Branch[] | null {
    const atom = this.#atom()
    if (atom === null) return null
    const [times] = this.#match(repeat) ?? []
    if (times === undefined) return atom
    if (times.startsWith('?')) return [nothing, ...atom]
    // Nothing is known of the groups of what is repeated, but that they lie in it.
    const gap = { nonEmpty: times.startsWith('+') && atom.every(isFilled) }
    const groups = new Set(atom.flatMap(each => [...each.groups.keys()]))
    return [{ elements: [gap], groups: new Map([...groups].map(group => [group, [0, 1]])) }]
  }

  #atom(): readonly Branch[] | null {
    const literal = this.#match(plain)
    if (literal) return [single(literal[1] ?? literal[2] ?? '')]
    if (this.#match(charClass)) return [single({ nonEmpty: true })]
    const open = this.#match(opening)
    if (!open) return null
    const group = open[0] === '(?:' ? null : ++this.#groups
    const inner = this.choice()
    if (inner === null || !this.#take(')')) return null
    if (group === null) return inner
    return inner.map(each => ({ ...each, groups: new Map([...each.groups, [group, [0, each.elements.length]]]) }))
  }
}

const isFilled = ({ elements }: Branch): boolean => elements.some(each => typeof each === 'string' || each.nonEmpty)
