import * as assert from 'uvu/assert'
import { type CitedFile, citationsOf, counts, isPinned, judgePassage, pinned } from '../../scripts/citations.ts'
import { judgeAll, type ReadFiles, unreadAt } from '../../scripts/readings.ts'
import { describe, source } from '../harness.ts'
import { entries, map } from './map.ts'

const [blob, later] = ['67cc2336e397f1f31c6b94446e0167bade046cce', 'b36efdfc06c4eca20d86a74bbfdf8b8ffb3caae0']
const citations = citationsOf(
  entries(source`
    components:
      a.b:
        about: Does nothing there.
        grants: {}
        evidence:
          imports: { at: 'grafana/alloy@v1.2.3:path/a.go#L3-L7', blob: ${blob}, says: It has no client. }
      a.c:
        about: Lists pods, and once listed nodes.
        grants:
          pods: { allow: { resources: [pods], verbs: [list] }, evidence: [moved, library, origin] }
          nodes: { until: 1.3.0, allow: { resources: [nodes], verbs: [list] }, evidence: [ended] }
        evidence:
          moved:
            at: grafana/alloy@v1.2.3:path/b.go#L1
            says: It lists pods.
            again: [{ at: 'v1.4.0:other/b.go#L2', blob: ${later} }]
          library: { at: 'o/r@v0.9.0:c.go#L1', says: It lists once. }
          origin: { at: 'grafana/alloy@v1.0.0:go.mod#L1', says: That release took it in., past: true }
          ended: { at: 'grafana/alloy@v1.2.3:path/d.go#L1', says: It listed nodes. }
    `),
)

/** A repository of which each file is known by its hash. */
const clone =
  (files: Readonly<Record<string, string | (CitedFile & { readonly text: string })>>): ReadFiles =>
  names =>
    new Map(
      names.flatMap(name => {
        const file = files[name]
        if (file === undefined) return []
        return [[name, typeof file === 'string' ? { blob: file, lines: 9, text: '' } : file] as const]
      }),
    )

const go = (text: string) => ({ blob: 'go', lines: 1, text })

const same = {
  'v1.2.3:path/a.go': blob,
  'v1.2.3:path/b.go': 'x',
  'v1.2.3:path/d.go': 'x',
  'v1.4.0:path/a.go': blob,
  'v1.4.0:other/b.go': later,
  'v1.4.0:go.mod': go('require github.com/o/r v0.9.0'),
}

describe('citations', it => {
  it('are taken apart, with their later readings', () => {
    const [first, moved] = citations
    assert.equal(
      [first!.where, first!.repository, first!.tag, first!.path, first!.from, first!.to, first!.blob],
      ['a.b, imports', 'grafana/alloy', 'v1.2.3', 'path/a.go', 3, 7, blob],
    )
    assert.equal(moved!.again, [{ tag: 'v1.4.0', path: 'other/b.go', from: 2, to: 2, blob: later }])
  })

  it('are all well-formed', () => assert.ok(citationsOf(map.entries).length > 0))

  it('hold when file, hash and lines are there', () => {
    const [first] = citations
    assert.is(judgePassage(first!, first!, { blob: blob!, lines: 7 }), null)
    assert.is(judgePassage(first!, { ...first!, blob: null }, { blob: 'other', lines: 7 }), null)
    assert.match(judgePassage(first!, first!, null)!, /has no path\/a\.go/)
    assert.match(
      judgePassage(first!, first!, { blob: 'other', lines: 7 })!,
      /the blob of path\/a\.go at v1\.2\.3 is other/,
    )
    assert.match(judgePassage(first!, first!, { blob: blob!, lines: 6 })!, /has 6 lines/)
  })

  it('are judged at every reading', () =>
    assert.match(
      judgeAll([citations[1]!], clone({ ...same, 'v1.4.0:other/b.go': 'wrong' })).join(),
      /the blob of other\/b\.go at v1\.4\.0 is wrong/,
    ))

  it('count until their rules, their components or they themselves end', () => {
    const counted = (release: string) => citations.filter(each => counts(each, release)).map(({ key }) => key)
    assert.equal(counted('1.2.3'), ['imports', 'moved', 'library', 'ended'])
    assert.equal(counted('1.4.0'), ['imports', 'moved', 'library'])
  })
})

const unread: readonly (readonly [
  title: string,
  files: Parameters<typeof clone>[0],
  imports: string,
  found: RegExp,
])[] = [
  ['nothing is unread where all was read', same, 'v1.4.0', /^$/],
  [
    'a file that differs is',
    { ...same, 'v1.4.0:path/a.go': 'other' },
    'v1.4.0',
    /^a\.b, imports: path\/a\.go differs at v1\.4\.0$/,
  ],
  [
    'a file that is gone is',
    { ...same, 'v1.4.0:path/a.go': undefined! },
    'v1.4.0',
    /^a\.b, imports: path\/a\.go is gone at v1\.4\.0$/,
  ],
  [
    'a graph of imports that was not searched is',
    same,
    'v1.3.0',
    /^a\.b, imports: what it imports was not searched at v1\.4\.0$/,
  ],
  [
    'a library of another version is',
    { ...same, 'v1.4.0:go.mod': go('require github.com/o/r v1.0.0') },
    'v1.4.0',
    /^a\.c, library: o\/r was not read at v1\.0\.0, which v1\.4\.0 pins$/,
  ],
  [
    'a library that is not pinned any more is',
    { ...same, 'v1.4.0:go.mod': go(''), 'v1.18.1:go.mod': go('require github.com/o/r v0.9.0') },
    'v1.4.0',
    /^a\.c, library: o\/r is not pinned any more at v1\.4\.0$/,
  ],
]

describe('what is to be read again', it => {
  for (const [title, files, imports, found] of unread)
    it(title, () =>
      assert.match(
        unreadAt(citations, 'v1.4.0', imports, clone(files))
          .map(({ line }) => line)
          .join('\n'),
        found,
      ),
    )
})

const pins: readonly (readonly [title: string, goMod: string, repository: string, tag: string, isRead: boolean])[] = [
  ['a version', 'require (\n\tgithub.com/o/r v1.2.0\n)', 'o/r', 'v1.2.0', true],
  ['another version', 'require (\n\tgithub.com/o/r v1.2.0\n)', 'o/r', 'v1.2.1', false],
  ['a module of a repository', '\tgithub.com/o/r/deep/module v1.2.0', 'o/r', 'v1.2.0', true],
  ['a commit', '\tgithub.com/o/r v0.0.0-20260209132809-8d1c6d34bb5a', 'o/r', '8d1c6d34bb5a', true],
  ['a commit in full', '\tgithub.com/o/r v0.0.0-20260209132809-8d1c6d34bb5a', 'o/r', '8d1c6d34bb5a99fe', true],
  [
    'what replaces a module',
    '\tgithub.com/o/r v1.0.0\nreplace github.com/o/r => github.com/p/q v2.0.0',
    'p/q',
    'v2.0.0',
    true,
  ],
  [
    'a name of its own',
    '\tgo.opentelemetry.io/collector/config/configtls v1.64.0',
    'open-telemetry/opentelemetry-collector',
    'v1.64.0',
    true,
  ],
  ['a library of Kubernetes', '\tk8s.io/client-go v0.35.6 // indirect', 'kubernetes/client-go', 'v0.35.6', true],
]

describe('pinned versions', it => {
  for (const [title, goMod, repository, tag, isRead] of pins)
    it(`know ${title}`, () => assert.is(isPinned(tag, pinned(goMod).get(repository) ?? new Set()), isRead))
})
