import * as assert from 'uvu/assert'
import { nearest } from '../../../src/diagnostic/suggest.ts'
import { inDependencyOrder } from '../../../src/resolve/names/order.ts'
import { run, type Work } from '../../../src/resolve/work.ts'
import { describe } from '../../harness.ts'

const graph = (edges: Readonly<Record<string, string>>) =>
  inDependencyOrder(Object.keys(edges), node => (edges[node] ?? '').split('').filter(each => each !== ''))

describe('inDependencyOrder', it => {
  it('keeps the given order of what is independent', () => assert.equal(graph({ b: '', a: '' }).order, ['b', 'a']))
  it('puts dependencies first', () => assert.equal(graph({ a: 'b', b: 'c', c: '' }).order, ['c', 'b', 'a']))
  it('visits a shared dependency once', () =>
    assert.equal(graph({ a: 'bc', b: 'd', c: 'd', d: '' }).order, ['d', 'b', 'c', 'a']))
  it('finds a cycle, in the order of its references', () =>
    assert.equal(graph({ a: 'b', b: 'c', c: 'b' }).cycles, [['b', 'c']]))
  it('finds a node that depends on itself', () => assert.equal(graph({ a: 'a' }).cycles, [['a']]))
  it('follows a chain of 100,000', () => {
    const nodes = Array.from({ length: 100_000 }, (_, at) => at)
    const { order } = inDependencyOrder(nodes, node => (node + 1 < nodes.length ? [node + 1] : []))
    assert.is(order[0], 99_999)
    assert.is(order.at(-1), 0)
  })
})

describe('run', it => {
  function* sum(depth: number): Work<number> {
    return depth === 0 ? 0 : 1 + ((yield sum(depth - 1)) as number)
  }
  it('returns the result of work that asks for nothing', () => assert.is(run(sum(0)), 0))
  it('hands results back through 100,000 levels', () => assert.is(run(sum(100_000)), 100_000))
})

describe('nearest', it => {
  const names = ['discovery.kubernetes', 'discovery.kubelet', 'loki.write', 'role']
  const cases: readonly [string, string, string | null][] = [
    ['a missing letter', 'discovery.kuberntes', 'discovery.kubernetes'],
    ['swapped letters', 'roel', 'role'],
    ['a wrong letter', 'loki.wrise', 'loki.write'],
    ['another word', 'prometheus.scrape', null],
    ['a short word may be one letter off', 'rol', 'role'],
    ['the nearest of several', 'discovery.kubelett', 'discovery.kubelet'],
  ]
  for (const [title, name, expected] of cases) it(title, () => assert.is(nearest(name, names), expected))
})
