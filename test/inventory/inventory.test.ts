import * as assert from 'uvu/assert'
import {
  blockOf,
  blockRange,
  componentNames,
  componentOf,
  history,
  isBeyond,
  judgedBy,
  knownReleases,
  nearestComponent,
  newestRelease,
  servicesOf,
} from '../../src/inventory/inventory.ts'
import { type Allowed, checkComponent, checkConfigurationBlock, checkStability } from '../../src/inventory/stability.ts'
import type { Span } from '../../src/source.ts'
import { describe } from '../harness.ts'

const span: Span = { source: { path: 'config.alloy', text: '' }, start: 0, end: 0 }

describe('a component in a release', it => {
  const cases: readonly [name: string, release: string, expected: string][] = [
    ['discovery.kubernetes', '1.0.0', 'generally-available, exports targets'],
    ['beyla.ebpf', '1.7.5', 'public-preview, exports targets'],
    ['beyla.ebpf', 'v1.8.0', 'generally-available, exports targets'],
    ['database_observability.postgres', '1.13.2', 'public-preview, exports targets'],
    ['database_observability.postgres', '1.14.0', 'public-preview, exports logs_receiver,targets'],
    ['loki.rules.kubernetes', '1.18.1', 'generally-available, exports '],
    ['otelcol.exporter.datadog', '1.18.1', 'community, exports input'],
    ['mimir.alerts.kubernetes', '1.11.3', 'from 1.12.0 to null'],
    ['otelcol.exporter.logging', '1.4.3', 'generally-available, exports input'],
    ['otelcol.exporter.logging', '1.5.0', 'from 1.0.0 to 1.5.0'],
    ['discovery.kuberntes', '1.18.1', 'unknown, discovery.kubernetes?'],
    ['otelcol.exporter.loging', '1.18.1', 'unknown, null?'],
    ['otelcol.exporter.loging', '1.4.3', 'unknown, otelcol.exporter.logging?'],
    ['toString', '1.18.1', 'unknown, null?'],
    ['otelcol.receiver.kubeletstats', '1.18.1', 'unknown, null?'],
  ]
  for (const [name, release, expected] of cases)
    it(`${name} in ${release}`, () => {
      assert.is(found(name, release), expected)
    })
})

function found(name: string, release: string): string {
  const standing = componentOf(name, release)
  if (standing.kind === 'unknown') return `unknown, ${nearestComponent(name, release)}?`
  if (standing.kind !== 'known') return `from ${standing.range.since} to ${standing.range.until ?? null}`
  return `${standing.component.stability}, exports ${standing.component.exports.join()}`
}

describe('the inventory', it => {
  it('knows how many components each release has', () => {
    const count = (release: string) => componentNames.filter(each => componentOf(each, release).kind === 'known').length
    assert.equal(['1.0.0', '1.6.0', '1.12.2', '1.18.1', '1.19.0-rc.3'].map(count), [134, 152, 173, 184, 184])
  })
  it('knows all releases, oldest first', () => {
    assert.is(knownReleases.length, 57)
    assert.is(knownReleases[0], '1.0.0')
    assert.is(newestRelease, '1.18.1')
  })
  it('ends with what is known of the next release', () => {
    const versions = ['1.18.1', '1.18.2', '1.19.0-rc.3', '1.19.0', '1.20.0']
    assert.equal(versions.map(isBeyond), [false, true, false, false, true])
  })
  it('takes an earlier candidate of the next release for the one that is known', () => {
    const judged = ['1.18.1', '1.18.2', '1.19.0-rc.0', '1.19.0', '1.20.0'].map(judgedBy)
    assert.equal(judged, ['1.18.1', '1.18.2', '1.19.0-rc.3', '1.19.0', '1.20.0'])
  })
})

describe('a configuration block', it => {
  it('has a label or not, and a place', () => {
    const { label, in: place, body } = blockOf('import.git', '1.18.1')!
    assert.equal([label, place, body], ['required', 'any', 'importsource.GitArguments'])
  })
  it('is not there before its first release', () => {
    assert.is(blockOf('foreach', '1.6.1'), null)
    assert.equal(blockRange('foreach'), { since: '1.7.0' })
    assert.is(blockRange('no.such'), null)
  })
  it('may have become stable', () => {
    assert.is(blockOf('remotecfg', '1.6.1')?.stability, 'public-preview')
    assert.is(blockOf('remotecfg', '1.7.0')?.stability, 'generally-available')
  })
  it('that stands at the root is a service', () => {
    const listed = (release: string) =>
      [...servicesOf(release)].map(([name, each]) => `${name} ${each.label} ${each.loads}`)
    const always = [
      'http none null',
      'labelstore none null',
      'logging ignored null',
      'remotecfg none url',
      'tracing ignored null',
    ]
    assert.equal(listed('1.18.1').sort(), [...always, 'livedebugging none null'].sort())
    assert.equal(listed('1.1.1').sort(), always)
  })
})

describe('a component that is judged', it => {
  const cases: readonly [name: string, release: string, expected: string][] = [
    ['discovery.kubernetes', '1.18.1', ''],
    [
      'discovery.kuberntes',
      '1.18.1',
      'ARB301 discovery.kuberntes is not a component of any known Alloy release; did you mean discovery.kubernetes?',
    ],
    ['cluster', '1.18.1', 'ARB301 cluster is not a component of any known Alloy release; null'],
    [
      'otelcol.exporter.logging',
      '1.18.1',
      'ARB303 otelcol.exporter.logging was removed in Alloy 1.5.0; this is Alloy 1.18.1; set the release with --alloy-version, or use a component that this release has',
    ],
    [
      'otelcol.exporter.debug',
      '1.2.1',
      'ARB303 otelcol.exporter.debug was added in Alloy 1.3.0; this is Alloy 1.2.1; set the release with --alloy-version, or use a component that this release has',
    ],
  ]
  for (const [name, release, expected] of cases)
    it(`${name} in ${release}`, () => {
      const found = checkComponent(name, span, release)
      assert.is(found.map(({ code, message, help }) => `${code} ${message}; ${help}`).join('\n'), expected)
    })
})

describe('a configuration block that is judged', it => {
  const lines = (name: string, release: string, level: Allowed['level']) =>
    checkConfigurationBlock(name, span, release, { level, community: null }).map(
      ({ code, message }) => `${code} ${message}`,
    )
  it('may be of another release', () => {
    assert.equal(lines('livedebugging', '1.1.1', null), [
      'ARB303 livedebugging was added in Alloy 1.2.0; this is Alloy 1.1.1',
    ])
  })
  it('may be less stable than the deployment allows', () => {
    assert.equal(lines('remotecfg', '1.6.1', 'generally-available'), [
      'ARB304 remotecfg is public-preview, but the deployment allows only generally-available',
    ])
    assert.equal(lines('remotecfg', '1.7.0', 'generally-available'), [])
  })
  it('is no component', () => assert.equal(lines('discovery.kubernetes', '1.18.1', 'generally-available'), []))
})

describe('stability', it => {
  const cases: readonly [name: string, release: string, allowed: Allowed, expected: string][] = [
    ['beyla.ebpf', '1.18.1', { level: 'generally-available', community: false }, ''],
    [
      'beyla.ebpf',
      '1.7.0',
      { level: 'generally-available', community: false },
      'ARB304 beyla.ebpf is public-preview, but the deployment allows only generally-available; set stabilityLevel to public-preview',
    ],
    ['beyla.ebpf', '1.7.0', { level: 'public-preview', community: false }, ''],
    [
      'otelcol.receiver.datadog',
      '1.18.1',
      { level: 'public-preview', community: false },
      'ARB304 otelcol.receiver.datadog is experimental, but the deployment allows only public-preview; set stabilityLevel to experimental',
    ],
    ['otelcol.receiver.datadog', '1.18.1', { level: 'experimental', community: false }, ''],
    ['otelcol.receiver.datadog', '1.18.1', { level: null, community: false }, ''],
    [
      'otelcol.exporter.splunkhec',
      '1.18.1',
      { level: 'experimental', community: false },
      'ARB305 otelcol.exporter.splunkhec is a community component, but the deployment does not enable community components; run Alloy with --feature.community-components.enabled',
    ],
    ['otelcol.exporter.splunkhec', '1.18.1', { level: 'generally-available', community: true }, ''],
    ['otelcol.exporter.splunkhec', '1.18.1', { level: 'generally-available', community: null }, ''],
    [
      'foreach',
      '1.18.1',
      { level: 'generally-available', community: null },
      'ARB304 foreach is experimental, but the deployment allows only generally-available; set stabilityLevel to experimental',
    ],
    ['no.such', '1.18.1', { level: 'generally-available', community: false }, ''],
  ]
  for (const [name, release, allowed, expected] of cases)
    it(`of ${name} in ${release} where ${allowed.level} and ${allowed.community} are allowed`, () => {
      const found = checkStability(name, span, release, allowed)
      assert.ok(found.every(({ severity }) => severity === 'warning'))
      assert.is(found.map(({ code, message, help }) => `${code} ${message}; ${help}`).join('\n'), expected)
    })
})

describe('history', it => {
  it('names the next release that has it and the last that had', () => {
    const ranges = [{ until: '1.2.0' }, { since: '1.5.0', until: '1.6.0' }, { since: '1.9.0' }]
    assert.equal(
      ['1.3.0', '1.7.0'].map(release => history(ranges, release)),
      ['was removed in Alloy 1.2.0 and added again in 1.5.0', 'was removed in Alloy 1.6.0 and added again in 1.9.0'],
    )
    assert.is(history(ranges.slice(2), '1.3.0'), 'was added in Alloy 1.9.0')
    assert.is(history(ranges.slice(0, 1), '1.3.0'), 'was removed in Alloy 1.2.0')
  })
})
