import * as assert from 'uvu/assert'
import { type JsonMap, valueAt } from '../../src/chart/json.ts'
import { type KnownPod, patchedPod, podPatch } from '../../src/chart/patch.ts'
import { podSettings } from '../../src/chart/pod.ts'
import { describe } from '../harness.ts'
import { planOf } from './plans.ts'

const container = 'alloy'
const settings = podSettings(planOf([]))
const containersOf = (known: KnownPod): readonly JsonMap[] => {
  const { spec } = podPatch(settings, known, 'alloy', '1.34').template as { spec: { containers: readonly JsonMap[] } }
  return spec.containers
}

describe('chart/patch', it => {
  it('tightens the container of Alloy, and the reloader where the pod has one', () => {
    const names = (pod: JsonMap) => containersOf({ pod, container }).map(({ name }) => name)
    assert.equal(names({ containers: [{ name: container }] }), ['alloy'])
    assert.equal(names({ containers: [{ name: container }, { name: 'other' }] }), ['alloy'])
    assert.equal(names({ containers: [{ name: 'config-reloader' }, { name: container }] }), [
      'alloy',
      'config-reloader',
    ])
  })

  it("takes the reloader's own settings over", () => {
    const reloader = { name: 'config-reloader', securityContext: { runAsUser: 5 } }
    const [, patched] = containersOf({ pod: { containers: [{ name: container }, reloader] }, container })
    assert.is(patched && valueAt(patched, 'securityContext.runAsUser'), 5)
  })

  it('merges containers by name, their mounts by adding to them', () => {
    const mount = (mountPath: string) => ({ name: 'v', mountPath })
    const pod = {
      hostPID: true,
      containers: [
        { name: 'other', volumeMounts: [mount('/o')] },
        { name: container, image: 'i', volumeMounts: [mount('/a')] },
      ],
      volumes: [{ name: 'v', emptyDir: {} }],
    }
    const patch = {
      hostPID: false,
      containers: [{ name: container, volumeMounts: [mount('/b')] }, { name: 'new' }],
      volumes: [{ name: 'v', hostPath: { path: '/' } }, { name: 'w' }],
    }
    assert.equal(patchedPod(pod, patch), {
      hostPID: false,
      containers: [
        { name: 'other', volumeMounts: [mount('/o')] },
        { name: container, image: 'i', volumeMounts: [mount('/a'), mount('/b')] },
        { name: 'new' },
      ],
      volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/' } }, { name: 'w' }],
    })
  })
})
