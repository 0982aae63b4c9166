import { onUnits, type Text, text } from '../text.ts'
import { derived } from '../unknown.ts'
import type { StandardFunction } from './function.ts'

/** Go's `filepath.Clean` of a path that is not empty. */
function clean(path: string): string {
  const rooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!rooted) kept.push('..')
  }
  return (rooted ? '/' : '') + kept.join('/') || '.'
}

/** `file.path_join`: empty elements are passed over; the result is cleaned, and empty when all are. */
export const pathJoin: StandardFunction = {
  parameters: [],
  rest: { kind: 'string' },
  apply: (args, call) => {
    if (!args.every(({ kind }) => kind === 'string')) return derived(args, 'string', call.span)
    const parts = (args as readonly Text[]).filter(({ value }) => value !== '')
    return parts.length === 0 ? text('') : onUnits(parts, values => [clean(values.join('/'))])[0]!
  },
}
