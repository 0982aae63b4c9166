import * as assert from 'uvu/assert'
import { isMap } from '../../src/chart/json.ts'
import { grantsTo, rbacObjects } from '../../src/chart/prove/prove.ts'
import { readYaml } from '../../src/chart/release/read-yaml.ts'
import { findRelease } from '../../src/chart/release/releases.ts'
import { renderChart } from '../../src/chart/release/render.ts'
import { grantLines } from '../../src/kubernetes/grant.ts'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'
import { turningPoints } from './plans.ts'

const config = `
discovery.kubernetes "pods" {
  role = "pod"
}

remote.kubernetes.secret "credentials" {
  namespace = "monitoring"
  name      = "grafana-cloud"
}
`

describe('chart/secret', it => {
  for (const version of turningPoints) {
    const release = findRelease(version).value!
    it(`is read by name in one namespace beside a watch of all pods, on chart ${version}`, async () => {
      const format = release.extraObjects ? [] : ['--format', 'manifests', '--namespace', 'default']
      const made = await command(['generate', 'config.alloy', '--chart-version', version, ...format], {
        'config.alloy': config,
      })
      assert.is(made.code, 0, made.stderr)
      const documents = readYaml(made.stdout).filter(isMap)
      const rendered = renderChart(release, documents[0]!, { release: 'alloy', namespace: 'default' })
      assert.is(rendered.kind, 'objects')
      const objects = rendered.kind === 'objects' && release.extraObjects ? rendered.objects : documents
      assert.equal(grantLines(grantsTo(rbacObjects(objects), 'default', 'alloy')), [
        'cluster pods list,watch',
        'monitoring secrets[grafana-cloud] get',
      ])
    })
  }
})
