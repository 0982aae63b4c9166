import * as assert from 'uvu/assert'
import { runsOnWindows } from '../../../src/kubernetes/pod/windows.ts'
import { describe } from '../../harness.ts'

const system = 'kubernetes.io/os'
const affinity = (...terms: readonly object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
})
const term = (operator: string, values: readonly string[], key = system) => ({
  matchExpressions: [
    { key: 'zone', operator: 'Exists' },
    { key, operator, values },
  ],
})
const process = { windowsOptions: { hostProcess: true } }

const table: readonly (readonly [title: string, pod: object, expected: boolean])[] = [
  ['a pod that says nothing', {}, false],
  ['its system', { os: { name: 'windows' } }, true],
  ['another system', { os: { name: 'linux' } }, false],
  ['its nodes', { nodeSelector: { [system]: 'windows' } }, true],
  ['other nodes', { nodeSelector: { [system]: 'linux' } }, false],
  ['a process of the node', { securityContext: process }, true],
  ['a container that is one', { containers: [{}, { securityContext: process }] }, true],
  ['one that is none', { securityContext: { windowsOptions: { hostProcess: false } } }, false],
  ['an affinity', affinity(term('In', ['windows'])), true],
  ['one of several ways to satisfy it', affinity(term('In', ['windows']), term('In', ['linux'])), false],
  ['either system', affinity(term('In', ['windows', 'linux'])), false],
  ['no system', affinity(term('In', [])), false],
  ['another operator', affinity(term('NotIn', ['windows'])), false],
  ['another label', affinity(term('In', ['windows'], 'other')), false],
  ['an affinity without terms', affinity(), false],
  ['nonsense', { os: 'windows', nodeSelector: 'windows', containers: 'x', affinity: 7 }, false],
]

describe('kubernetes/pod/windows', it => {
  for (const [title, pod, expected] of table)
    it(`is told by ${title}: ${expected}`, () => assert.is(runsOnWindows(pod), expected))
})
