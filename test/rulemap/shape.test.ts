import * as assert from 'uvu/assert'
import { components, conditions } from '#rulemap/components'
import { examples } from '#rulemap/examples'
import { describeProblem } from '../../scripts/rulemap.ts'
import { describe, source } from '../harness.ts'
import { map, parsed } from './map.ts'

const sound = source`
  components:
    a.b:
      about: Does one thing.
      grants:
        pods:
          when: [{ x: 1 }, { $not: { y.z: { set: true } }, $alloy: '>=1.2.0 <1.18.0' }]
          scope: { names: namespaces.names, own: { namespaces.own: true } }
          allow: { resources: [pods], verbs: [list, watch] }
          evidence: [code]
      evidence:
        code:
          at: owner/name@v1.2.3:path/of/file.go#L1-L20
          says: The code lists and watches.
  `

describe('shape', it => {
  it('holds for every file', () => {
    assert.equal(map.problems.map(describeProblem), [])
  })

  it('accepts a sound entry', () => {
    const { entries, problems } = parsed(sound)
    assert.equal(problems, [])
    assert.equal(
      entries.map(({ name, line }) => [name, line]),
      [['a.b', 2]],
    )
  })

  const bad: readonly (readonly [title: string, from: string, to: string, line: number, message: RegExp])[] = [
    ['an unknown key of an entry', 'grants:', 'grunts:', 4, /"grunts" is not known here/],
    ['an unknown key of a rule', 'allow: {', 'alow: {', 8, /"alow" is not known here/],
    ['an unknown key of allow', 'verbs: [', 'verb: [', 8, /"verb" is not known here/],
    ['a rule without evidence', '        evidence: [code]\n', '', 5, /"evidence" is missing/],
    [
      'a component that demands nothing and does not say so',
      'grants:',
      'notes:',
      2,
      /at least one of grants, urls, req/,
    ],
    ['an unknown word in a condition', '$not:', '$nor:', 6, /"\$nor" is not known here/],
    ['an unknown test in a condition', '{ set: true }', '{ sit: true }', 6, /"sit" is not known here/],
    ['a range that is none', '>=1.2.0', '=>1.2', 6, /version range/],
    [
      'an unknown scope',
      '{ names: namespaces.names, own: { namespaces.own: true } }',
      'galaxy',
      7,
      /one of cluster, own/,
    ],
    [
      'a scope of two kinds',
      'own: { namespaces.own: true }',
      'namespace: x',
      7,
      /exactly one of namespace, names, targets/,
    ],
    ['a resource with a capital', '[pods]', '[Pods]', 8, /pattern/],
    ['evidence without lines', '#L1-L20', '', 12, /repository@tag:path/],
    ['a statement that is no sentence', 'Does one thing.', 'Does one thing', 3, /full stop/],
    ['a component with a bad name', 'a.b:', 'a/b:', 2, /"a\/b" is not known here/],
    ['a component of another family', 'a.b:', 'ab.c:', 2, /does not begin with a, the name of its file/],
    ['a repeated key', 'about: Does', 'evidence: {}\n    about: Does', 11, /unique/],
  ]
  for (const [title, from, to, line, message] of bad) {
    it(`catches ${title} at its line`, () => {
      assert.ok(sound.includes(from), 'the text to replace is there')
      const { problems } = parsed(sound.replace(from, to))
      const found = problems.find(problem => message.test(problem.message))
      assert.ok(found, problems.map(describeProblem).join('\n'))
      assert.is(found.line, line)
    })
  }

  it('leaves out the entries of a file with problems', () => {
    assert.equal(parsed(sound.replace('#L1-L20', '')).entries, [])
  })

  it('catches a condition that conditions.yaml lacks, and accepts one that it has', () => {
    const text = sound.replace('{ x: 1 }', '{ $use: own-identity, $at: client }')
    assert.match(parsed(text).problems[0]!.message, /uses the condition "own-identity"/)
    const conditions =
      'conditions: { own-identity: { about: Asks as this pod., when: { api_server: { set: false } } } }'
    const { problems, conditions: shared } = parsed(text, 'components/a.yaml', conditions)
    assert.equal(problems, [])
    assert.equal(Object.keys(shared), ['own-identity'])
  })

  it('catches text that is no YAML', () => {
    const { problems } = parsed('components:\n  a.b: {\n')
    assert.is(problems.length > 0, true)
  })
})

describe('compiled rules', it => {
  it('hold every component without its examples and the hashes of its evidence, and the examples apart', () => {
    assert.equal(
      Object.keys(components),
      map.entries.map(({ name }) => name),
    )
    for (const { name, rules } of map.entries) {
      const { examples: own, ...rest } = rules
      const evidence = Object.entries(rest.evidence).map(([key, { blob: _, ...shown }]) => [key, shown])
      assert.equal(JSON.parse(components[name]!), { ...rest, evidence: Object.fromEntries(evidence) })
      assert.equal(name in examples ? JSON.parse(examples[name]!) : undefined, own)
    }
  })

  it('hold the shared conditions', () => {
    for (const [name, { when }] of Object.entries(map.conditions)) assert.equal(conditions[name], when)
    assert.equal(Object.keys(conditions), Object.keys(map.conditions))
  })
})
