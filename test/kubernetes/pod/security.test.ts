import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { type Container, type PodSpec, podSecurity } from '../../../src/kubernetes/pod/security.ts'
import { describe } from '../../harness.ts'

type Settings = NonNullable<Container['securityContext']>
type PodSettings = NonNullable<PodSpec['securityContext']>

const strict: Settings = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
}

/** A pod that the restricted standard admits, except for what is passed in. */
const pod = (context: Settings = {}, rest: PodSpec = {}): PodSpec => ({
  containers: [{ name: 'alloy', securityContext: { ...strict, ...context } }],
  ...rest,
})
const shared = (securityContext: PodSettings): PodSpec => pod({}, { securityContext })
const holding = (rest: Container): PodSpec => ({ containers: [{ securityContext: strict, ...rest }] })

const both = (name: string) => ({ baseline: [name], restricted: [name] })
const onlyRestricted = (...names: readonly string[]) => ({ baseline: [], restricted: names })
const none = { baseline: [], restricted: [] }

type Row = readonly [
  title: string,
  spec: PodSpec,
  violations: { baseline: readonly string[]; restricted: readonly string[] },
]

const cases: readonly Row[] = [
  ['a strict container is admitted', pod(), none],
  ['a pod without containers is admitted', { securityContext: { runAsNonRoot: true } }, none],
  [
    'a container without settings is admitted by the baseline',
    { containers: [{ name: 'alloy' }] },
    onlyRestricted(
      'allowPrivilegeEscalation != false',
      'runAsNonRoot != true',
      'seccompProfile',
      'unrestricted capabilities',
    ),
  ],
  ['null is absent', pod({ appArmorProfile: null, procMount: null }, { volumes: null, initContainers: null }), none],
  [
    'privilege escalation must be forbidden',
    pod({ allowPrivilegeEscalation: true }),
    onlyRestricted('allowPrivilegeEscalation != false'),
  ],
  ['NET_BIND_SERVICE may be added', pod({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }), none],
  [
    'a default capability is for the baseline',
    pod({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
    onlyRestricted('unrestricted capabilities'),
  ],
  [
    'dropping some is not dropping all',
    pod({ capabilities: { drop: ['CHOWN'] } }),
    onlyRestricted('unrestricted capabilities'),
  ],
  [
    'another capability is for neither',
    pod({ capabilities: { drop: ['ALL'], add: ['SYS_PTRACE'] } }),
    { baseline: ['non-default capabilities'], restricted: ['unrestricted capabilities'] },
  ],
  ['privileged is for neither', pod({ privileged: true }), both('privileged')],
  ['not privileged is for both', pod({ privileged: false }), none],
  ['the host network is for neither', pod({}, { hostNetwork: true }), both('host namespaces')],
  ['the host PID namespace is for neither', pod({}, { hostPID: true }), both('host namespaces')],
  ['the host IPC namespace is for neither', pod({}, { hostIPC: true }), both('host namespaces')],
  [
    'a path of the host is for neither',
    pod({}, { volumes: [{ name: 'v', hostPath: { path: '/var/log' } }] }),
    { baseline: ['hostPath volumes'], restricted: ['restricted volume types'] },
  ],
  [
    'network volumes are for the baseline',
    pod({}, { volumes: [{ name: 'v', nfs: {} }] }),
    onlyRestricted('restricted volume types'),
  ],
  [
    'a volume of no kind is for the baseline',
    pod({}, { volumes: [{ name: 'v' }] }),
    onlyRestricted('restricted volume types'),
  ],
  ...[
    'configMap',
    'csi',
    'downwardAPI',
    'emptyDir',
    'ephemeral',
    'image',
    'persistentVolumeClaim',
    'projected',
    'secret',
  ].map((kind): Row => [`a ${kind} volume is for both`, pod({}, { volumes: [{ name: 'v', [kind]: {} }] }), none]),
  ['a port of the host is for neither', holding({ ports: [{ hostPort: 80 }] }), both('hostPort')],
  ['port 0 is none', holding({ ports: [{ hostPort: 0 }, {}] }), none],
  [
    'a probe of another host is for neither',
    holding({ livenessProbe: { httpGet: { host: 'x' } } }),
    both('probe or lifecycle host'),
  ],
  [
    'so is a readiness probe',
    holding({ readinessProbe: { tcpSocket: { host: 'x' } } }),
    both('probe or lifecycle host'),
  ],
  ['so is a startup probe', holding({ startupProbe: { httpGet: { host: 'x' } } }), both('probe or lifecycle host')],
  [
    'so is a hook after the start',
    holding({ lifecycle: { postStart: { httpGet: { host: 'x' } } } }),
    both('probe or lifecycle host'),
  ],
  [
    'so is a hook before the stop',
    holding({ lifecycle: { preStop: { tcpSocket: { host: 'x' } } } }),
    both('probe or lifecycle host'),
  ],
  [
    'a probe of the pod is for both',
    holding({ livenessProbe: { httpGet: { host: '' } }, readinessProbe: { httpGet: {} } }),
    none,
  ],
  ['unmasked /proc is for neither', pod({ procMount: 'Unmasked' }), both('procMount')],
  ['masked /proc is for both', pod({ procMount: 'Default' }), none],
  ['unconfined seccomp is for neither', pod({ seccompProfile: { type: 'Unconfined' } }), both('seccompProfile')],
  [
    'unconfined seccomp of the pod is for neither',
    shared({ seccompProfile: { type: 'Unconfined' } }),
    both('seccompProfile'),
  ],
  ['a local seccomp profile is for both', pod({ seccompProfile: { type: 'Localhost' } }), none],
  [
    'the seccomp profile of the pod is inherited',
    pod({ seccompProfile: null }, { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
    none,
  ],
  ['no seccomp profile is for the baseline', pod({ seccompProfile: null }), onlyRestricted('seccompProfile')],
  ['root by flag is for the baseline', pod({ runAsNonRoot: false }), onlyRestricted('runAsNonRoot != true')],
  ['a flag of the pod is inherited', pod({ runAsNonRoot: null }, { securityContext: { runAsNonRoot: true } }), none],
  [
    'a wrong flag of the pod counts though the container has a right one',
    shared({ runAsNonRoot: false }),
    onlyRestricted('runAsNonRoot != true'),
  ],
  ['user 0 is for the baseline', pod({ runAsUser: 0 }), onlyRestricted('runAsUser=0')],
  [
    'user 0 of the pod counts though the container has another',
    pod({ runAsUser: 473 }, { securityContext: { runAsUser: 0 } }),
    onlyRestricted('runAsUser=0'),
  ],
  ['another user is for both', pod({ runAsUser: 473 }), none],
  ['an unsafe sysctl is for neither', shared({ sysctls: [{ name: 'kernel.msgmax' }] }), both('forbidden sysctls')],
  ...[
    'kernel.shm_rmid_forced',
    'net.ipv4.ip_local_port_range',
    'net.ipv4.ip_local_reserved_ports',
    'net.ipv4.ip_unprivileged_port_start',
    'net.ipv4.ping_group_range',
    'net.ipv4.tcp_fin_timeout',
    'net.ipv4.tcp_keepalive_intvl',
    'net.ipv4.tcp_keepalive_probes',
    'net.ipv4.tcp_keepalive_time',
    'net.ipv4.tcp_rmem',
    'net.ipv4.tcp_syncookies',
    'net.ipv4.tcp_wmem',
  ].map((name): Row => [`sysctl ${name} is for both`, shared({ sysctls: [{ name }] }), none]),
  ['an SELinux type of containers is for both', pod({ seLinuxOptions: { type: 'container_engine_t' } }), none],
  ['another SELinux type is for neither', pod({ seLinuxOptions: { type: 'spc_t' } }), both('seLinuxOptions')],
  ['an SELinux user is for neither', pod({ seLinuxOptions: { user: 'system_u' } }), both('seLinuxOptions')],
  ['an SELinux role of the pod is for neither', shared({ seLinuxOptions: { role: 'x' } }), both('seLinuxOptions')],
  [
    'unconfined AppArmor is for neither',
    pod({ appArmorProfile: { type: 'Unconfined' } }),
    both('forbidden AppArmor profile'),
  ],
  ['a local AppArmor profile is for both', shared({ appArmorProfile: { type: 'Localhost' } }), none],
  ['a process of a Windows host is for neither', pod({ windowsOptions: { hostProcess: true } }), both('hostProcess')],
  [
    'a pod of Windows host processes is for neither',
    shared({ windowsOptions: { hostProcess: true } }),
    both('hostProcess'),
  ],
  [
    'containers that start the pod count',
    pod({}, { initContainers: [{ securityContext: { ...strict, privileged: true } }] }),
    both('privileged'),
  ],
  [
    'containers for debugging count',
    pod({}, { ephemeralContainers: [{ securityContext: { ...strict, privileged: true } }] }),
    both('privileged'),
  ],
  [
    'Windows has no seccomp, capabilities or privilege escalation',
    { os: { name: 'windows' }, containers: [{ securityContext: { runAsNonRoot: true } }] },
    none,
  ],
]

const prefix = 'container.apparmor.security.beta.kubernetes.io/'

const annotated: readonly [
  title: string,
  annotations: Record<string, string>,
  type: string,
  expected: string | null,
][] = [
  ['an annotation may ask for the default', { [`${prefix}alloy`]: 'runtime/default' }, 'RuntimeDefault', null],
  ['an annotation may name a local profile', { [`${prefix}alloy`]: 'localhost/x' }, 'RuntimeDefault', null],
  ['an empty annotation asks for nothing', { [`${prefix}alloy`]: '' }, 'RuntimeDefault', null],
  [
    'an annotation may not ask for no profile',
    { [`${prefix}alloy`]: 'unconfined' },
    'RuntimeDefault',
    'forbidden AppArmor profile',
  ],
  [
    'annotations of containers that do not exist count',
    { [`${prefix}x`]: 'unconfined' },
    'RuntimeDefault',
    'forbidden AppArmor profile',
  ],
  [
    'an annotation and a field are two',
    { [`${prefix}alloy`]: 'unconfined' },
    'Unconfined',
    'forbidden AppArmor profiles',
  ],
  [
    'two annotations are two',
    { [`${prefix}a`]: 'unconfined', [`${prefix}b`]: 'unconfined' },
    'RuntimeDefault',
    'forbidden AppArmor profiles',
  ],
  [
    'other annotations do not matter',
    { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' },
    'RuntimeDefault',
    null,
  ],
]

describe('podSecurity', it => {
  for (const [title, spec, violations] of cases)
    it(title, () => {
      const best = violations.restricted.length === 0 ? 'restricted' : 'baseline'
      const level = violations.baseline.length === 0 ? best : 'privileged'
      assert.equal(podSecurity(spec, {}, '1.34'), { level, violations })
    })

  for (const [title, annotations, type, expected] of annotated)
    it(title, () => {
      const { violations } = podSecurity(pod({ appArmorProfile: { type } }), annotations, '1.34')
      assert.equal(violations.baseline, expected === null ? [] : [expected])
    })

  const own = pod({ runAsNonRoot: false, runAsUser: 0, procMount: 'Unmasked' }, { hostUsers: false })
  const byRelease: readonly [title: string, kubernetes: string, spec: PodSpec, violations: Row[2]][] = [
    [
      'a pod with users of its own is judged like any other by 1.34',
      '1.34',
      own,
      { baseline: ['procMount'], restricted: ['procMount', 'runAsNonRoot != true', 'runAsUser=0'] },
    ],
    ['its root is nobody on the host from 1.35 on', '1.35', own, { baseline: [], restricted: ['procMount'] }],
  ]
  for (const [title, kubernetes, spec, violations] of byRelease)
    it(title, () => assert.equal(podSecurity(spec, {}, kubernetes).violations, violations))

  it('a pod of any shape is judged', () => {
    const strange = fc.oneof(fc.anything(), fc.array(fc.anything()))
    const fields = (...names: readonly string[]) => fc.oneof(strange, fc.dictionary(fc.constantFrom(...names), strange))
    const settings = fc.record({
      capabilities: fields('add', 'drop'),
      sysctls: strange,
      seccompProfile: strange,
      appArmorProfile: strange,
      seLinuxOptions: strange,
      windowsOptions: strange,
    })
    const security = fc.oneof(strange, settings)
    const container = fc.record({
      securityContext: security,
      ports: strange,
      livenessProbe: fields('httpGet', 'tcpSocket'),
      lifecycle: fields('postStart', 'preStop'),
    })
    const containers = fc.oneof(strange, fc.array(fc.oneof(strange, container)))
    const shape = fc.record({
      containers,
      initContainers: containers,
      volumes: strange,
      securityContext: security,
      os: strange,
    })
    const annotations = fc.dictionary(fc.constant(`${prefix}alloy`), strange)
    const judged = fc.property(shape, annotations, (spec, annotations) => {
      podSecurity(spec as PodSpec, annotations as Readonly<Record<string, string>>, '1.37')
    })
    fc.assert(judged, { numRuns: 1_000 })
  })
})
