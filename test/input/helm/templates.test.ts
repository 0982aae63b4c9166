import * as assert from 'uvu/assert'
import { templateActions } from '../../../src/input/helm/templates.ts'
import { describe } from '../../harness.ts'

describe('templateActions finds what Helm would run', it => {
  const table: readonly [title: string, text: string, actions: readonly string[]][] = [
    ['no action', 'a = { b = { c = 1 } }', []],
    ['an action', 'a = "{{ .Release.Name }}"', ['{{ .Release.Name }}']],
    ['two actions on a line', '{{a}}b{{c}}', ['{{a}}', '{{c}}']],
    ['braces in a quoted string of an action', 'x {{ "}}" }} y', ['{{ "}}" }}']],
    ['an escaped quote in an action', String.raw`{{ "\"}}" }} y`, [String.raw`{{ "\"}}" }}`]],
    ['braces in a raw string of an action', 'x {{ `{{ .Value }}` }} y', ['{{ `{{ .Value }}` }}']],
    ['braces in a comment', "{{- /* it's }} */ -}} y", ["{{- /* it's }} */ -}}"]],
    ['an action over several lines', '{{ if\n a }}', ['{{ if\n a }}']],
    ['an action without an end', 'a {{ b', ['{{ b']],
    ['a third brace belongs to the text', '{{ a }}}', ['{{ a }}']],
  ]
  for (const [title, text, actions] of table) {
    it(title, () =>
      assert.equal(
        templateActions(text).map(({ start, end }) => text.slice(start, end)),
        actions,
      ),
    )
  }
})
