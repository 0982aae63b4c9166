import * as assert from 'uvu/assert'
import type { Entry } from '../../scripts/rulemap.ts'
import type { Example } from '../../src/rules/map/example.ts'
import { describe, source } from '../harness.ts'
import { derived } from './derived.ts'
import { demands, entries, map } from './map.ts'

const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .sort()

/** How what an example needs differs from what it expects. */
function differences(entry: Entry, example: Example): readonly string[] {
  const { grants, privileges } = derived(entry, example)
  return [
    ...difference(grants, lines(example.expect)),
    ...(example.privileges === undefined ? [] : difference(privileges, lines(example.privileges))),
  ].map(each => `${entry.name}, "${example.title}": ${each}`)
}

const difference = (found: readonly string[], expected: readonly string[]): readonly string[] => [
  ...expected.filter(line => !found.includes(line)).map(line => `expected ${line}`),
  ...found.filter(line => !expected.includes(line)).map(line => `found ${line}`),
]

/** What the examples of an entry leave unseen: rules that none takes, conditions that all hold, titles used twice. */
function gaps(entry: Entry): readonly string[] {
  const { name, rules } = entry
  const examples = rules.examples ?? []
  const titles = examples.map(({ title }) => title)
  const twice = titles.filter((title, at) => titles.indexOf(title) !== at)
  const runs = examples.map(example => derived(entry, example).rules)
  const found = twice.map(title => `${name} has two examples "${title}"`)
  for (const { kind, id, rule } of demands(entry)) {
    const full = `${name}#${id}`
    const asks = kind === 'grants' || kind === 'urls'
    const isConditional = rule.when !== undefined || kind === 'requests' || (asks && rules.identity !== undefined)
    if (!runs.some(taken => taken.has(full))) found.push(`no example takes ${full}`)
    if (isConditional && runs.every(taken => taken.has(full))) found.push(`every example takes ${full}`)
  }
  return found
}

describe('examples', it => {
  for (const entry of map.entries) {
    if (!entry.rules.examples) continue
    it(`of ${entry.name} need what they expect`, () => {
      assert.equal(
        entry.rules.examples!.flatMap(example => differences(entry, example)),
        [],
      )
    })
  }

  it('take every rule, and every condition both ways', () => {
    assert.equal(map.entries.flatMap(gaps), [])
  })

  const sound = source`
    components:
      a.b:
        about: Does one thing.
        grants:
          pods: { allow: { resources: [pods], verbs: [list] }, evidence: [code] }
          nodes: { when: { nodes: true }, allow: { resources: [nodes], verbs: [get] }, evidence: [code] }
        evidence:
          code: { at: 'o/r@v1:a.go#L1-L2', says: It lists pods. }
        examples:
          - title: without nodes
            config: a.b "x" { }
            expect: cluster pods list
          - title: with nodes
            config: a.b "x" { nodes = true }
            expect: |
              cluster nodes get
              cluster pods list
            privileges: ''
    `
  const judge = (text: string): string =>
    entries(text)
      .flatMap(entry => [
        ...gaps(entry),
        ...(entry.rules.examples ?? []).flatMap(example => differences(entry, example)),
      ])
      .join('\n')
  it('hold in a sound entry', () => assert.is(judge(sound), ''))
  const bad: readonly (readonly [title: string, from: string, to: string, message: RegExp])[] = [
    ['a missing grant', 'expect: cluster pods list', "expect: ''", /"without nodes": found cluster pods list/],
    ['a grant too many', 'cluster nodes get', 'cluster nodes list', /"with nodes": expected cluster nodes list/],
    ['a missing privilege', "privileges: ''", 'privileges: pod token', /"with nodes": expected pod token/],
    ['a rule that no example takes', 'nodes = true', 'nodes = false', /no example takes a\.b#nodes/],
    ['a condition that every example takes', '"x" { }', '"x" { nodes = true }', /every example takes a\.b#nodes/],
    ['a title used twice', 'title: with nodes', 'title: without nodes', /two examples "without nodes"/],
    ['a component without examples', sound.slice(sound.indexOf('    examples:')), '', /no example takes a\.b#pods/],
  ]
  for (const [title, from, to, message] of bad) {
    it(`catch ${title}`, () => {
      assert.ok(sound.includes(from), 'the text to replace is there')
      assert.match(judge(sound.replace(from, to)), message)
    })
  }

  it('catch a configuration that does not parse', () => {
    assert.throws(() => judge(sound.replace('a.b "x" { }', 'a.b "x" {')), /expected/)
  })
})
