import { namesTokenFile } from '../kubernetes/token.ts'
import type { Truth, Unknown, Value } from './value.ts'

/** The unknowns that a value holds, at any depth. */
export function unknownsOf(value: Value): readonly Unknown[] {
  switch (value.kind) {
    case 'unknown':
      return [value]
    case 'pattern':
      return value.parts.filter(part => typeof part !== 'string')
    case 'array':
      return [...value.items, ...value.rest].flatMap(unknownsOf)
    case 'object':
      return [...value.entries.values()].flatMap(unknownsOf)
    case 'capsule':
      return value.of ? unknownsOf(value.of) : []
    default:
      return []
  }
}

/** The values that a value may be: its candidates where it is unknown and they are listed, else itself. */
export function alternatives(value: Value): readonly Value[] {
  return value.kind === 'unknown' && value.candidates?.length ? value.candidates.flatMap(alternatives) : [value]
}

/**
 * Says whether a value is the service account's token or names its file, alone or within a text. A secret of the cluster and an environment variable are
 * other people's tokens; what a module's caller or a component hands in may be this one.
 */
export function carriesToken(value: Value): Truth {
  switch (value.kind) {
    case 'string':
      return namesTokenFile(value.value)
    case 'capsule':
      return value.of ? carriesToken(value.of) : false
    case 'pattern':
      return any(value.parts.map(part => (typeof part === 'string' ? namesTokenFile(part) : carriesToken(part))))
    case 'array':
      return any([...value.items, ...value.rest].map(carriesToken))
    case 'object':
      return any([...value.entries.values()].map(carriesToken))
    case 'unknown':
      if (value.token) return true
      if (value.candidates) {
        const truths = new Set(value.candidates.map(carriesToken))
        return truths.size === 1 ? [...truths][0]! : null
      }
      return value.because === 'secret' || value.because === 'environment' ? false : null
    default:
      return false
  }
}

const any = (truths: readonly Truth[]): Truth => (truths.includes(true) ? true : truths.includes(null) ? null : false)
