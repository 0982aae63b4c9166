// What Terraform marks as sensitive, in lists that the printed values have to repeat: no format of any command shows it.
import * as assert from 'uvu/assert'
import { command } from '../../cli/io.ts'
import { describe } from '../../harness.ts'

const secret = 'hunter22-of-the-account'

const values = (token: string): string => `alloy:
  configMap:
    content: |
      discovery.kubernetes "pods" {
        role = "pod"
        namespaces { names = ["shop"] }
      }
      discovery.kubernetes "services" { role = "service" }
extraObjects:
  - { apiVersion: example.com/v1, kind: Account, metadata: { name: alloy }, spec: { token: ${token} } }
`

const plan = (more: object, marks: object): string =>
  JSON.stringify({
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'helm_release.alloy',
            mode: 'managed',
            type: 'helm_release',
            name: 'alloy',
            values: { name: 'alloy', namespace: 'monitoring', chart: 'alloy', version: '1.11.1', ...more },
            sensitive_values: marks,
          },
        ],
      },
    },
  })

const set = [{ name: 'extraObjects[0].spec.token', value: secret, type: '' }]

const rows: readonly (readonly [title: string, plan: string])[] = [
  ['all values', plan({ values: [values(secret)] }, { values: true })],
  ['one text of values', plan({ values: [values(secret)] }, { values: [true] })],
  ['a value that is set', plan({ values: [values('unset')], set }, { set: [{ value: true }] })],
  ['a value of set_sensitive', plan({ values: [values('unset')], set_sensitive: set }, {})],
  ['values of a chart around it', plan({ chart: 'umbrella', values: [nested(values(secret))] }, { values: [true] })],
]

function nested(text: string): string {
  return `alloy:\n${text.replaceAll(/^(?=.)/gm, '  ')}`
}

const commands: readonly (readonly string[])[] = [
  ...['values', 'manifests', 'json', 'html'].map(format => ['generate', '--format', format, '--namespace', 'x']),
  ['generate', '--at', 'other'],
  ['generate', '--only', 'rbac'],
  ...['text', 'json', 'markdown', 'html'].map(format => ['diff', '--format', format]),
  ...['text', 'json', 'markdown', 'html', 'sarif'].map(format => ['check', '--format', format]),
]

describe('sensitive values of Terraform', it => {
  for (const [title, text] of rows) {
    it(`are shown by no command: ${title}`, async () => {
      for (const [name = '', ...words] of commands) {
        const { stdout, stderr } = await command([name, 'plan.json', ...words], { 'plan.json': text })
        assert.not.ok((stdout + stderr).includes(secret), `${name} ${words.join(' ')}`)
      }
    })
    it(`refuse values that would repeat them: ${title}`, async () => {
      const { code, stdout, stderr } = await command(['generate', 'plan.json'], { 'plan.json': text })
      assert.is(code, 1)
      assert.is(stdout, '')
      assert.match(stderr, /error\[ARB491\].* extraObjects of helm_release\.alloy/)
    })
  }
  it('do not stand in the way of the half that repeats no list of theirs', async () => {
    const { code, stdout } = await command(['generate', 'plan.json', '--only', 'pod'], {
      'plan.json': rows[3]?.[1] ?? '',
    })
    assert.is(code, 0)
    assert.match(stdout, /runAsUser/)
  })
})
