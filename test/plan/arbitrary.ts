import fc from 'fast-check'
import type { Grant, ResourceGrant, UrlGrant } from '../../src/kubernetes/grant.ts'
import type { Reason } from '../../src/rules/requirement.ts'

const namespace = fc.constantFrom(null, null, '.', 'a', 'b')

const resourceGrant = (
  groups: readonly string[],
  resources: readonly string[],
  verbs: readonly string[],
  names: readonly string[],
): fc.Arbitrary<ResourceGrant> =>
  fc.record(
    {
      kind: fc.constant('resource' as const),
      namespace,
      group: fc.constantFrom(...groups),
      resource: fc.constantFrom(...resources),
      name: fc.constantFrom(null, null, ...names),
      verb: fc.constantFrom(...verbs),
    },
    { noNullPrototype: true },
  )

const urlGrant = (urls: readonly string[], verbs: readonly string[]): fc.Arbitrary<UrlGrant> =>
  fc.record(
    { kind: fc.constant('url' as const), url: fc.constantFrom(...urls), verb: fc.constantFrom(...verbs) },
    { noNullPrototype: true },
  )

const plainResources = ['pods', 'pods/log', 'nodes', 'nodes/log']
const plainUrls = ['/', '/metrics', '/metrics/cadvisor', '/apis']
const plainVerbs = ['get', 'list', 'watch']

/** Grants as configurations need them: without wildcards, but at the end of a URL. */
export const plainGrants: fc.Arbitrary<readonly Grant[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: resourceGrant(['', 'apps'], plainResources, plainVerbs, ['x', 'y']) },
    { weight: 1, arbitrary: urlGrant([...plainUrls, '/metrics*'], plainVerbs) },
  ),
  { maxLength: 24 },
)

/** Grants as roles hold them, with every wildcard that a rule may have. */
export const wildGrant: fc.Arbitrary<Grant> = fc.oneof(
  {
    weight: 4,
    arbitrary: resourceGrant(
      ['', 'apps', '*'],
      [...plainResources, '*', '*/log', 'pods/*'],
      [...plainVerbs, '*'],
      ['x', 'y', ''],
    ),
  },
  { weight: 1, arbitrary: urlGrant([...plainUrls, '*', '/*', '/m*', '/m**', '/metrics/*'], [...plainVerbs, '*']) },
)

export const wildGrants: fc.Arbitrary<readonly Grant[]> = fc.array(wildGrant, { maxLength: 24 })

/** A reason that demands something by the rule of a name. */
export function reason(rule: string, certainty: Reason['certainty'] = 'certain', start = 0): Reason {
  const span = { source: { path: 'config.alloy', text: '' }, start, end: start + 1 }
  return { component: 'c', rule, certainty, span, related: [], evidence: [`evidence of ${rule}`] }
}

/** Checks a property with a seed of its own, which a failure prints. */
export function holds<T extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<T>, numRuns = 500): void {
  fc.assert(property, { numRuns })
}
