import * as assert from 'uvu/assert'
import { evaluate } from '../../src/evaluate/evaluate.ts'
import { text } from '../../src/evaluate/value/string-pattern.ts'
import { lookup } from '../../src/resolve/names/variables.ts'
import { resolve } from '../../src/resolve/resolve.ts'
import type { Use } from '../../src/resolve/use.ts'
import { parse } from '../../src/syntax/parse.ts'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'

const module = `declare "m" {
  argument "names" { }
  local.file "f" {
    filename = string.join(argument.names.value, "-")
  }
}
`

/** Resolves a text and counts the expressions that were evaluated for it. */
function resolved(
  config: string,
  limit = 100_000,
): { uses: readonly Use[]; codes: readonly string[]; evaluated: number } {
  let evaluated = 0
  const { value } = parse({ path: 'config.alloy', text: config })
  const { value: resolution, diagnostics } = resolve([value!], text(''), {
    knowledge: {
      check: () => [],
      checkArguments: () => [],
      exportsOf: () => ({ kind: 'object', entries: new Map(), open: true }),
      services: new Map(),
    },
    loadedBy: () => null,
    files: { read: path => ({ kind: 'missing', path }), module: () => null },
    parse,
    evaluate: (expression, scope, report) => {
      evaluated++
      return evaluate(expression, {
        lookup: name => lookup(scope, name),
        release: '1.18.1',
        env: () => undefined,
        stability: null,
        report,
      })
    },
    isStandard: name => name === 'string' || name === 'sys',
    given: new Map(),
    onUnknown: 'error',
    limit,
  })
  return { uses: resolution.uses, codes: diagnostics.map(({ code }) => code), evaluated }
}

const instances = (count: number, names: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `m "i${at}" {\n  names = ${names(at)}\n}\n`).join('')

describe('instances of one module', it => {
  it('are expanded once for each of the values they are given', () => {
    const { uses, evaluated } = resolved(module + instances(10_000, at => `["a", "${at % 4}"]`))
    assert.is(uses.length, 10_000)
    // What each is given, and for four of them what the module makes of it.
    assert.is(evaluated, 10_000 + 4)
  })
  it('keep their names, their values and the way to them', () => {
    const { uses } = resolved(module + instances(3, at => (at === 1 ? '["b"]' : '["a"]')))
    assert.equal(
      uses.map(({ id }) => id),
      ['m.i0/local.file.f', 'm.i1/local.file.f', 'm.i2/local.file.f'],
    )
    assert.equal(
      uses.map(use => use.arguments.attributes.get('filename')?.value),
      [text('a'), text('b'), text('a')],
    )
    assert.is(new Set(uses.map(({ related }) => related.at(-1)?.span.start)).size, 3)
  })
  it('are told apart by values that only run time knows', () => {
    const { uses } = resolved(module + instances(2, at => `[sys.env("${at}")]`))
    const names = uses.map(use => use.arguments.attributes.get('filename')?.value)
    assert.not.equal(names[0], names[1])
  })
  it('each say what is wrong with them', () => {
    const broken = module.replace('argument.names.value', 'argument.nemas.value')
    assert.equal(resolved(broken + instances(3, () => '["a"]')).codes, ['ARB104', 'ARB104', 'ARB104'])
  })
  it('are repeated with the instances inside them', () => {
    const outer = 'declare "o" {\n  argument "x" { }\n  m "in" {\n    names = argument.x.value\n  }\n}\n'
    const { uses } = resolved(`${module}${outer}o "p" {\n  x = ["a"]\n}\no "q" {\n  x = ["a"]\n}\n`)
    assert.equal(
      uses.map(({ id, related }) => [id, related.length]),
      [
        ['o.p/m.in/local.file.f', 2],
        ['o.q/m.in/local.file.f', 2],
      ],
    )
    assert.is.not(uses[0]?.related[0]?.span.start, uses[1]?.related[0]?.span.start)
    assert.is(uses[0]?.related[1]?.span.start, uses[1]?.related[1]?.span.start)
  })
  it('are no more than the limit, which is said', () => {
    const { uses, codes } = resolved(module + instances(5, () => '["a"]'), 3)
    assert.is(uses.length, 3)
    assert.equal(codes, ['ARB115'])
  })
  const multiplied = (levels: number, innermost: string): string =>
    Array.from({ length: levels }, (_, at) => {
      const inside = at === levels - 1 ? innermost : `d${at + 1} "x" { }\n  d${at + 1} "y" { }`
      return `declare "d${at}" {\n  ${inside}\n}\n`
    }).join('')
  it('end where modules multiply beyond the limit, which is said once', () => {
    const { uses, codes } = resolved(`${multiplied(60, 'local.file "f" { filename = "a" }')}d0 "x" { }\n`, 1_000)
    assert.is(uses.length, 1_000)
    assert.equal(codes, ['ARB115'])
  })
  it('end where modules multiply that hold nothing but faults', () => {
    const { uses, codes } = resolved(`${multiplied(60, 'argument "a" { }')}d0 "x" { }\n`, 1_000)
    assert.is(uses.length, 0)
    assert.is(codes.filter(code => code === 'ARB115').length, 1)
  })
  it('end where the elements of a foreach hold nothing but faults', () => {
    const elements = JSON.stringify(Array.from({ length: 20 }, (_, at) => `${at}`))
    const config = `foreach "f" {\n  collection = ${elements}\n  var = "each"\n  template {\n    local.file "f" {\n      filename = nothing.here\n    }\n  }\n}\n`
    assert.equal(resolved(config, 5).codes, [...Array(5).fill('ARB104'), 'ARB115'])
  })
  it('repeat the elements of a foreach by their values', () => {
    const config =
      'foreach "f" {\n  collection = ["a", "b", "a"]\n  var = "each"\n  template {\n    local.file "f" {\n      filename = each\n    }\n  }\n}\n'
    const { uses, evaluated } = resolved(config)
    assert.equal(
      uses.map(({ id }) => id),
      ['foreach.f/0/local.file.f', 'foreach.f/1/local.file.f', 'foreach.f/2/local.file.f'],
    )
    assert.is(evaluated, 2 + 2)
  })
})

describe('the plan for repeated instances', it => {
  const scrape = `declare "m" {
  argument "role" { }
  discovery.kubernetes "d" {
    role = argument.role.value
  }
  loki.source.kubernetes "l" {
    targets    = discovery.kubernetes.d.targets
    forward_to = []
  }
}
`
  const first = 'm "a" {\n  role = "pod"\n}\n'
  const second = 'm "b" {\n  role = "pod"\n}\n'
  const reasonsOf = async (config: string): Promise<readonly unknown[]> => {
    const { stdout, stderr, code } = await command(['generate', 'config.alloy', '--format', 'json'], {
      'config.alloy': config,
    })
    assert.is(code, 0, stderr)
    const { grants } = JSON.parse(stdout) as { grants: readonly { reasons: readonly { component: string }[] }[] }
    return grants.map(({ reasons, ...grant }) => ({
      ...grant,
      reasons: reasons.filter(({ component }) => component.startsWith('m.b/')),
    }))
  }
  it('gives each the reasons that it has alone', async () => {
    const alone = await reasonsOf(scrape + first.replace(/[^\n]/g, ' ') + second)
    assert.ok(JSON.stringify(alone).includes('m.b/loki.source.kubernetes.l'))
    assert.equal(await reasonsOf(scrape + first + second), alone)
  })
})
