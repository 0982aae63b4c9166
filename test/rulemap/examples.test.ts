import * as assert from 'uvu/assert'
import type { Entry } from '../../scripts/rulemap.ts'
import { describe, source } from '../harness.ts'
import { demands, entries, map } from './map.ts'

/** Entries that may need something and show no example, and examples that share a title. */
function problems(entry: Entry): readonly string[] {
  const titles = (entry.rules.examples ?? []).map(({ title }) => title)
  const missing = demands(entry).length > 0 && titles.length === 0
  const twice = titles.filter((title, at) => titles.indexOf(title) !== at)
  return [
    ...(missing ? [`${entry.name} may need something and has no example`] : []),
    ...twice.map(title => `${entry.name} has two examples "${title}"`),
  ]
}

describe('examples', it => {
  it('show every component that may need something', () => {
    assert.equal(map.entries.flatMap(problems), [])
  })

  const text = source`
    components:
      a.b:
        about: Does one thing.
        grants:
          pods: { allow: { resources: [pods], verbs: [list] }, evidence: [code] }
        evidence:
          code: { at: 'o/r@v1:a.go#L1-L2', says: It lists pods. }
        examples:
          - { title: an example, config: x, expect: '' }
    `
  it('are there in a sound entry', () => assert.equal(entries(text).flatMap(problems), []))
  it('are missed where there are none', () => {
    const without = text.slice(0, text.indexOf('    examples:'))
    assert.match(entries(without).flatMap(problems).join('\n'), /a\.b may need something and has no example/)
  })
  it('are told apart by their titles', () => {
    const twice = `${text}      - { title: an example, config: y, expect: '' }\n`
    assert.match(entries(twice).flatMap(problems).join('\n'), /two examples "an example"/)
  })
})
