import type { Condition } from '../rules/map/schema.ts'

/** A condition of the rule map as one phrase. */
export function phraseOf(condition: Condition): string {
  if (Array.isArray(condition)) return condition.map(each => bracketed(phraseOf(each))).join(' or ')
  const parts = Object.entries(condition).flatMap(([key, value]): readonly string[] => {
    switch (key) {
      case '$any':
        return [(value as readonly Condition[]).map(each => bracketed(phraseOf(each))).join(' or ')]
      case '$all':
        return (value as readonly Condition[]).map(each => bracketed(phraseOf(each)))
      case '$not':
        return [`not (${phraseOf(value as Condition)})`]
      case '$block': {
        const { path, where } = value as { path: string; where: Condition }
        return [`a block ${path} has ${phraseOf(where)}`]
      }
      case '$alloy':
        return [`Alloy ${value}`]
      case '$kubernetes':
        return [`Kubernetes ${value}`]
      case '$kernel':
        return [`Linux ${value}`]
      case '$env':
        return [`the container sets ${value}`]
      case '$use': {
        const at = (condition as Readonly<Record<string, unknown>>)['$at']
        return [`${String(value).replaceAll('-', ' ')}${at === undefined ? '' : ` (block ${at})`}`]
      }
      case '$at':
        return []
      default:
        return [test(key, value)]
    }
  })
  if (parts.length <= 1) return parts[0] ?? 'always'
  return parts.map(part => (part.includes(' or ') ? bracketed(part) : part)).join(' and ')
}

const bracketed = (phrase: string): string => (/ and | or /.test(phrase) ? `(${phrase})` : phrase)

function test(path: string, wanted: unknown): string {
  if (Array.isArray(wanted)) return `${path} is one of ${wanted.join(', ')}`
  if (typeof wanted !== 'object' || wanted === null) return `${path} is ${JSON.stringify(wanted)}`
  const [[name = '', value] = []] = Object.entries(wanted)
  switch (name) {
    case 'set':
      return `${path} is ${value ? 'set' : 'not set'}`
    case 'empty':
      return `${path} is ${value ? 'empty' : 'not empty'}`
    case 'serviceAccountToken':
      return `${path} is ${value ? '' : 'not '}the service account's token`
    case 'matches':
      return `${path} contains ${value}`
    case 'port':
      return `the port of ${path} is at least ${(value as readonly number[])[0]} and below ${(value as readonly number[])[1]}`
    default:
      return `${path} starts with ${JSON.stringify(value)}`
  }
}
