import { fits } from '../evaluate/value/known.ts'
import { agreed, some } from '../evaluate/value/truth.ts'
import type { Pattern, Truth, Value } from '../evaluate/value/value.ts'
import { isTokenFile, namesTokenFile, tidied, tokenFiles } from '../kubernetes/pod/token.ts'

/**
 * Says whether a value is the service account's token or names its file, alone or within a text. A secret of the cluster and an
 * environment variable are other people's tokens, but a variable may hold the path of this one; what a module's caller or a
 * component passes in may be either.
 */
export function carriesToken(value: Value, isPath = false): Truth {
  const inner = (each: Value): Truth => carriesToken(each, isPath)
  switch (value.kind) {
    case 'string':
      return isPath ? isTokenFile(value.value) : namesTokenFile(value.value)
    case 'capsule':
      return value.of ? inner(value.of) : false
    case 'pattern':
      if (isPath) return mayBeTokenFile(value) ? null : false
      return some(value.parts.map(part => (typeof part === 'string' ? namesTokenFile(part) : inner(part))))
    case 'array':
      return remembered(value, isPath, () => some([...value.items, ...value.openElements].map(inner)))
    case 'object':
      return remembered(value, isPath, () => some([...value.entries.values()].map(inner)))
    case 'unknown':
      if (value.token) return true
      if (value.candidates) {
        return agreed(value.candidates.map(inner))
      }
      return value.because === 'secret' || (value.because === 'environment' && !isPath) ? false : null
    default:
      return false
  }
}

/** Says whether a path of which not all is known may be that of the token: written in the shortest way, or spelt out as it is. */
function mayBeTokenFile(value: Pattern): boolean {
  const parts = value.parts.map(part => (typeof part === 'string' ? tidied(part) : part))
  return [value, { ...value, parts }].some(each => tokenFiles.some(path => fits(each, path)))
}

/** What lists and objects carry, as a path or not: one may be passed to thousands of arguments. */
const carried = {
  path: new WeakMap<Value, { readonly truth: Truth }>(),
  text: new WeakMap<Value, { readonly truth: Truth }>(),
}

function remembered(value: Value, isPath: boolean, judge: () => Truth): Truth {
  const known = isPath ? carried.path : carried.text
  const before = known.get(value)
  if (before) return before.truth
  const truth = judge()
  known.set(value, { truth })
  return truth
}
