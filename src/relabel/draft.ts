import type { Value } from '../evaluate/value/value.ts'
import { literal, type Target, textsOf } from './label-text.ts'
import type { LabelStore } from './relabel.ts'

/** A target at work: rules change it in place, for a copy after each of thousands of rules would be quadratic. */
export class Draft {
  /** For each label of which nothing is known any more, the rule that brought that about; `*` for labels that are not listed. */
  readonly lost = new Map<string, number>()
  readonly #entries: Map<string, Value>
  #open: boolean
  /** How many labels are not known in full. */
  #unclear = 0
  /** Whether each label is a text that is not empty. */
  #isPlain = false

  constructor({ entries, open }: Target) {
    this.#entries = new Map(entries)
    this.#open = open
    for (const value of entries.values()) if (knownText(value) === null) this.#unclear++
  }

  /** The target as it is now; it changes with the draft. */
  get target(): Target {
    return { kind: 'object', entries: this.#entries, open: this.#open }
  }

  /** Whether all labels are known. */
  get known(): boolean {
    return !this.#open && this.#unclear === 0
  }

  /** A target that stays as it is. */
  copy(): { readonly target: Target; readonly lost: ReadonlyMap<string, number> } {
    return { target: { ...this.target, entries: new Map(this.#entries) }, lost: new Map(this.lost) }
  }

  /** Takes in what a rule has changed. */
  take(changes: ReadonlyMap<string, Value>, open: boolean, rule: number): void {
    for (const [name, value] of changes) {
      const before = this.#entries.get(name)
      if (before && knownText(before) === null) this.#unclear--
      if (knownText(value) === null) this.#unclear++
      if (!isLost(value)) this.lost.delete(name)
      else if (!isLost(before) && (before || !this.#open)) this.lost.set(name, rule)
      this.#entries.set(name, value)
    }
    if (changes.size > 0) this.#isPlain = false
    if (open && !this.#open) this.lost.set('*', rule)
    this.#open = open
  }

  /** The labels as texts, to read and to write; only where all of them are known. */
  literals(): LabelStore {
    const entries = this.#entries
    if (!this.#isPlain) {
      for (const [name, value] of [...entries]) {
        const text = knownText(value)
        if (text) entries.set(name, { kind: 'string', value: text })
        else entries.delete(name)
      }
      this.#isPlain = true
    }
    return {
      get: name => {
        const value = entries.get(name)
        return value?.kind === 'string' ? value.value : undefined
      },
      set: (name, value) => {
        this.lost.delete(name)
        entries.set(name, { kind: 'string', value })
      },
      delete: name => void entries.delete(name),
      keys: () => entries.keys(),
    }
  }
}

function knownText(value: Value): string | null {
  if (value.kind === 'string') return value.value
  const [only, ...others] = textsOf(value)
  return only && others.length === 0 ? literal(only) : null
}

const isLost = (value: Value | undefined): boolean =>
  value !== undefined && textsOf(value).some(([part, ...others]) => others.length === 0 && typeof part === 'object')
