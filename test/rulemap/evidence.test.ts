import * as assert from 'uvu/assert'
import type { Entry } from '../../scripts/rulemap.ts'
import { describe, source } from '../harness.ts'
import { demands, entries, map } from './map.ts'

/** What is wrong with the citations of an entry. */
function problems(entry: Entry): readonly string[] {
  const { name, rules } = entry
  const known = new Set(Object.keys(rules.evidence))
  const cited = new Set<string>()
  const found: string[] = []
  for (const { id, rule } of demands(entry)) {
    for (const key of rule.evidence) {
      cited.add(key)
      if (!known.has(key)) found.push(`${name}#${id} cites "${key}", which is not there`)
    }
  }
  const uncited = [...known].filter(key => !cited.has(key))
  const needsNothing = Object.keys(rules.grants ?? { some: 1 }).length === 0 && !rules.urls && !rules.requests
  if (needsNothing && uncited.length === 0) found.push(`${name} states that it needs nothing and no evidence for it`)
  // What no rule cites supports the statement that there are no grants.
  if (!needsNothing) found.push(...uncited.map(key => `nothing in ${name} cites "${key}"`))
  for (const [key, { at }] of Object.entries(rules.evidence)) {
    const [, from, to] = at.match(/#L(\d+)(?:-L(\d+))?$/) ?? []
    if (to !== undefined && Number(to) < Number(from)) found.push(`${name}, ${key}: the last line is before the first`)
  }
  return found
}

describe('evidence', it => {
  it('is cited by every rule, all of it, with lines in order', () => {
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
      a.c:
        about: Does nothing there.
        grants: {}
        evidence:
          imports: { at: 'o/r@v1:a.go#L1-L2', says: It has no client. }
    `
  const bad: readonly (readonly [title: string, from: string, to: string, message: RegExp])[] = [
    ['a citation of nothing', '[code]', '[cod]', /a\.b#pods cites "cod"/],
    [
      'evidence that nothing cites',
      '      code:',
      '      more: { at: "o/r@v1:a.go#L1", says: It is more of it. }\n      code:',
      /cites "more"/,
    ],
    ['lines out of order', '#L1-L2', '#L3-L2', /last line is before/],
  ]
  it('accepts sound entries', () => assert.equal(entries(text).flatMap(problems), []))
  for (const [title, from, to, message] of bad) {
    it(`catches ${title}`, () => {
      assert.ok(text.includes(from))
      assert.match(entries(text.replace(from, to)).flatMap(problems).join('\n'), message)
    })
  }

  it('catches a statement of no needs whose evidence belongs to a privilege', () => {
    const privilege = `privileges: { root: { pod: [root], evidence: [imports] } }\n    evidence:\n      imports`
    const changed = text.replace(/evidence:\n {6}imports/, privilege)
    assert.match(entries(changed).flatMap(problems).join('\n'), /states that it needs nothing and no evidence/)
  })
})
