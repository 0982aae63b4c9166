import * as assert from 'uvu/assert'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'

const spread = (service: string): string => `otelcol.exporter.loadbalancing "x" {
  resolver {
    kubernetes {
      service = ${service}
    }
  }
  protocol {
    otlp {
      client { }
    }
  }
}
`

const [before, after] = ['1.18.1', '1.19.0-rc.3']

/** Values of an argument, and the releases that refuse them. */
const services: readonly (readonly [service: string, refusedBy: readonly string[]])[] = [
  ['""', [before, after]],
  ['"sink"', []],
  ['"sink.tracing"', []],
  ['"sink."', []],
  ['"sink.tracing.svc.cluster.local"', []],
  ['".tracing"', [after]],
  ['"sink..svc.cluster.local"', [after]],
  ['"sink.tracing.sv.cluster.local"', [after]],
  ['"sink.tracing.svc"', [after]],
  ['sys.env("SERVICE")', []],
]

describe('what Alloy refuses', it => {
  for (const [service, refusedBy] of services)
    it(`of the service ${service}`, async () => {
      for (const release of [before, after]) {
        const line = ['generate', 'config.alloy', '--only', 'rbac', '--alloy-version', release]
        const { code, stdout, stderr } = await command(line, { 'config.alloy': spread(service) })
        const isRefused = refusedBy.includes(release)
        assert.is(code, isRefused ? 1 : 0, `${release} ${stderr}`)
        assert.is(stdout === '', isRefused)
        assert.is(stderr.includes('error[ARB315]'), isRefused)
      }
    })
})
