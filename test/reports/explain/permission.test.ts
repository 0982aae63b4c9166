// Every grant of the map, in each notation that users have for it, leads `explain` back to the rule that asks for it.
import * as assert from 'uvu/assert'
import { explain } from '../../../src/reports/explain/explain.ts'
import { ruledComponents, rulesOf } from '../../../src/rules/map/load.ts'
import { describe } from '../../harness.ts'

/** The rules that `explain` names for a question. */
function askedBy(question: string): readonly string[] {
  const found = explain(question)
  return found.kind === 'grant' ? found.askedBy.map(({ rule }) => rule) : []
}

const notations: readonly (readonly [
  title: string,
  of: (group: string, resource: string, verb: string) => readonly string[],
])[] = [
  ['resource and verb', (_, resource, verb) => [`${resource} ${verb}`]],
  ['resource.group, as kubectl prints it', (group, resource, verb) => [`${dotted(group, resource)} ${verb}`]],
  ['resource.group without a verb', (group, resource) => [dotted(group, resource)]],
  ['a grant line', (group, resource, verb) => [`cluster ${dotted(group, resource)} ${verb}`]],
  ['a grant line of one object', (group, resource, verb) => [`. ${dotted(group, resource)}[name] ${verb}`]],
  ['group/resource', (group, resource, verb) => (group === '' ? [] : [`${group}/${resource} ${verb}`])],
  ['group and resource', (group, resource, verb) => (group === '' ? [] : [`${group} ${resource} ${verb}`])],
]

const dotted = (group: string, resource: string): string => (group === '' ? resource : `${resource}.${group}`)

describe('explain of a grant', it => {
  for (const [title, of] of notations) {
    it(`names every rule that asks for it: ${title}`, () => {
      let asked = 0
      for (const component of ruledComponents()) {
        for (const [id, { allow }] of Object.entries(rulesOf(component)?.grants ?? {})) {
          const questions = (allow.groups ?? ['']).flatMap(group =>
            allow.resources.flatMap(resource => allow.verbs.flatMap(verb => of(group, resource, verb))),
          )
          asked += questions.length
          for (const question of questions) assert.ok(askedBy(question).includes(`${component}#${id}`), question)
        }
      }
      assert.ok(asked > 20, `${asked} questions`)
    })
  }

  it('names every rule that asks for a URL', () => {
    for (const component of ruledComponents()) {
      for (const [id, { paths, verbs }] of Object.entries(rulesOf(component)?.urls ?? {})) {
        for (const path of paths)
          for (const verb of verbs) assert.ok(askedBy(`url ${path} ${verb}`).includes(`${component}#${id}`), path)
      }
    }
  })

  for (const verb of ['impersonate', 'impersonate:user-info', 'impersonate-on:associated-node:list', 'bind', 'attest'])
    it(`knows the verb ${verb}, which no component asks for`, () => {
      const found = explain(`cluster users.authentication.k8s.io ${verb}`)
      assert.is(found.kind === 'grant' && found.askedBy.length, 0)
      if (verb.startsWith('impersonate'))
        assert.match(found.kind === 'grant' ? (found.risk ?? '') : '', 'acts as other')
    })
  it('knows no verb that nothing asks the authorizer for', () =>
    assert.is(explain('users impersonate:anyone').kind, 'unknown'))

  it('takes a word before a slash for a group only where it is one', () => {
    const found = explain('nodes/proxy get')
    assert.is(found.kind === 'grant' && found.wanted.kind === 'resource' && found.wanted.resource, 'nodes/proxy')
    assert.equal(askedBy('extensions/replicasets list'), [])
  })
})
