import * as assert from 'uvu/assert'
import { chartSettings } from '../../../src/input/helm/chart-settings.ts'
import type { Release } from '../../../src/input/helm/release.ts'
import { readYaml } from '../../../src/input/yaml/parse-yaml.ts'
import { mapAt } from '../../../src/input/yaml/tree.ts'
import { describe } from '../../harness.ts'

/** The port on which Alloy listens with these values of the chart. */
function portOf(yaml: string): number {
  const { value } = readYaml({ path: 'v.yaml', text: `chart: ${yaml}` })
  const chart = mapAt(value[0]!, 'chart')!
  return chartSettings(chart, { chartVersion: null } as Release).value.listen.port.value
}

describe('the port of values', it => {
  const table: readonly (readonly [title: string, yaml: string, port: number])[] = [
    ['is the one they name', '{alloy: {listenPort: 80}}', 80],
    ['may be a text', '{alloy: {listenPort: "80"}}', 80],
    ['is that of Alloy without one', '{alloy: {}}', 12345],
    ['is that of Alloy where what they name is not a whole number', '{alloy: {listenPort: 80.5}}', 12345],
    ['is that of Alloy where what they name is not a number', '{alloy: {listenPort: http}}', 12345],
    [
      'is the last one that an argument names',
      '{alloy: {listenPort: 80, extraArgs: ["--server.http.listen-addr=0.0.0.0:90"]}}',
      90,
    ],
  ]
  for (const [title, yaml, port] of table) it(title, () => assert.is(portOf(yaml), port))
})
