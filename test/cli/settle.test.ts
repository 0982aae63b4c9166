import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { command } from './io.ts'

const discovery = (names: string): string =>
  `discovery.kubernetes "d" {\n  role = "pod"\n  namespaces {\n    names = ${names}\n  }\n}\n`

const inner = `declare "inner" {\n  argument "names" { }\n${discovery('argument.names.value')}}\n`
const outer = `declare "outer" {\n  argument "name" { }\n  inner "i" {\n    names = [argument.name.value]\n  }\n}\n`

/** What a note says would settle a value, by where the value comes from. */
const settled: readonly (readonly [title: string, config: string, help: string])[] = [
  ['a variable', discovery('[sys.env("NS")]'), 'set the value with --env NS=… to narrow the result'],
  [
    'a variable behind a default',
    discovery('[coalesce(sys.env("NS"), "shop")]'),
    'set the value with --env NS=… to narrow the result',
  ],
  [
    'two variables in one text',
    discovery('[string.format("%s-%s", sys.env("A"), sys.env("B"))]'),
    'set the values with --env A=… --env B=… to narrow the result',
  ],
  [
    'an argument of the module that is handed in',
    `argument "ns" { }\n${discovery('[argument.ns.value]')}`,
    'set the value with --arg ns=… to narrow the result',
  ],
  [
    'an argument through two modules',
    `argument "ns" { }\n${inner}${outer}outer "o" {\n  name = argument.ns.value\n}\n`,
    'set the value with --arg ns=… to narrow the result',
  ],
  [
    'the variable of a foreach',
    `foreach "f" {\n  collection = string.split(sys.env("ALL"), ",")\n  var = "each"\n  template {\n${discovery('[each]')}  }\n}\n`,
    'set the value with --env ALL=… to narrow the result',
  ],
  [
    'what a module exports',
    `declare "m" {\n  export "names" {\n    value = [sys.env("NS")]\n  }\n}\nm "x" { }\n${discovery('m.x.names')}`,
    'set the value with --env NS=… to narrow the result',
  ],
  [
    'what a component exports',
    `remote.http "x" {\n  url = "https://e.example"\n}\n${discovery('[remote.http.x.content]')}`,
    'write the value in the configuration to narrow the result',
  ],
  ['where Alloy runs', discovery('[constants.hostname]'), 'write the value in the configuration to narrow the result'],
]

describe('what would settle an unknown value', it => {
  for (const [title, config, help] of settled) {
    it(`is named for ${title}`, async () => {
      const { stdout } = await command(['generate', 'c.alloy', '--format', 'json'], { 'c.alloy': config })
      const notes = JSON.parse(stdout).diagnostics.filter(({ code }: { code: string }) => code === 'ARB201')
      assert.equal(
        notes.map((note: { help: string }) => note.help),
        [help],
      )
    })
  }
  it('is named for an import', async () => {
    const config = 'import.file "lib" {\n  filename = sys.env("LIB")\n}\nlib.x "y" { }\n'
    const { stderr } = await command(['generate', 'c.alloy'], { 'c.alloy': config })
    assert.match(stderr, '= help: set the value with --env LIB=…, or provide a local copy with --module lib=PATH\n')
  })
})

describe('a note on what stands in a module', it => {
  it('leads from the use over the value to the instances and imports', async () => {
    const files = {
      'c.alloy':
        'import.file "a" {\n  filename = "a.alloy"\n}\nforeach "f" {\n  collection = ["x", sys.env("NS")]\n  var = "ns"\n  template {\n    a.outer "o" {\n      name = ns\n    }\n  }\n}\n',
      'a.alloy': `import.string "deep" {\n  content = \`${inner}\`\n}\n${outer.replace('inner "i"', 'deep.inner "i"')}`,
    }
    const { stderr, stdout } = await command(['generate', 'c.alloy', '--only', 'rbac'], files)
    assert.match(
      stdout,
      '# foreach.f/1/a.outer.o/deep.inner.i/discovery.kubernetes.d (a.alloy:4): discovery.kubernetes#pods',
    )
    const places = stderr.matchAll(/(?:-->|:::) (\S+)\n(?:.*\n){2}.* [-^]+ ?(.*)/g)
    assert.equal(
      [...places].map(([, place, text]) => `${place} ${text}`),
      [
        'a.alloy:7:5 ',
        'c.alloy:5:22 read from the environment of the container',
        'c.alloy:4:1 repeated here',
        'c.alloy:1:1 imported here',
        'c.alloy:8:5 instantiated here',
        'a.alloy:1:1 imported here',
        'a.alloy:15:3 instantiated here',
      ],
    )
  })
})
