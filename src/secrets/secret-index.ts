/** Shorter texts may be a part of any word. */
export const shortest = 6

/** Longer texts make a pattern that V8 refuses. */
const longest = 10_000

/** A text as an expression that ignores case compares it. */
function folded(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text.toUpperCase()
  return text.replaceAll(/[a-z\u0080-\uffff]/g, unit => {
    const upper = unit.toUpperCase()
    return upper.length === 1 && (unit < '\u0080' || upper >= '\u0080') ? upper : unit
  })
}

/** What a text is found by: its beginning in whatever case; a short one as it is. */
const keyOf = (text: string): string => (text.length < shortest ? text : folded(text.slice(0, shortest)))

/** So many marks distinguish keys well enough, in little room. */
const marks = 2 ** 24

/** Six keys begin at each unit of a text; with so many marks for it, few of them are those of other keys. */
const marksPerUnit = 64

/** The number of a text with one more unit. */
const withUnit = (number: number, unit: number): number => (Math.imul(number, 31) + unit) | 0

/** The mark of a key of a number and a length. */
const markOf = (number: number, length: number): number => (number + length) & (marks - 1)

/** The mark of a key that is a part of a text. */
function markOfPart(text: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) number = withUnit(number, text.charCodeAt(at))
  return markOf(number, to - from)
}

const markOfKey = (key: string): number => markOfPart(key, 0, key.length)

/**
 * Visits the keys of all texts that may stand in a text, each as a part of a text and with its mark: of megabytes no piece is made
 * for each.
 */
function visitKeys(text: string, visit: (mark: number, of: string, from: number, to: number) => void): void {
  const upper = folded(text)
  for (let at = 0; at < text.length; at++) {
    let number = 0
    for (let to = at + 1; to < at + shortest && to <= text.length; to++) {
      number = withUnit(number, text.charCodeAt(to - 1))
      visit(markOf(number, to - at), text, at, to)
    }
  }
  for (let to = shortest; to <= upper.length; to++)
    visit(markOfPart(upper, to - shortest, to), upper, to - shortest, to)
}

/** Tells of a text whether it may stand in one of some words; true of some that do not. */
export function occurrence(words: readonly string[]): (text: string) => boolean {
  const different = new Set(words)
  const length = [...different].reduce((sum, word) => sum + word.length, 0)
  // Few words have few keys: a table for all marks would take longer to clear than the words take to read.
  const room = Math.min(marks, 2 ** Math.ceil(Math.log2(marksPerUnit * (length + 1))))
  const seen = new Uint8Array(room)
  for (const word of different)
    visitKeys(word, mark => {
      seen[mark & (room - 1)] = 1
    })
  return text => seen[markOfKey(keyOf(text)) & (room - 1)] === 1
}

interface Form {
  readonly text: string
  /** The length of the secret that the form is of, and which one came first: the longest is blanked first. */
  readonly rank: readonly [length: number, order: number]
}

/** Secrets, found by how they begin: to look for each of thousands in each of thousands of messages would take too long. */
export class SecretIndex {
  readonly #forms = new Map<string, Form[]>()
  readonly #marks = new Set<number>()
  readonly #secrets = new Set<string>()

  has(secret: string): boolean {
    return this.#secrets.has(secret)
  }

  /** Adds a secret and what it looks like where it is shown. */
  add(secret: string, forms: readonly string[]): void {
    const rank = [secret.length, this.#secrets.size] as const
    this.#secrets.add(secret)
    for (const text of forms) {
      const key = keyOf(text)
      const before = this.#forms.get(key)
      if (before) before.push({ text, rank })
      else this.#forms.set(key, [{ text, rank }])
      this.#marks.add(markOfKey(key))
    }
  }

  /** A text with stars for the secrets in it. */
  blanked(text: string): string {
    if (this.#forms.size === 0) return text
    const found = new Set<Form>()
    visitKeys(text, (mark, of, from, to) => {
      if (!this.#marks.has(mark)) return
      for (const form of this.#forms.get(of.slice(from, to)) ?? []) found.add(form)
    })
    return [...found]
      .sort((a, b) => b.rank[0] - a.rank[0] || a.rank[1] - b.rank[1])
      .reduce((shown, form) => shown.replaceAll(finder(form.text), '***'), text)
  }
}

/** Short texts count as whole words only, since they are part of many. */
function finder(text: string): RegExp | string {
  if (text.length > longest) return text
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.length >= shortest ? new RegExp(literal, 'gi') : new RegExp(`(?<!\\w)${literal}(?!\\w)`, 'g')
}
