import * as assert from 'uvu/assert'
import { type JsonMap, valueAt } from '../../../src/chart/json.ts'
import { type KnownPod, patchedPod, podPatch, valuesOf } from '../../../src/chart/pod/patch.ts'
import { podSettings } from '../../../src/chart/pod/settings.ts'
import { describe } from '../../harness.ts'
import { planOf } from '../plans.ts'

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

  it('adds no list where the pod has what is needed', () => {
    const pod = {
      containers: [
        { name: container, args: ['--storage.path=/data'], volumeMounts: [{ name: 'data', mountPath: '/data' }] },
      ],
      volumes: [{ name: 'data', emptyDir: {} }],
    }
    const known = { pod, container }
    const { spec } = podPatch(podSettings(planOf([]), valuesOf(known)), known, 'alloy', '1.34').template as {
      spec: { volumes?: unknown; containers: readonly JsonMap[] }
    }
    assert.is(spec.volumes, undefined)
    assert.is(spec.containers[0]!['volumeMounts'], undefined)
  })

  it('takes volumes and mounts of any shape for none', () => {
    const pod = {
      containers: [{ name: container, volumeMounts: [null, 5, { name: 'x' }, { name: 'x', mountPath: 7 }] }],
      volumes: [null, 7, { name: 5 }, { name: 'x', hostPath: 5 }],
    }
    const known = { pod, container }
    const { template } = podPatch(podSettings(planOf([]), valuesOf(known)), known, 'alloy', '1.34')
    assert.equal(valueAt(template, 'spec.volumes'), [{ name: 'tmp-alloy', emptyDir: {} }])
  })

  it('merges containers by name, their mounts by adding to them', () => {
    const mount = (mountPath: string) => ({ name: 'v', mountPath })
    const pod = {
      hostPID: true,
      containers: [
        { name: 'other', volumeMounts: [mount('/o')] },
        { name: 'plain' },
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
        { name: 'plain' },
        { name: container, image: 'i', volumeMounts: [mount('/a'), mount('/b')] },
        { name: 'new' },
      ],
      volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/' } }, { name: 'w' }],
    })
  })
})
