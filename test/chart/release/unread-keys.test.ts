import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { chartVersions, findRelease, keysOf, type Release } from '../../../src/chart/release/releases.ts'
import { unreadKeys } from '../../../src/chart/release/unread-keys.ts'
import { readYaml } from '../../../src/input/yaml/parse-yaml.ts'
import { describe } from '../../harness.ts'

const releaseOf = (version: string): Release => findRelease(version).value!

function unread(text: string, version: string): readonly string[] {
  const [values] = readYaml({ path: 'values.yaml', text }).value
  if (values?.kind !== 'map') throw new Error(`not values: ${text}`)
  return unreadKeys(values, releaseOf(version)).map(({ message, help }) => `${message} (${help})`)
}

/** Keys of parent charts count for all of them. */
const isOwn = (key: string): boolean => !key.startsWith('global.') && key !== 'namespaceOverride'

/** Values that set one key. */
const setting = (path: string): string => path.split('.').reduceRight((inner, key) => `{${key}: ${inner}}`, 'true')

const cases: readonly (readonly [title: string, values: string, says: string | null, version?: string])[] = [
  ['a configuration under another key', 'alloy: {config: "a = 1\\nb = 2\\n"}', 'did you mean alloy.configMap.content?'],
  ['a key in other letters', 'controller: {hostPid: true}', 'did you mean controller.hostPID?'],
  ['a key in the plural', 'controller: {tolerationss: []}', 'did you mean controller.tolerations?'],
  ['a key of another chart', 'rbac: {extraClusterRoleRules: []}', 'did you mean rbac.clusterRules?'],
  ['a key in the wrong section', 'hostNetwork: true', 'did you mean controller.hostNetwork?'],
  ['a key beside the section it belongs in', 'configMap: {content: "a"}', 'remove the key'],
  ['a key of a later release', 'rbac: {rules: []}', 'grant with extraObjects, or use chart 1.4.0 or newer', '1.3.1'],
  ['a section of a later release', 'networkPolicy: {enabled: true}', 'use chart 1.1.2 or newer', '1.1.1'],
  ['a key below a map that goes into the manifest', 'alloy: {securityContext: {anything: 1}}', null],
  ['a key that only the templates name', 'ingress: {ingressClassName: nginx}', null],
  ['the namespace before the values listed it', 'namespaceOverride: obs', null, '0.5.0'],
  ['the former name of the section', 'agent: {mode: flow}', null],
  ['what belongs to a parent chart', 'global: {cluster: a}\nenabled: true\ntags: {a: true}', null],
  ['what only holds an anchor', 'x-labels: &l {a: b}\n_common: 1\n.hidden: 2', null],
  ['a key that is deleted', 'controller: {hostProcesses: null}', null],
]

describe('keys that a chart does not read', it => {
  for (const [title, values, says, version = '1.11.1'] of cases)
    it(title, () => {
      const found = unread(values, version)
      if (says === null) assert.equal(found, [])
      else {
        assert.is(found.length, 1, found.join('\n'))
        assert.match(found[0] ?? '', says)
      }
    })
  it('are none of those that its own values list', () => {
    for (const version of chartVersions)
      for (const key of keysOf(version)) assert.equal(unread(setting(key), version), [], `${version} ${key}`)
  })
  it('are those of later releases, with the release that reads them', () => {
    const newest = keysOf(chartVersions.at(-1) ?? '')
    for (const version of chartVersions) {
      const known = new Set(keysOf(version))
      for (const key of newest.filter(each => !known.has(each) && isOwn(each)))
        assert.match(
          unread(setting(key), version).join(),
          /which exists since chart \d+\.\d+\.\d+: Helm ignores it/,
          `${version} ${key}`,
        )
    }
  })
  it('are those that lack a letter', () => {
    const keys = keysOf('1.11.1').filter(isOwn)
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.nat(), (key, at) => {
        const start = key.lastIndexOf('.') + 1
        const gap = start + (at % (key.length - start))
        const misspelled = key.slice(0, gap) + key.slice(gap + 1)
        if (misspelled.endsWith('.') || misspelled === '' || keys.includes(misspelled)) return
        assert.is(unread(setting(misspelled), '1.11.1').length, 1, misspelled)
      }),
      { seed: 5, numRuns: 200 },
    )
  })
})
