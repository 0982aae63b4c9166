import * as assert from 'uvu/assert'
import { compile, expandTemplate, template } from '../../src/relabel/regexp.ts'
import { defaultRule, type Rule, relabel } from '../../src/relabel/relabel.ts'
import { describe } from '../harness.ts'

const apply = (labels: Readonly<Record<string, string>>, ...rules: readonly Partial<Rule>[]) => {
  const result = relabel(
    new Map(Object.entries(labels)),
    rules.map(rule => ({ ...defaultRule, ...rule })),
  )
  return result && Object.fromEntries(result)
}

describe('relabel', it => {
  it('treats an empty label as an absent one', () => assert.equal(apply({ a: '' }), {}))
  it('replaces with the whole of the source by default', () =>
    assert.equal(apply({ a: 'x' }, { sourceLabels: ['a'], targetLabel: 'b' }), { a: 'x', b: 'x' }))
  it('leaves the target alone where nothing matches', () =>
    assert.equal(apply({ a: 'x', b: 'y' }, { sourceLabels: ['a'], regex: 'z', targetLabel: 'b' }), { a: 'x', b: 'y' }))
  it('removes the target where the replacement is empty', () =>
    assert.equal(apply({ a: 'x', b: 'y' }, { sourceLabels: ['a'], targetLabel: 'b', replacement: '' }), { a: 'x' }))
  it('anchors the expression at both ends', () =>
    assert.is(apply({ a: 'xay' }, { sourceLabels: ['a'], regex: 'a', action: 'keep' }), null))
  it('lets a dot match a line feed', () =>
    assert.equal(apply({ a: 'x\ny' }, { sourceLabels: ['a'], regex: 'x.y', action: 'keep' }), { a: 'x\ny' }))
  it('joins sources with the separator, absent ones empty', () =>
    assert.equal(apply({ a: 'x' }, { sourceLabels: ['a', 'b'], separator: '-', targetLabel: 'c' }), {
      a: 'x',
      c: 'x-',
    }))
  it('expands groups in the name of the target', () =>
    assert.equal(apply({ a: 'x' }, { sourceLabels: ['a'], targetLabel: 'b_$1' }), { a: 'x', b_x: 'x' }))
  it('hashes to the last half of the sum', () =>
    assert.equal(apply({ a: 'x' }, { sourceLabels: ['a'], targetLabel: 'h', action: 'hashmod', modulus: 1000n }), {
      a: 'x',
      h: '726',
    }))
  it('drops nothing with an expression that is none', () =>
    assert.equal(apply({ a: 'x' }, { sourceLabels: ['a'], regex: '(', action: 'drop' }), { a: 'x' }))
})

describe('template', it => {
  const pattern = compile('(?P<name>a)(b)?')!
  const cases: readonly [string, string][] = [
    ['$1', 'a'],
    ['${1}x', 'ax'],
    ['$1x', ''],
    ['$1é', ''],
    ['${1}é', 'aé'],
    ['${1é}', ''],
    ['$name', 'a'],
    ['$2', ''],
    ['$9', ''],
    ['$$1', '$1'],
    ['a$', 'a$'],
    ['${', '${'],
  ]
  for (const [text, expected] of cases) {
    it(`${text} is ${JSON.stringify(expected)}`, () =>
      assert.is(expandTemplate(text, pattern, pattern.match('a')!), expected))
  }
  it('keeps literals beside groups', () => assert.equal(template('x$1y', pattern), ['x', { group: -1 }]))
  it('an expression that is none compiles to nothing', () => assert.is(compile('('), null))
})
