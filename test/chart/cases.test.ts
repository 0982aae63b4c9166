import { readdirSync, readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { unnested } from '../../src/chart/nesting.ts'
import { proveValues } from '../../src/chart/prove/prove.ts'
import { chartVersions, findRelease } from '../../src/chart/release/releases.ts'
import { values } from '../../src/chart/values.ts'
import { describe, root } from '../harness.ts'
import { planOf } from './plans.ts'

/** The grants that the cases of `test/cases` expect, those of several cases once. */
function expectations(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const name of readdirSync(`${root}test/cases`).sort()) {
    const [grants = ''] = readFileSync(`${root}test/cases/${name}/expected.txt`, 'utf8').trimEnd().split('\n\n')
    if (!grants.startsWith('exit ') && !found.has(grants)) found.set(grants, name)
  }
  return found
}

describe('chart/cases', it => {
  for (const [grants, name] of expectations()) {
    it(`${name} holds on every chart`, () => {
      const lines = grants === 'nothing' ? [] : grants.split('\n').map(line => line.replace(/ assumed$/, ''))
      const plan = planOf(lines)
      for (const version of chartVersions) {
        const release = findRelease(version).value!
        // Before 1.4.0 the values hold no rules: two of those charts stand for all.
        if (!release.configurable && version !== '0.11.0' && version !== '1.3.1') continue
        const options = {
          release,
          alloy: release.alloy,
          kubernetes: '1.34',
          tool: 'alloy-rbac 0.1.0',
          only: 'rbac',
        } as const
        const { text, beyond, placement, pod } = values(plan, options).value!
        assert.is.not(placement, 'manifests')
        proveValues(text, {
          release,
          plan,
          beyond,
          rules: 'values',
          pod,
          nesting: unnested,
          namespace: null,
          user: null,
        })
      }
    })
  }
})
