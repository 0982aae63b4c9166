import * as assert from 'uvu/assert'
import type { Options } from '../../../src/input/input.ts'
import { describe } from '../../harness.ts'
import { type Files, given, said } from '../given.ts'

const config = 'remotecfg {\n  url = "https://fleet.example.com"\n}\n'
const pods = 'discovery.kubernetes "pods" {\n  role = "pod"\n}\n'

/** Pipelines as lines: name, type, whether it is enabled, matchers, the first line of the contents; then the diagnostics. */
function read(files: Files, paths: readonly string[]): readonly string[] {
  const remote = paths.map(path => {
    const content = files[path]
    return content === undefined ? ({ kind: 'folder', path } as const) : ({ kind: 'file', path, content } as const)
  })
  const options: Options = { remote }
  const { value, diagnostics } = given({ 'config.alloy': config, ...files }, ['config.alloy'], options)
  const pipelines = value.flatMap(each => each.remote ?? [])
  return [
    ...pipelines.map(({ name, type, enabled, matchers, contents }) => {
      const conditions = matchers === null ? 'unknown' : `[${matchers.map(({ text }) => text).join(' ')}]`
      return `${name} ${type} ${enabled} ${conditions} ${JSON.stringify(contents?.text.split('\n')[0] ?? null)}`
    }),
    ...said(diagnostics),
  ]
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
const state = (values: object, more: object = {}): string =>
  json({
    format_version: '1.0',
    terraform_version: '1.9.0',
    values: {
      root_module: {
        child_modules: [
          {
            address: 'module.fleet',
            resources: [
              {
                address: 'module.fleet.grafana_fleet_management_pipeline.pods',
                mode: 'managed',
                type: 'grafana_fleet_management_pipeline',
                name: 'pods',
                values,
                ...more,
              },
            ],
          },
        ],
      },
    },
  })

const cases: readonly (readonly [title: string, files: Files, paths: readonly string[], lines: readonly string[]])[] = [
  [
    'an Alloy file as one pipeline',
    { 'logs.alloy': pods },
    ['logs.alloy'],
    ['logs alloy true unknown "discovery.kubernetes \\"pods\\" {"'],
  ],
  [
    'a folder with descriptions beside the files, at any depth',
    {
      'p/a.alloy': pods,
      'p/a.yaml': 'matchers: [env=prod]\n',
      'p/deep/b.alloy': pods,
      'p/deep/b.yml': 'name: bee\nenabled: false\nmatchers: []\n',
      'p/c.alloy': pods,
      'p/README.md': '# Pipelines\n',
    },
    ['p'],
    [
      'a alloy true [env=prod] "discovery.kubernetes \\"pods\\" {"',
      'bee alloy false [] "discovery.kubernetes \\"pods\\" {"',
      'c alloy true unknown "discovery.kubernetes \\"pods\\" {"',
    ],
  ],
  [
    'an index in a folder, and the files that it leaves out',
    {
      'p/a.alloy': pods,
      'p/more/b.alloy': pods,
      'p/index.yaml': 'pipelines:\n  - name: bee\n    file: more/b.alloy\n    matchers: [env=prod]\n',
    },
    ['p'],
    [
      'bee alloy true [env=prod] "discovery.kubernetes \\"pods\\" {"',
      'a alloy true unknown "discovery.kubernetes \\"pods\\" {"',
    ],
  ],
  [
    'an index that is named, with the name of the file where it gives none',
    { 'i/index.yaml': 'pipelines:\n  - file: b.alloy\n', 'i/b.alloy': pods },
    ['i/index.yaml'],
    ['b alloy true [] "discovery.kubernetes \\"pods\\" {"'],
  ],
  [
    'the answer of ListPipelines',
    {
      'list.json': json({
        pipelines: [
          {
            name: 'a',
            contents: pods,
            matchers: ['env="prod"'],
            enabled: true,
            id: '1',
            configType: 'CONFIG_TYPE_ALLOY',
          },
          { name: 'b', contents: 'receivers: {}\n', enabled: false, configType: 'CONFIG_TYPE_OTEL' },
        ],
      }),
    },
    ['list.json'],
    ['a alloy true [env="prod"] "discovery.kubernetes \\"pods\\" {"', 'b otel false [] "receivers: {}"'],
  ],
  ['an answer without pipelines', { 'list.json': '{}' }, ['list.json'], ['ARB131 - list.json contains no pipelines']],
  [
    'the request of CreatePipeline, with names as the proto file has them',
    { 'create.json': json({ pipeline: { name: 'a', contents: pods, config_type: 1 }, validate_only: true }) },
    ['create.json'],
    ['a alloy true [] "discovery.kubernetes \\"pods\\" {"'],
  ],
  [
    'contents that look like YAML as those of another collector',
    { 'list.json': json({ pipelines: [{ name: 'a', contents: 'receivers:\n  otlp: {}\n' }] }) },
    ['list.json'],
    ['a otel true [] "receivers:"'],
  ],
  [
    'a resource in a module of a Terraform state',
    {
      'state.json': state({
        name: 'pods',
        contents: pods,
        matchers: ['env="prod"'],
        enabled: true,
        config_type: 'ALLOY',
      }),
    },
    ['state.json'],
    ['pods alloy true [env="prod"] "discovery.kubernetes \\"pods\\" {"'],
  ],
  [
    'a Terraform plan in which something is known after apply',
    {
      'plan.json': json({
        format_version: '1.2',
        planned_values: {
          root_module: {
            resources: [
              {
                address: 'grafana_fleet_management_pipeline.this["pods"]',
                mode: 'managed',
                type: 'grafana_fleet_management_pipeline',
                values: { name: 'pods', enabled: null, matchers: ['a=b', null] },
              },
            ],
          },
        },
        resource_changes: [
          {
            address: 'grafana_fleet_management_pipeline.this["pods"]',
            change: {
              actions: ['create'],
              after_unknown: { contents: true, enabled: true, matchers: [false, true], id: true },
            },
          },
        ],
      }),
    },
    ['plan.json'],
    ['pods alloy null unknown null'],
  ],
  [
    'a file that no pipeline is in',
    { 'ci.yaml': 'stages: [build]\n' },
    ['ci.yaml'],
    ['ARB133 ci.yaml:1:1 ci.yaml contains a document that describes no pipeline'],
  ],
  [
    'a file of a folder that no pipeline is in, with a note',
    { 'p/a.alloy': pods, 'p/ci.yaml': 'stages: [build]\n' },
    ['p'],
    [
      'a alloy true unknown "discovery.kubernetes \\"pods\\" {"',
      'ARB133 p/ci.yaml:1:1 p/ci.yaml contains a document that describes no pipeline',
    ],
  ],
  [
    'an entry without contents',
    { 'index.yaml': 'pipelines:\n  - name: a\n    file: gone.alloy\n  - contents: ""\n' },
    ['index.yaml'],
    [
      'a alloy true [] null',
      ' alloy true [] ""',
      'ARB129 index.yaml:2:5 pipeline a names gone.alloy, which is not passed',
      'ARB129 index.yaml:4:5 this pipeline has no name',
    ],
  ],
  [
    'two that differ under one name',
    { 'a.alloy': pods, 'old/a.alloy': 'logging {}\n' },
    ['a.alloy', 'old/a.alloy'],
    [
      'a alloy true unknown "discovery.kubernetes \\"pods\\" {"',
      'a alloy true unknown "logging {}"',
      'ARB132 old/a.alloy:1:1 two pipelines named a differ; the server knows one of that name, so both are taken into account',
    ],
  ],
  [
    'one that is passed twice',
    { 'a.alloy': pods, 'old/a.alloy': pods },
    ['a.alloy', 'old/a.alloy'],
    [
      'a alloy true unknown "discovery.kubernetes \\"pods\\" {"',
      'a alloy true unknown "discovery.kubernetes \\"pods\\" {"',
    ],
  ],
]

describe('input/remote', it => {
  for (const [title, files, paths, lines] of cases) it(`reads ${title}`, () => assert.equal(read(files, paths), lines))
})
