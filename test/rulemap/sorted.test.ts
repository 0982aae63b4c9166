import * as assert from 'uvu/assert'
import type { Entry } from '../../scripts/rulemap.ts'
import { compareText } from '../../src/text/compare-text.ts'
import { describe, source } from '../harness.ts'
import { demands, entries, map } from './map.ts'

const order = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection']
const keys = [
  'about',
  'block',
  'defaults',
  'started',
  'identity',
  'objects',
  'scope',
  'grants',
  'urls',
  'requests',
  'privileges',
  'exports',
  'notes',
  'evidence',
  'examples',
]

const inOrder = (names: readonly string[], known: readonly string[]): boolean =>
  names.every((name, at) => at === 0 || known.indexOf(names[at - 1]!) < known.indexOf(name))

/** What stands out of order in an entry. */
function problems(entry: Entry): readonly string[] {
  const { name, rules } = entry
  const found = inOrder(Object.keys(rules), keys) ? [] : [`${name}: expected the keys in the order ${keys.join(' ')}`]
  for (const { kind, id, rule } of demands(entry)) {
    const own = kind === 'urls' ? rule.verbs : []
    const verbs = kind === 'grants' ? rule.allow.verbs : own
    if (!inOrder(verbs, order)) found.push(`${name}#${id}: expected the verbs in the order ${order.join(' ')}`)
  }
  return found
}

/** Entries that stand before a smaller name in the same file. */
function misplaced(all: readonly Entry[]): readonly string[] {
  const byLine = [...all].sort((a, b) => compareText(a.file, b.file) || a.line - b.line)
  return byLine.flatMap((entry, at) => {
    const before = byLine[at - 1]
    return before && before.file === entry.file && before.name > entry.name
      ? [`${entry.name} stands after ${before.name}`]
      : []
  })
}

describe('sorted', it => {
  it('holds for every entry', () => {
    assert.equal([...map.entries.flatMap(problems), ...misplaced(map.entries)], [])
  })

  const text = source`
    components:
      a.b:
        about: Does one thing.
        grants:
          pods: { allow: { resources: [pods], verbs: [list, watch] }, evidence: [code] }
        evidence:
          code: { at: 'o/r@v1:a.go#L1-L2', says: It lists pods. }
    `
  it('accepts a sorted entry', () => assert.equal(entries(text).flatMap(problems), []))
  it('catches verbs out of order', () => {
    assert.match(entries(text.replace('list, watch', 'watch, list')).flatMap(problems).join(), /the verbs in the order/)
  })
  it('catches keys out of order', () => {
    const changed = text.replace('    about: Does one thing.\n', '').concat('    about: Does one thing.\n')
    assert.match(entries(changed).flatMap(problems).join(), /the keys in the order/)
  })
  it('catches components out of order', () => {
    const second = text.split('\n').slice(1).join('\n').replace('a.b', 'a.a')
    assert.match(misplaced(entries(`${text}${second}`)).join(), /a\.a stands after a\.b/)
  })
})
