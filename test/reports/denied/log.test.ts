import * as assert from 'uvu/assert'
import { type Denial, readLog } from '../../../src/reports/denied/log.ts'
import { locate } from '../../../src/source.ts'
import { describe } from '../../harness.ts'

const denied = (text: string) => readLog('alloy.log', [Buffer.from(text)]).denials
const account = 'system:serviceaccount:monitoring:alloy'

describe('readLog', it => {
  it('reads a refused list in the whole cluster', () => {
    const line = `E0101 reflector.go:166] "Unhandled Error" err="failed to list *v1.Pod: pods is forbidden: User \\"${account}\\" cannot list resource \\"pods\\" in API group \\"\\" at the cluster scope"`
    const [{ span, ...found }, ...more] = denied(line) as [Denial]
    assert.equal(found, {
      grant: { kind: 'resource', namespace: null, group: '', resource: 'pods', name: null, verb: 'list' },
      user: account,
      account: { namespace: 'monitoring', name: 'alloy' },
      count: 1,
      lacking: null,
      byWarden: false,
      component: null,
    })
    assert.equal(more, [])
    assert.is(line.slice(span.start, span.end), 'forbidden')
  })
  it('reads the namespace and the name of one object', () => {
    const [found] = denied(
      `secrets "cloud" is forbidden: User "${account}" cannot get resource "secrets" in API group "" in the namespace "shop"`,
    )
    assert.equal(found?.grant, {
      kind: 'resource',
      namespace: 'shop',
      group: '',
      resource: 'secrets',
      name: 'cloud',
      verb: 'get',
    })
  })
  it('knows a refusal of Warden, whatever it names as the reason', () => {
    const refused = `nodes "n" is forbidden: User "${account}" cannot get resource "nodes/proxy" in API group "" at the cluster scope`
    const warden = 'GKE Warden authz [denied by managed-namespaces-limitation]: cluster scoped resource is managed'
    assert.equal(
      denied(`${refused}\n${refused}: ${warden}\n${refused}: RBAC: [role.rbac "a" not found]: ${warden}`).map(
        ({ byWarden, count }) => [byWarden, count],
      ),
      [
        [false, 1],
        [true, 2],
      ],
    )
    assert.ok(denied(`forbidden: User "${account}" cannot get path "/metrics": ${warden}`)[0]?.byWarden)
  })
  it('leaves the name out where the verb is about many', () => {
    const [found] = denied(
      `pods "a" is forbidden: User "${account}" cannot watch resource "pods" in API group "" in the namespace "shop"`,
    )
    assert.is(found?.grant.kind === 'resource' && found.grant.name, null)
  })
  it('reads what is done while impersonating, of Kubernetes 1.36', () => {
    const [found] = denied(
      `configmaps is forbidden: User "${account}" cannot impersonate-on:user-info:list resource "configmaps" in API group "" in the namespace "shop"`,
    )
    assert.is(found?.grant.verb, 'impersonate-on:user-info:list')
  })
  it('reads a subresource of a group', () => {
    const [found] = denied(
      `infrastructures.config.openshift.io "cluster" is forbidden: User "${account}" cannot get resource "infrastructures/status" in API group "config.openshift.io" at the cluster scope`,
    )
    assert.equal(found?.grant, {
      kind: 'resource',
      namespace: null,
      group: 'config.openshift.io',
      resource: 'infrastructures/status',
      name: 'cluster',
      verb: 'get',
    })
  })
  it('reads a URL', () => {
    assert.equal(denied(`forbidden: User "${account}" cannot get path "/metrics"`)[0]?.grant, {
      kind: 'url',
      url: '/metrics',
      verb: 'get',
    })
  })
  it('counts a repeated refusal once, at its first line', () => {
    const line = `pods is forbidden: User "${account}" cannot list resource "pods" in API group "" at the cluster scope`
    const found = denied(`ready\n${line}\n${line}\n`)
    assert.is(found.length, 1)
    assert.is(found[0]?.count, 2)
    assert.is(found[0] && locate(found[0].span.source, found[0].span.start).line, 2)
  })
  it('keeps another user apart', () => {
    const found = denied('x is forbidden: User "jane" cannot list resource "x" in API group ""')
    assert.is(found[0]?.account, null)
    assert.is(found[0]?.user, 'jane')
  })
  it('reads what a kubelet refused', () => {
    for (const tail of ['subresource=metrics', 'subresource(s)=[metrics]', 'subresource(s)=[metrics proxy]'])
      assert.equal(denied(`body="Forbidden (user=${account}, verb=get, resource=nodes, ${tail})"`)[0]?.grant, {
        kind: 'resource',
        namespace: null,
        group: '',
        resource: 'nodes/metrics',
        name: null,
        verb: 'get',
      })
  })
  it('reads which role a binding names in vain', () => {
    const line = `pods is forbidden: User "${account}" cannot list resource "pods" in API group "" at the cluster scope: RBAC: clusterrole.rbac.authorization.k8s.io "alloy" not found`
    assert.is(denied(line)[0]?.lacking, 'clusterrole.rbac.authorization.k8s.io "alloy"')
  })
  const line = `pods is forbidden: User "${account}" cannot list resource "pods" in API group "" in the namespace "shop"`
  it('reads the same in pieces of any size, in UTF-8 and UTF-16, with a mark and without', () => {
    const text = `ready\r\n${line}\r\n\nlevel=info msg="Zürich €🙂"\n${line}`
    const wide = Buffer.from(text, 'utf16le')
    const encodings = [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      wide,
      Buffer.concat([Buffer.of(0xff, 0xfe), wide]),
      Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(wide).swap16()]),
    ]
    const expected = readLog('alloy.log', [encodings[0]!])
    assert.is(expected.lines, 4)
    assert.is(expected.denials[0]?.count, 2)
    for (const bytes of encodings)
      for (const size of [1, 2, 3, 5, 64, bytes.length]) {
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        )
        assert.equal(readLog('alloy.log', pieces), expected)
      }
  })
  it('reads what stands beside bytes that are no text', () => {
    const found = readLog('alloy.log', [Buffer.concat([Buffer.of(0xc3, 0x28, 0xff, 10), Buffer.from(line)])])
    assert.is(found.denials.length, 1)
    assert.is(found.lines, 2)
  })
  it('reads the beginning of a line that is too long, and says so', () => {
    for (const [before, count] of [
      [65_000, 1],
      [66_000, 0],
    ] as const) {
      const text = `first\n${'x '.repeat(before / 2)}${line}${' x'.repeat(300)}\n${'y'.repeat(70_000)}\n`
      const found = readLog('alloy.log', [Buffer.from(text)])
      assert.is(found.denials.length, count)
      assert.equal(
        found.diagnostics.map(({ code, span }) => [code, span && locate(span.source, span.start).line]),
        [['ARB433', 2]],
      )
    }
    assert.equal(readLog('alloy.log', [Buffer.from(`${'z'.repeat(65_536)}\n`)]).diagnostics, [])
  })
  it('tells 10,000 refusals apart, and says that there are more', () => {
    const many = Array.from({ length: 10_005 }, (_, at) => line.replace('"shop"', `"n${at}"`)).join('\n')
    const found = readLog('alloy.log', [Buffer.from(many)])
    assert.is(found.denials.length, 10_000)
    assert.equal(
      found.diagnostics.map(({ code, span }) => [code, span && locate(span.source, span.start).line]),
      [['ARB434', 10_001]],
    )
  })
  it('reads long words and rows of backslashes in one pass', () => {
    const refusal = `pods is forbidden: User "${account}" cannot list resource "pods" in API group ""`
    for (const long of ['null', '\\', 'a "', 'forbidden: User "', 'x is forbidden: ', 'Forbidden (user='])
      assert.is(denied(`${long.repeat(400_000)}\n${refusal}`).at(-1)?.grant.verb, 'list')
  })
  it('finds nothing in other lines', () => assert.equal(denied('level=error msg="forbidden fruit"'), []))
})
