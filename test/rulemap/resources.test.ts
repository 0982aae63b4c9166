import * as assert from 'uvu/assert'
import { kubernetes } from '#rulemap/kubernetes'
import { compareVerbs } from '../../src/kubernetes/grant.ts'
import type { ResourceTable } from '../../src/kubernetes/resources.ts'
import { compareText } from '../../src/text/compare-text.ts'
import { compareMinors } from '../../src/version.ts'
import { describe } from '../harness.ts'

type Entry = ResourceTable['groups'][string]['resources'][string]

/** What is wrong with the table of resources. */
function problems({ newest, groups }: ResourceTable): readonly string[] {
  const sorted = (names: readonly string[]) =>
    names.every((name, at) => at === 0 || compareText(names[at - 1]!, name) < 0)
  return [
    ...(sorted(Object.keys(groups)) ? [] : ['groups are not sorted']),
    ...Object.entries(groups).flatMap(([group, { open = false, resources }]) => [
      ...(sorted(Object.keys(resources)) ? [] : [`resources of ${group} are not sorted`]),
      ...Object.entries(resources).flatMap(([name, entry]) =>
        problemsOf(name, entry, open ? null : resources, newest).map(problem => `${name}.${group} ${problem}`),
      ),
    ]),
  ]
}

function problemsOf(
  name: string,
  { scope, verbs, since, until, virtual }: Entry,
  siblings: Readonly<Record<string, Entry>> | null,
  newest: string,
): readonly string[] {
  const minor = /^1\.[1-9]\d$/
  const [parent = ''] = name.split('/')
  const list = verbs.split(',')
  return [
    ...(/^[a-z][a-zA-Z]*(\/[a-z]+)?$/.test(name) ? [] : ['is no resource']),
    ...(scope === 'cluster' || scope === 'namespaced' ? [] : ['has no scope']),
    ...(list.every(verb => /^[a-z-]+(:[a-z-]+)?$/.test(verb)) ? [] : ['has a verb that is none']),
    ...(list.every((verb, at) => at === 0 || compareVerbs(list[at - 1]!, verb) < 0) ? [] : ['has verbs out of order']),
    ...([since, until].every(each => each === undefined || minor.test(each)) ? [] : ['has a release that is none']),
    ...(since !== undefined && until !== undefined && compareMinors(since, until) >= 0
      ? ['ends before it begins']
      : []),
    ...(compareMinors(since ?? newest, newest) > 0 || compareMinors(until ?? newest, newest) > 0
      ? ['is of a release that is not known']
      : []),
    ...(siblings !== null && siblings[parent] === undefined ? ['hangs below nothing'] : []),
    // What nothing serves is asked for without an object: resourceclaims/binding is.
    ...(!virtual && siblings?.[parent] !== undefined && siblings[parent].scope !== scope
      ? ['is not where its resource is']
      : []),
  ]
}

const pods: Entry = { scope: 'namespaced', verbs: 'get,list' }
const table = (resources: Readonly<Record<string, unknown>>): ResourceTable => ({
  newest: '1.34',
  groups: { '': { resources: resources as Record<string, Entry> } },
})

const bad: readonly [problem: string, table: ResourceTable][] = [
  ['groups are not sorted', { newest: '1.34', groups: { b: { resources: {} }, a: { resources: {} } } }],
  ['resources of  are not sorted', table({ pods, events: pods })],
  ['Pods. is no resource', table({ Pods: pods })],
  ['pods. has no scope', table({ pods: { verbs: 'get' } })],
  ['pods. has a verb that is none', table({ pods: { ...pods, verbs: 'get,*' } })],
  ['pods. has verbs out of order', table({ pods: { ...pods, verbs: 'list,get' } })],
  ['pods. has a release that is none', table({ pods: { ...pods, since: '1.2.3' } })],
  ['pods. ends before it begins', table({ pods: { ...pods, since: '1.20', until: '1.20' } })],
  ['pods. is of a release that is not known', table({ pods: { ...pods, since: '1.35' } })],
  ['pods/log. hangs below nothing', table({ 'pods/log': pods })],
  ['pods/log. is not where its resource is', table({ pods, 'pods/log': { ...pods, scope: 'cluster' } })],
]

describe('table of resources', it => {
  it('is sound', () => assert.equal(problems(kubernetes), []))
  for (const [problem, faulty] of bad) it(`catches: ${problem}`, () => assert.equal(problems(faulty), [problem]))
})
