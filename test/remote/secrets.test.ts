import * as assert from 'uvu/assert'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'

const secret = 'hunter2-secret'
const config = 'remotecfg {\n  url = "https://fleet.example.com"\n}\n'
/** Secrets in every way in which a pipeline has them, beside things that are wrong. */
const contents = `loki.write "d" {
  endpoint {
    url = "https://user:${secret}@logs.example.com"
    basic_auth {
      password = "${secret}"
      nosuch   = 1
    }
  }
}
prometheus.exporter.postgres "x" {
  data_source_names = ["postgresql://a:${secret}@h/db"]
}
remote.http "q" {
  headers = { "X-Api" = "${secret}" }
}
otelcol.auth.headers "h" {
  header {
    key   = "${secret}"
    value = "${secret}" + 1
  }
}
`
const fine = contents
  .replace('      nosuch   = 1\n', '')
  .replace(' + 1', '')
  .replace('headers =', 'url = "http://a"\n  headers =')
const listed = (text: string): object => ({
  pipelines: [
    { contents: text, name: 'a', matchers: ['team=x'] },
    { contents: fine, name: 'b', matchers: ['team'] },
    { contents: fine, name: '', matchers: ['collector.os=linux'] },
  ],
})
const state = (text: string): object => ({
  format_version: '1.0',
  values: {
    root_module: {
      resources: [
        {
          address: 'grafana_fleet_management_pipeline.a',
          mode: 'managed',
          type: 'grafana_fleet_management_pipeline',
          values: { name: 'a', contents: text, matchers: ['team=x'] },
          sensitive_values: { contents: true },
        },
      ],
    },
  },
})
const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '      ')

const forms: Readonly<Record<string, (text: string) => Readonly<Record<string, string>>>> = {
  'a folder': text => ({ 'p/a.alloy': text, 'p/a.yaml': 'matchers: [team=x]\n' }),
  'JSON on one line': text => ({ 'p/list.json': JSON.stringify(listed(text)) }),
  'JSON on many lines': text => ({ 'p/list.json': JSON.stringify(listed(text), null, 2) }),
  'an index': text => ({
    'p/index.yaml': `pipelines:\n  - name: a\n    contents: |\n${indented(text)}    matchers: [team]\n`,
  }),
  'Terraform on one line': text => ({ 'p/state.json': JSON.stringify(state(text)) }),
  'Terraform on many lines': text => ({ 'p/state.json': JSON.stringify(state(text), null, 2) }),
}

describe('secrets of remote pipelines', it => {
  for (const [form, filesOf] of Object.entries(forms))
    it(`are in no output where they come from ${form}`, async () => {
      for (const text of [contents, fine, `${fine}loki.write "${secret}" {`])
        for (const args of [
          'generate config.alloy',
          'generate config.alloy --format json',
          'check config.alloy',
          'check config.alloy --format sarif',
          'explain loki.write config.alloy',
        ]) {
          const { stdout, stderr } = await command([...args.split(' '), '--remote', 'p', '--optional'], {
            'config.alloy': config,
            ...filesOf(text),
          })
          const said = `${stdout}${stderr}`.replaceAll(`loki.write "${secret}"`, '')
          assert.not.ok(said.includes(secret), `${args}: ${said}`)
          assert.not.ok(/this is a bug/.test(stderr), `${args}: ${stderr}`)
        }
    })
})
