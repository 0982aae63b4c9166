// Every setting that is read, as something that no one expects: it is judged or refused, and printed as what it is.
import * as assert from 'uvu/assert'
import { describe } from '../harness.ts'
import { command } from './io.ts'

/** What stands where something else belongs, as YAML on one line. */
const odd: readonly string[] = [
  'null',
  '7',
  '""',
  '[]',
  '{a: {b: c}}',
  '[{a: 1}, null, [x]]',
  `"${'long '.repeat(2000)}"`,
  '!!binary aGVsbG8=',
  '&here [*here2]',
  '&here {a: &here2 1, b: *here2}',
]

const settings: readonly string[] = `
alloy.configMap alloy.configMap.create alloy.configMap.content alloy.configMap.name alloy.configMap.key
alloy.extraArgs alloy.extraEnv alloy.envFrom alloy.storagePath alloy.stabilityLevel alloy.clustering alloy.clustering.enabled
alloy.clustering.name alloy.securityContext alloy.securityContext.capabilities alloy.securityContext.runAsUser alloy.mounts
alloy.mounts.varlog alloy.mounts.dockercontainers alloy.mounts.extra alloy.listenAddr alloy.listenPort alloy.extraPorts
alloy.enableReporting alloy.hostAliases alloy agent rbac rbac.create rbac.rules rbac.clusterRules rbac.namespaces
serviceAccount serviceAccount.create serviceAccount.name serviceAccount.automountServiceAccountToken serviceAccount.annotations
controller controller.type controller.hostPID controller.hostNetwork controller.volumes controller.volumes.extra
controller.extraContainers controller.initContainers controller.volumeClaimTemplates controller.podAnnotations
controller.podLabels controller.securityContext controller.replicas image image.tag image.repository crds crds.create
configReloader configReloader.enabled configReloader.securityContext global global.podSecurityContext global.image extraObjects
namespaceOverride nameOverride fullnameOverride networkPolicy networkPolicy.enabled
`
  .trim()
  .split(/\s+/)

const podSettings: readonly string[] = `
metadata.annotations metadata.labels spec spec.serviceAccountName spec.automountServiceAccountToken spec.hostPID spec.hostNetwork
spec.hostIPC spec.securityContext spec.securityContext.runAsUser spec.volumes spec.containers spec.initContainers
spec.ephemeralContainers spec.hostUsers container.image container.args container.command container.env container.envFrom
container.volumeMounts container.securityContext container.securityContext.capabilities
container.securityContext.capabilities.add container.securityContext.privileged container.securityContext.seccompProfile
container.ports container.workingDir container.name
`
  .trim()
  .split(/\s+/)

/** A path as nested maps on one line. */
const nested = (path: string, value: string): string =>
  path.split('.').reduceRight((inside, key) => `{${key}: ${inside}}`, value)

const content = 'discovery.kubernetes "k" { role = "pod" }\n'
const values = (path: string, value: string): Readonly<Record<string, string>> => ({
  'base.yaml': `alloy: {configMap: {content: ${JSON.stringify(content)}}}\n`,
  'odd.yaml': `${nested(path, value).slice(1, -1)}\n`,
})

/** A map on one line, with one of its entries, at a path, as something else. */
function mapWith(entries: Readonly<Record<string, string>>, path: string | null, value: string): string {
  const [first = '', ...rest] = path?.split('.') ?? []
  const other = path === null ? {} : { [first]: rest.length === 0 ? value : nested(rest.join('.'), value) }
  return `{${Object.entries({ ...entries, ...other })
    .map(([key, text]) => `${key}: ${text}`)
    .join(', ')}}`
}

function pod(path: string, value: string): Readonly<Record<string, string>> {
  const under = (start: string): string | null => (path.startsWith(start) ? path.slice(start.length) : null)
  const usual = {
    name: 'alloy',
    image: '"grafana/alloy:v1.18.1"',
    args: '[run, /etc/alloy/config.alloy]',
    volumeMounts: '[{name: c, mountPath: /etc/alloy}]',
  }
  const containers = `[${mapWith(usual, under('container.'), value)}]`
  const spec = mapWith({ containers, volumes: '[{name: c, configMap: {name: alloy}}]' }, under('spec.'), value)
  return {
    'odd.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: alloy}
data:
  config.alloy: ${JSON.stringify(content)}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: alloy}
spec:
  template: ${mapWith({ spec, metadata: '{}' }, path.startsWith('metadata.') || path === 'spec' ? path : null, value)}
`,
  }
}

const check: readonly string[] = ['check', '--format', 'text', '--fail-on', 'note', '--platform', 'gke-autopilot']
/** They read the same: a map where something else belongs will do. */
const others: readonly (readonly string[])[] = [
  ['generate', '--format', 'json', '--network-policy', '--platform', 'openshift', '--keep-extra'],
  ['diff'],
  ['upgrade', '--from', '1.4.0', '--to', '1.11.1'],
]

async function judges(files: Readonly<Record<string, string>>, words: readonly string[]): Promise<void> {
  const [name = '', ...options] = words
  const { code, stdout, stderr, written } = await command(
    [name, ...Object.keys(files), ...options, '--diagnostics', 'said.json'],
    files,
  )
  const text = [stdout, stderr, ...written.values()].join('\n')
  const at = text.search(/this is a bug|\[object |\bundefined\b|\bNaN\b/)
  const place = text.slice(Math.max(0, at - 100), at + 100)
  assert.is(at, -1, `${words.join(' ')} ${files['odd.yaml']?.slice(0, 200)}: ${place}`)
  assert.ok(code === 0 || code === 1 || (code === 3 && name === 'check'), `${words.join(' ')}: exit ${code}`)
}

describe('an odd value', it => {
  for (const path of settings)
    it(`is judged or refused at ${path} of the values`, async () => {
      for (const value of odd) await judges(values(path, value), check)
      for (const words of others) await judges(values(path, '{a: {b: c}}'), words)
    })
  for (const path of podSettings)
    it(`is judged or refused at ${path} of a pod`, async () => {
      for (const value of odd) await judges(pod(path, value), check)
    })
  it('is all that is odd of an input', async () => {
    for (const path of podSettings)
      assert.is(
        (await command(['generate', 'odd.yaml', '--only', 'rbac'], pod(path, '§'))).stderr.includes('ARB532'),
        false,
      )
    const { code } = await command(['generate', 'odd.yaml'], pod('spec.hostPID', 'false'))
    assert.is(code, 0)
  })
})
