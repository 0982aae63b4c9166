import * as assert from 'uvu/assert'
import { charts } from '#rulemap/charts'
import { valueAt } from '../../../src/chart/json.ts'
import { defaultGrants } from '../../../src/chart/release/default-grants.ts'
import {
  chartVersions,
  defaultOf,
  defaultValues,
  findRelease,
  knowsKey,
  newestChart,
} from '../../../src/chart/release/releases.ts'
import { compareVersions } from '../../../src/version.ts'
import { describe } from '../../harness.ts'

const release = (version: string) => findRelease(version).value!

describe('chart/history', it => {
  it('knows every release, oldest first', () => {
    assert.is(chartVersions.length, 55)
    assert.equal([chartVersions[0], chartVersions.at(-1)], ['0.1.0', newestChart])
    assert.equal([...chartVersions].sort(compareVersions), chartVersions)
  })

  it('asks for the newest release when no version is given', () => {
    assert.is(findRelease(null).value!.version, newestChart)
    assert.is(findRelease('v1.5.3').value!.version, '1.5.3')
  })

  it('takes a newer version for the newest known, with a warning', () => {
    const { value, diagnostics } = findRelease('9.0.0')
    assert.is(value!.version, newestChart)
    assert.equal(
      diagnostics.map(({ code, severity }) => [code, severity]),
      [['ARB501', 'warning']],
    )
  })

  for (const version of ['0.0.9', '1.4.7', 'latest', '1.11', '', '__proto__']) {
    it(`refuses ${JSON.stringify(version)}, which was never released`, () => {
      const { value, diagnostics } = findRelease(version)
      assert.is(value, null)
      assert.equal(
        diagnostics.map(({ code }) => code),
        ['ARB502'],
      )
    })
  }

  const counts: readonly (readonly [version: string, alloy: string, grants: number, configurable: boolean])[] = [
    ['0.1.0', '1.0.0', 109, false],
    ['0.12.5', '1.7.4', 109, false],
    ['0.12.6', '1.7.5', 112, false],
    ['1.3.1', '1.11.2', 112, false],
    ['1.4.0', '1.11.3', 94, true],
    ['1.5.2', '1.12.2', 97, true],
    ['1.5.3', '1.12.2', 97, true],
    ['1.11.1', '1.18.1', 97, true],
  ]
  for (const [version, alloy, grants, configurable] of counts) {
    it(`holds ${grants} default grants for ${version}, of Alloy ${alloy}`, () => {
      const found = release(version)
      assert.is(found.alloy, alloy)
      assert.is(found.configurable, configurable)
      assert.is(defaultGrants(found).length, grants)
    })
  }

  it('keeps the order and the comments of the default blocks', () => {
    const { rules, clusterRules } = release('1.4.0')
    assert.is(rules[0]!.comment, 'Rules required for the `discovery.kubernetes` component.')
    assert.equal(
      rules.map(({ resources }) => resources![0]),
      ['endpoints', 'pods', 'podlogs', 'prometheusrules', 'podmonitors', 'events', 'configmaps', 'replicasets'],
    )
    assert.equal(
      clusterRules.map(({ resources, nonResourceURLs }) => resources ?? nonResourceURLs),
      [['nodes', 'nodes/proxy', 'nodes/metrics'], ['/metrics']],
    )
  })

  const keys: readonly (readonly [version: string, key: string, known: boolean])[] = [
    ['0.10.1', 'extraObjects', false],
    ['0.11.0', 'extraObjects', true],
    ['1.3.1', 'rbac.rules', false],
    ['1.4.0', 'rbac.namespaces', true],
    ['0.12.1', 'serviceAccount.automountServiceAccountToken', false],
    ['0.12.2', 'serviceAccount.automountServiceAccountToken', true],
    ['0.1.0', 'alloy.securityContext.capabilities.add', true],
    ['1.11.1', 'alloy.storagePath.below', false],
    ['1.11.1', 'controller.hostIPC', false],
    ['1.11.1', 'alloy', false],
    ['1.11.1', 'constructor', false],
  ]
  for (const [version, key, known] of keys) {
    it(`says that ${version} ${known ? 'reads' : 'ignores'} ${key}`, () =>
      assert.is(knowsKey(release(version), key), known))
  }

  it('gives a default as it was at the release', () => {
    assert.equal(defaultOf(release('1.11.0'), 'configReloader.securityContext'), {})
    assert.is(valueAt(defaultOf(release('1.11.1'), 'configReloader.securityContext')!, 'runAsUser'), 65534)
    assert.is(defaultOf(release('0.10.1'), 'extraObjects'), undefined)
    assert.is(valueAt(defaultValues(release('1.11.1')), 'alloy.storagePath'), '/tmp/alloy')
  })

  it('cites a file of a tag for every era and every statement on templates', () => {
    for (const { evidence } of [...charts.eras, ...Object.values(charts.templates)]) {
      assert.match(
        evidence.at,
        /^grafana\/alloy@helm-chart\/\d+\.\d+\.\d+:operations\/helm\/charts\/alloy\/[\w./]+(#L[\d,L-]+)?$/,
      )
      assert.match(evidence.blob, /^[0-9a-f]{40}$/)
    }
  })
})
