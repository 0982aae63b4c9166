import * as assert from 'uvu/assert'
import { get, mapAt } from '../../../src/input/yaml/tree.ts'
import { describe } from '../../harness.ts'
import { at, given, listed, only, said } from '../given.ts'

const inline = (text: string): string => `alloy: {configMap: {content: '${text}'}}`

describe('values hold the chart wherever it is nested', it => {
  const table: readonly [title: string, yaml: string, listed: readonly string[], said: readonly string[]][] = [
    ['at the top', inline('x'), ['(top) in ?: alloy.configMap.content "x"'], []],
    [
      'in an umbrella chart',
      `alloy: {${inline('x')}, controller: {type: deployment}}`,
      ['alloy in ?: alloy.alloy.configMap.content "x"'],
      [],
    ],
    [
      'under the aliases of dependencies',
      `logs: {${inline('l')}}\nmetrics: {${inline('m')}}\nmimir: {enabled: true}`,
      ['logs in ?: logs.alloy.configMap.content "l"', 'metrics in ?: metrics.alloy.configMap.content "m"'],
      [],
    ],
    [
      'deeper down',
      `collectors: {alloy-metrics: {${inline('x')}}}`,
      ['collectors.alloy-metrics in ?: collectors.alloy-metrics.alloy.configMap.content "x"'],
      [],
    ],
    [
      'under the name of the predecessor',
      `agent: {configMap: {content: a}}\nalloy: {configMap: {content: b}}`,
      ['(top) in ?: alloy.configMap.content "a"'],
      [],
    ],
    [
      'without content, by keys of its own',
      'logs: {alloy: {clustering: {enabled: true}}}',
      ['logs in ?: logs.alloy.configMap.content (the chart\'s example) "logging {"'],
      [
        'ARB541 v.yaml:1:8 the values contain no configuration: the chart runs its example, which discovers every kind of object',
      ],
    ],
    [
      'without content, in an umbrella chart',
      'alloy: {rbac: {create: false}}\nother: {}',
      ['alloy in ?: alloy.alloy.configMap.content (the chart\'s example) "logging {"'],
      [
        'ARB541 v.yaml:1:1 the values contain no configuration: the chart runs its example, which discovers every kind of object',
      ],
    ],
    [
      'not those that are switched off',
      `logs: {enabled: false, ${inline('l')}}\nmetrics: {enabled: true, ${inline('m')}}`,
      ['metrics in ?: metrics.alloy.configMap.content "m"'],
      ['ARB546 v.yaml:1:17 logs.enabled is false: this Alloy was not read'],
    ],
    [
      'not in values that the k8s-monitoring chart works on',
      'cluster: {name: c}\ndestinations: []\nalloy-metrics: {alloy: {clustering: {enabled: true}}}',
      [],
      [
        'ARB542 v.yaml:1:1 these values contain no Alloy configuration: the k8s-monitoring chart generates it from them',
      ],
    ],
    [
      'in values of k8s-monitoring that bring their own',
      `destinations: []\nalloy-x: {${inline('x')}}`,
      ['alloy-x in ?: alloy-x.alloy.configMap.content "x"'],
      [],
    ],
    [
      'an anchor shared by two uses',
      `a: {alloy: {configMap: &c {content: x}}}\nb: {alloy: {configMap: *c}}`,
      ['a in ?: a.alloy.configMap.content "x"', 'b in ?: b.alloy.configMap.content "x"'],
      [],
    ],
  ]
  for (const [title, yaml, expected, messages] of table) {
    it(title, () => {
      const outcome = given({ 'v.yaml': yaml })
      assert.equal(listed(outcome), expected)
      assert.equal(said(outcome.diagnostics), messages)
    })
  }
})

describe('values say where the configuration is', it => {
  const elsewhere = (what: string, name = 'these values'): string =>
    `${what}, which contains the configuration of ${name}, is not in the input`
  const map = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\ndata: {config.alloy: 'x', other.alloy: 'o'}`
  const table: readonly [title: string, yaml: string, listed: readonly string[], said: readonly string[]][] = [
    [
      'an empty text means the example',
      "alloy: {configMap: {content: ''}}",
      ['(top) in ?: alloy.configMap.content (the chart\'s example) "logging {"'],
      [
        'ARB541 v.yaml:1:1 the values contain no configuration: the chart runs its example, which discovers every kind of object',
      ],
    ],
    [
      'so does null',
      'alloy: {configMap: {content: null}}',
      ['(top) in ?: alloy.configMap.content (the chart\'s example) "logging {"'],
      [
        'ARB541 v.yaml:1:1 the values contain no configuration: the chart runs its example, which discovers every kind of object',
      ],
    ],
    [
      'a blank text is an empty configuration',
      "alloy: {configMap: {content: ' '}}",
      ['(top) in ?: alloy.configMap.content " "'],
      [],
    ],
    [
      'a volume laid over it hides it',
      'alloy: {configMap: {content: a}, mounts: {extra: [{name: v, mountPath: /etc/alloy/config.alloy, subPath: c}]}}\ncontroller: {volumes: {extra: [{name: v, emptyDir: {}}]}}',
      [],
      [`ARB540 v.yaml:2:32 ${elsewhere('the volume v')}`],
    ],
    [
      'a map is not text',
      'alloy: {configMap: {content: {a: 1}}}',
      [],
      ['ARB547 v.yaml:1:30 alloy.configMap.content is not text, expected a string that contains the configuration'],
    ],
    [
      'a ConfigMap by name',
      'alloy: {configMap: {create: false, name: mine}}',
      [],
      [`ARB540 v.yaml:1:42 ${elsewhere('the ConfigMap mine')}`],
    ],
    [
      'a ConfigMap of the release',
      'alloy: {configMap: {create: false, content: x}}',
      [],
      [`ARB540 v.yaml:1:29 ${elsewhere('the ConfigMap of the release')}`],
    ],
    [
      'a ConfigMap of the given full name',
      'fullnameOverride: mine\nalloy: {configMap: {create: no}}',
      [],
      [`ARB540 v.yaml:2:29 ${elsewhere('the ConfigMap mine')}`],
    ],
    [
      'a key that is not there',
      `alloy: {configMap: {create: false, name: mine, key: k.alloy}}\nextraObjects: [${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine' }, data: {} })}]`,
      [],
      [`ARB540 v.yaml:1:42 ${elsewhere('the key k.alloy of the ConfigMap mine')}`],
    ],
    [
      'another format',
      "alloy: {configMap: {content: 'x: 1'}, extraArgs: [--config.format=otelcol]}",
      [],
      ['ARB537 v.yaml:1:51 this is a configuration for the OpenTelemetry Collector, not for Alloy'],
    ],
  ]
  for (const [title, yaml, expected, messages] of table) {
    it(title, () => {
      const outcome = given({ 'v.yaml': yaml })
      assert.equal(listed(outcome), expected)
      assert.equal(said(outcome.diagnostics), messages)
    })
  }

  it('a ConfigMap beside the values brings all its keys', () => {
    const found = only({ 'v.yaml': 'alloy: {configMap: {create: false, name: mine}}', 'c.yaml': map })
    assert.equal([...found.files.keys()], ['/etc/alloy/config.alloy', '/etc/alloy/other.alloy'])
    assert.equal(found.sources, [found.files.get('/etc/alloy/config.alloy')])
  })

  it('an extra object of the values is run through Helm, an object beside them is not', () => {
    const text = "data: {config.alloy: '{{ .Release.Name }}'}"
    const object = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\n${text}`
    const values = 'alloy: {configMap: {create: false, name: mine}}'
    const inside = only({ 'v.yaml': `${values}\nextraObjects:\n  -\n${object.replace(/^/gm, '    ')}` })
    assert.equal([...inside.templates.values()], [[{ start: 0, end: 19 }]])
    assert.is(only({ 'v.yaml': values, 'c.yaml': object }).templates.size, 0)
  })

  it('a module mounted beside the configuration is at its path', () => {
    const found = only(`
${inline('x')}
agent:
  mounts: {extra: [{name: lib, mountPath: /etc/modules}, {name: one, mountPath: /one.alloy, subPath: b.alloy}]}
controller: {volumes: {extra: [{name: lib, configMap: {name: lib}}, {name: one, configMap: {name: lib}}]}}
extraObjects:
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: lib}, data: {a.alloy: 'a {{ 1 }}', b.alloy: b}}
`)
    assert.equal(
      [...found.files.keys()],
      ['/etc/alloy/config.alloy', '/etc/modules/a.alloy', '/etc/modules/b.alloy', '/one.alloy'],
    )
    assert.equal(
      [...found.templates.keys()].map(({ text }) => text),
      ['a {{ 1 }}'],
    )
  })

  it('template actions of content are marked', () => {
    const { sources, templates } = only(
      'alloy:\n  configMap:\n    content: |\n      a = "{{ .Release.Name }}"\n      b = 1\n',
    )
    assert.equal(templates.get(sources[0]!), [{ start: 5, end: 24 }])
  })

  it('files handed in beside values are run through Helm as well', () => {
    const { templates } = only({ 'v.yaml': '{}', 'a.alloy': '// {{ x }}', 'b.alloy': '' })
    assert.equal(
      [...templates].map(([{ path }, ranges]) => [path, ranges]),
      [['a.alloy', [{ start: 3, end: 10 }]]],
    )
  })

  it('the example asks for every role', () => {
    const [text] = only({ 'v.yaml': '{}' }).sources
    const roles = [...text!.text.matchAll(/role = "(\w+)"/g)].map(([, role]) => role)
    assert.equal(roles, ['pod', 'node', 'service', 'endpoints', 'endpointslice', 'ingress'])
    assert.is(at({ source: text!, start: 20, end: 21 }), 'v.yaml:1:1')
  })

  it('places point into the YAML', () => {
    const { sources, span } = only({
      'v.yaml': '# c\nalloy:\n  configMap:\n    content: |\n      a {\n        b = 1\n      }\n',
    })
    const start = sources[0]!.text.indexOf('b')
    assert.is(at({ source: sources[0]!, start, end: start + 1 }), 'v.yaml:6:9')
    assert.is(at(span), 'v.yaml:2:1')
  })
})

describe('values set the process', it => {
  const settings = (yaml: string) => {
    const { settings: found } = only(yaml.includes('configMap') ? yaml : `${yaml}\nagent: {configMap: {content: ' '}}`)
    const { cluster, listen, storagePath, stability, communityComponents, alloyVersion } = found
    return [
      storagePath.value,
      stability?.value,
      communityComponents.value,
      cluster.enabled.value,
      cluster.discoverPeers?.value ?? null,
      `${listen.address.value}:${listen.port.value}`,
      alloyVersion?.value ?? null,
    ]
  }
  const usual = ['/tmp/alloy', 'generally-available', false, false, null, '0.0.0.0:12345', null]
  const but = (changes: Readonly<Record<number, unknown>>): readonly unknown[] =>
    usual.map((each, index) => (index in changes ? changes[index] : each))
  const table: readonly [title: string, yaml: string, settings: readonly unknown[]][] = [
    ['nothing', '', usual],
    ['the storage path', 'alloy: {storagePath: /var/lib/alloy}', but({ 0: '/var/lib/alloy' })],
    ['the stability level', 'alloy: {stabilityLevel: experimental}', but({ 1: 'experimental' })],
    ['no stability level is the default of Alloy', "alloy: {stabilityLevel: ''}", usual],
    [
      'an extra argument goes before the value',
      'alloy: {stabilityLevel: experimental, extraArgs: [--stability.level=public-preview, --storage.path, /d]}',
      but({ 0: '/d', 1: 'public-preview' }),
    ],
    ['community components', 'alloy: {extraArgs: [--feature.community-components.enabled]}', but({ 2: true })],
    [
      'community components, said to be off',
      'alloy: {extraArgs: [--feature.community-components.enabled=false]}',
      usual,
    ],
    ['clustering', 'alloy: {clustering: {enabled: true}}', but({ 3: true })],
    [
      'discovery of peers',
      'alloy: {extraArgs: [--cluster.enabled=true, "--cluster.discover-peers=provider=k8s label_selector=app=alloy"]}',
      but({ 3: true, 4: 'provider=k8s label_selector=app=alloy' }),
    ],
    ['the address', 'alloy: {listenAddr: 127.0.0.1, listenPort: 80}', but({ 5: '127.0.0.1:80' })],
    [
      'the address by argument',
      'alloy: {listenPort: 80, extraArgs: ["--server.http.listen-addr=[::]:9"]}',
      but({ 5: '[::]:9' }),
    ],
    ['the image', 'image: {tag: v1.17.0}', but({ 6: 'v1.17.0' })],
    ['an image of a variant', 'image: {tag: v1.11.0-boringcrypto}', but({ 6: 'v1.11.0-boringcrypto' })],
    ['an image that names no release', 'image: {tag: latest}', but({ 6: 'latest' })],
    ['an image by its digest', 'image: {digest: "sha256:00"}', but({ 6: 'sha256:00' })],
    [
      'the predecessor goes first',
      'alloy: {storagePath: /a}\nagent: {storagePath: /b, configMap: {content: " "}}',
      but({ 0: '/b' }),
    ],
  ]
  for (const [title, yaml, expected] of table) it(title, () => assert.equal(settings(yaml), expected))

  it('settings know their place', () => {
    const { settings: found } = only({
      'v.yaml': `${inline('x')}\nimage:\n  tag: v1.17.0\nagent:\n  extraArgs:\n    - --cluster.discover-peers=provider=k8s`,
    })
    assert.is(at(found.alloyVersion!.span!), 'v.yaml:3:8')
    assert.is(at(found.cluster.discoverPeers!.span!), 'v.yaml:6:7')
    assert.is(found.storagePath.span, null)
  })

  it('an unknown stability level is a warning', () => {
    const { diagnostics } = given({ 'v.yaml': "alloy: {stabilityLevel: beta, configMap: {content: ' '}}" })
    assert.equal(said(diagnostics), [
      'ARB548 v.yaml:1:25 beta is not a valid stability level, expected one of experimental, public-preview, generally-available',
    ])
  })

  it('extra variables feed the environment', () => {
    const { env, envOpen } = only(`${inline('x')}
agent:
  envFrom: [{secretRef: {name: keys}}]
  extraEnv:
    - {name: A, value: one}
    - {name: B, value: '$(A)-two'}
    - {name: NS, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
    - {name: KEY, valueFrom: {secretKeyRef: {name: keys, key: k}}}
    - {name: C, value: '$(KEY)'}
    - {name: HOSTNAME, value: fixed}`)
    assert.is(envOpen, true)
    assert.equal(Object.fromEntries(env), {
      ALLOY_DEPLOY_MODE: { kind: 'literal', value: 'helm' },
      HOSTNAME: { kind: 'literal', value: 'fixed' },
      A: { kind: 'literal', value: 'one' },
      B: { kind: 'literal', value: 'one-two' },
      NS: { kind: 'namespace' },
      KEY: { kind: 'unknown', from: 'the Secret keys' },
      C: { kind: 'unknown', from: '$(KEY)' },
    })
  })
})

describe('values merge as Helm merges them', it => {
  const chart = (...files: readonly string[]) =>
    only(Object.fromEntries(files.map((text, index) => [`${index}.yaml`, text]))).values!.chart

  it('maps merge, lists and scalars replace, a null stays', () => {
    const merged = chart(
      `${inline('x')}\nrbac: {rules: [{verbs: [get]}], create: true}\nimage: {tag: a}`,
      'rbac: {rules: [], namespaces: [n]}\nimage: null',
    )
    assert.equal([...mapAt(merged, 'rbac')!.entries.keys()], ['rules', 'create', 'namespaces'])
    const rules = get(merged, 'rbac', 'rules')
    assert.ok(rules?.kind === 'list' && rules.items.length === 0)
    assert.is(at(rules.span), '1.yaml:1:15')
    assert.is(at(get(merged, 'rbac', 'create')!.span), '0.yaml:2:41')
    const image = get(merged, 'image')
    assert.ok(image?.kind === 'scalar' && image.value === null)
  })

  it('the globals of an umbrella chart reach the chart, the parent first', () => {
    const { values } = only(`global: {a: 1, b: {c: 1}}\nx: {${inline('x')}, global: {a: 2, b: {d: 2}}}`)
    const globals = get(values!.chart, 'global')!
    const number = (...path: string[]) => (get(globals, ...path) as { value: unknown }).value
    assert.equal([number('a'), number('b', 'c'), number('b', 'd')], [1, 1, 2])
  })

  it('know where the chart is nested', () => {
    assert.equal(only(`a: {b: {${inline('x')}}}`).values!.at, ['a', 'b'])
    assert.equal(only(inline('x')).values!.at, [])
  })

  it('the namespace is that of the values, else of the user', () => {
    const namespace = (yaml: string, options = {}) => only(yaml, options).namespace
    assert.is(namespace(inline('x')), null)
    assert.is(namespace(inline('x'), { namespace: 'n' }), 'n')
    assert.is(namespace(`${inline('x')}\nnamespaceOverride: o`, { namespace: 'n' }), 'o')
  })
})
