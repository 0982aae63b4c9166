import * as assert from 'uvu/assert'
import { describe } from '../../harness.ts'
import { given, said } from '../given.ts'

const container = '{name: a, image: grafana/alloy, volumeMounts: [{name: c, mountPath: /etc/alloy}]}'
const script = '{name: b, image: grafana/alloy, command: [/start.sh]}'
const volumes = 'volumes: [{name: c, configMap: {name: alloy}}]'
const map =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: alloy, namespace: obs}\ndata: {config.alloy: "x { }"}\n---\n'
const object = (kind: string, more: string, metadata = ''): string =>
  `apiVersion: example.com/v1\nkind: ${kind}\nmetadata: {name: x, namespace: obs${metadata}}\n${more}\n---\n`
const pod = (containers: string, more = ''): string => `{spec: {${more}containers: [${containers}], ${volumes}}}`

/** The configurations that are read, and the containers that are named. */
function found(text: string): readonly string[] {
  const { value, diagnostics } = given({ 'm.yaml': text + map })
  const named = said(diagnostics).filter(line => line.startsWith('ARB553'))
  return [
    ...value.map(({ name }) => name),
    ...named.map(line => line.replace(/^ARB553 \S+ the container (.*) could run.*/, '$1')),
  ]
}

describe('what could run Alloy is read or named', it => {
  const table: readonly [title: string, text: string, found: readonly string[]][] = [
    [
      'beside a container that is read',
      object('DaemonSet', `spec: {template: ${pod(`${container}, ${script}`)}}`),
      ['obs/DaemonSet/x', 'b of obs/DaemonSet/x'],
    ],
    [
      'a container that starts first',
      object('DaemonSet', `spec: {template: ${pod('{name: n, image: nginx}', `initContainers: [${container}], `)}}`),
      ['a of obs/DaemonSet/x'],
    ],
    [
      'a container for debugging',
      object('Pod', pod('{name: n, image: nginx}', `ephemeralContainers: [${container}], `).slice(1, -1)),
      ['obs/Pod/x'],
    ],
    ['a kind of another project', object('Rollout', `spec: {template: ${pod(container)}}`), ['obs/Rollout/x']],
    [
      'deep in a kind of another project',
      object('Workflow', `spec: {templates: [{steps: [{container: ${container}}]}]}`),
      ['a of obs/Workflow/x'],
    ],
    ['a template of pods', object('PodTemplate', `template: ${pod(container)}`), ['obs/PodTemplate/x']],
    [
      'a container of another image with the configuration',
      object('Deployment', `spec: {template: ${pod(container.replace('grafana/alloy', 'mine/agent'))}}`),
      ['a of obs/Deployment/x'],
    ],
    [
      'not what reloads it',
      object('Deployment', `spec: {template: ${pod(container.replace('grafana/alloy', 'mine/config-reloader'))}}`),
      [],
    ],
    [
      'a hook of the container that is read',
      object(
        'DaemonSet',
        `spec: {template: ${pod(container.replace('{name: a', '{lifecycle: {postStart: {exec: {command: [/bin/alloy, run, /x]}}}, name: a'))}}`,
      ),
      ['obs/DaemonSet/x', 'a of obs/DaemonSet/x'],
    ],
    [
      'a probe that runs it',
      object(
        'Deployment',
        `spec: {template: ${pod('{name: w, image: nginx, livenessProbe: {exec: {command: [sh, -c, exec alloy run /x]}}}')}}`,
      ),
      ['w of obs/Deployment/x'],
    ],
    [
      'a shell that runs what a variable holds',
      object(
        'Deployment',
        `spec: {template: ${pod('{name: w, image: mine, command: [sh, -c, exec $RUN], env: [{name: RUN, value: /bin/alloy run /x}]}')}}`,
      ),
      ['w of obs/Deployment/x'],
    ],
    [
      'a program that a variable names, which is read or named',
      object(
        'Deployment',
        `spec: {template: ${pod(`{name: w, image: mine, command: [$(BIN)], args: [start], env: [{name: BIN, value: /bin/alloy}]}`)}}`,
      ),
      ['w of obs/Deployment/x'],
    ],
    [
      'a configuration that is binary data',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bin, namespace: obs}\nbinaryData: {c.alloy: eA==}\n---\n${object('Deployment', 'spec: {template: {spec: {containers: [{name: w, image: mine, volumeMounts: [{name: c, mountPath: /c}]}], volumes: [{name: c, configMap: {name: bin}}]}}}')}`,
      ['w of obs/Deployment/x'],
    ],
    ['not a policy for images', object('ImageRepository', 'spec: {image: grafana/alloy}'), []],
    [
      'containers that values add',
      object(
        'HelmRelease',
        `spec: {values: {alloy: {configMap: {content: ""}}, controller: {extraContainers: [${script}]}}}`,
      ).replace('example.com/v1', 'helm.toolkit.fluxcd.io/v2'),
      ['obs/HelmRelease/x', 'b of obs/HelmRelease/x'],
    ],
  ]
  for (const [title, text, expected] of table) it(title, () => assert.equal(found(text), expected))

  const maker = object('Deployment', `spec: {template: ${pod(container)}}`)
  const owned = (spec: string, more = ''): string =>
    object('ReplicaSet', `spec: {${more}template: ${spec}}`, ', ownerReferences: [{kind: Deployment, name: x}]')
  const made: readonly [title: string, text: string, found: readonly string[]][] = [
    ['what its maker makes alike is left out', maker + owned(pod(container)), ['obs/Deployment/x']],
    [
      'what has more than its maker says is not',
      maker + owned(pod(container, 'hostPID: true, ')),
      ['obs/Deployment/x', 'obs/ReplicaSet/x'],
    ],
    [
      'what makes nothing any more is left out',
      maker + owned(pod(container, 'hostPID: true, '), 'replicas: 0, '),
      ['obs/Deployment/x'],
    ],
    ['what has no maker in the input is read', owned(pod(container)), ['obs/ReplicaSet/x']],
  ]
  for (const [title, text, expected] of made) it(title, () => assert.equal(found(text), expected))
})
