// What Alloy, Kubernetes and Linux print where something is refused, and what `denied` makes of it.
import * as assert from 'uvu/assert'
import { command } from '../../cli/io.ts'
import { describe } from '../../harness.ts'

const account = 'system:serviceaccount:obs:alloy'
const list = (what: string, group = ''): string =>
  String.raw`${what} is forbidden: User \"${account}\" cannot list resource \"${what.split('.')[0]}\" in API group \"${group}\" at the cluster scope`
const by = (component: string, rest: string, path = '/'): string =>
  `ts=2026-08-20T02:01:11Z level=error component_path=${path} component_id=${component} ${rest}`

const configuration = `discovery.kubernetes "nodes" { role = "node" }
prometheus.scrape "cadvisor" {
  targets           = discovery.kubernetes.nodes.targets
  scheme            = "https"
  metrics_path      = "/metrics/cadvisor"
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to        = []
}
prometheus.exporter.process "all" { }
loki.source.file "sys" {
  targets    = [{ __path__ = "/var/log/messages" }]
  forward_to = []
}
loki.source.syslog "in" {
  listener { address = "0.0.0.0:514" }
  forward_to = []
}
`

interface Row {
  readonly title: string
  readonly line: string
  readonly config?: boolean
  /** What must be said, and what must not. */
  readonly says: readonly string[]
  readonly not?: readonly string[]
  readonly code: string
}

const rows: readonly Row[] = [
  {
    title: 'the component that the line names decides, and an informer gets both verbs',
    line: by('discovery.kubernetes.apps', `err="${list('pods')}"`),
    says: ['discovery.kubernetes.apps asked for', 'verbs: ["list", "watch"]', '1 needs --config to decide'],
    not: ['beyla.ebpf'],
    code: 'ARB455',
  },
  {
    title: 'a component within a module is named with it',
    line: by('discovery.kubernetes.apps', `err="${list('pods')}"`, '/k8s.default'),
    says: ['k8s.default/discovery.kubernetes.apps'],
    code: 'ARB455',
  },
  {
    title: 'JSON names it likewise',
    line: `{"level":"error","component_path":"/","component_id":"discovery.kubernetes.apps","err":"${list('pods')}"}`,
    says: ['discovery.kubernetes.apps asked for'],
    code: 'ARB455',
  },
  {
    title: 'a component that the configuration has is asked about itself alone',
    line: by('discovery.kubernetes.nodes', `err="${list('nodes')}"`),
    config: true,
    says: ['which discovery.kubernetes.nodes needs', '1 to grant'],
    code: 'ARB423',
  },
  {
    title: 'a component that the configuration lacks is of another one',
    line: by('discovery.kubernetes.apps', `err="${list('pods')}"`),
    config: true,
    says: ['does not contain discovery.kubernetes.apps', 'next: pass the configuration that the pod'],
    not: ['another program'],
    code: 'ARB454',
  },
  {
    title: 'a component that is not known to ask for it is not blamed on another program',
    line: by('discovery.kubernetes.apps', `err="${list('secrets')}"`),
    says: ['although nothing is known', 'passwords'],
    not: ['another program'],
    code: 'ARB449',
  },
  {
    title: 'a server before the API server gives no words, but client-go does',
    line: by('discovery.kubernetes.svc', 'err="failed to list *v1.Service: unknown (get services)"'),
    says: ['the account is denied cluster services list', '"list", "watch"'],
    code: 'ARB455',
  },
  {
    title: 'the same of a watch and a group',
    line: 'E0820 reflector.go:1] "Unhandled Error" err="failed to watch *v1.ReplicaSet: unknown (get replicasets.apps)"',
    says: ['cluster replicasets.apps watch'],
    code: 'ARB427',
  },
  {
    title: 'a scrape that a kubelet refuses, by the address',
    line: by(
      'prometheus.scrape.x',
      'target=https://10.0.0.1:10250/metrics/cadvisor err="server returned HTTP status 403 Forbidden"',
    ),
    says: ['10250/metrics/cadvisor, which asks the authorizer for cluster nodes/metrics get'],
    code: 'ARB451',
  },
  {
    title: 'a scrape whose line has no address, by the configuration',
    line: by('prometheus.scrape.cadvisor', 'msg="Scrape failed" err="server returned HTTP status 403 Forbidden"'),
    config: true,
    says: ['prometheus.scrape.cadvisor was answered', 'cluster nodes/metrics get', '1 to grant'],
    code: 'ARB451',
  },
  {
    title: 'profiles word it otherwise',
    line: by(
      'pyroscope.scrape.x',
      'url=https://kubernetes.default.svc/debug/pprof/heap err="server returned HTTP status (403) 403 Forbidden"',
    ),
    says: ['url /debug/pprof/heap get'],
    code: 'ARB451',
  },
  {
    title: 'so does remote.http',
    line: by('remote.http.x', 'msg="unexpected status code from response" status="403 Forbidden"'),
    says: ['remote.http.x was answered 403', 'pass the configuration with --config'],
    code: 'ARB451',
  },
  {
    title: 'a server for logs is not a matter of roles',
    line: by('loki.write.x', 'error="server returned HTTP status 403 Forbidden (403): no such tenant"'),
    says: ["not a matter of this account's roles", 'credentials', '1 not to grant'],
    code: 'ARB452',
  },
  {
    title: 'a file that the user may not read',
    line: by('loki.source.file.sys', 'error="open /var/log/messages: permission denied"'),
    config: true,
    says: [
      'Linux does not let loki.source.file.sys open /var/log/messages',
      'runs as root',
      'mounts /var/log',
      '--only pod',
    ],
    code: 'ARB450',
  },
  {
    title: 'a port that only root may listen on',
    line: by('loki.source.syslog.in', 'err="listen tcp 0.0.0.0:514: bind: permission denied"'),
    config: true,
    says: ['on port 514', 'NET_BIND_SERVICE', 'ip_unprivileged_port_start'],
    code: 'ARB450',
  },
  {
    title: 'a raw socket',
    line: by('prometheus.exporter.blackbox.x', 'err="listen ip4:icmp 0.0.0.0: socket: operation not permitted"'),
    says: ['NET_RAW', 'ping_group_range'],
    code: 'ARB450',
  },
  {
    title: 'a file of another process',
    line: by('prometheus.exporter.process.all', 'err="open /proc/1/io: permission denied"'),
    config: true,
    says: ['/proc/1/io', 'hostPID', 'SYS_PTRACE'],
    code: 'ARB450',
  },
  {
    title: 'a socket of the container runtime',
    line: by('discovery.docker.x', 'err="dial unix /var/run/docker.sock: connect: permission denied"'),
    says: ['connect /var/run/docker.sock', 'supplementalGroups'],
    code: 'ARB450',
  },
  {
    title: 'a read-only file system, with no component',
    line: 'Error: failed to create the remotecfg service: mkdir /tmp/alloy: read-only file system',
    says: ['Linux does not let Alloy mkdir /tmp/alloy', 'writable volume', 'emptyDir'],
    code: 'ARB450',
  },
  {
    title: 'capabilities that Beyla misses',
    line: by(
      'beyla.ebpf.x',
      'err="missing capabilities: the following capabilities are required: CAP_BPF, CAP_PERFMON"',
    ),
    says: ['missing capabilities', 'add BPF, PERFMON to alloy.securityContext.capabilities.add'],
    code: 'ARB450',
  },
  {
    title: 'who installs may not grant what it lacks, on the next lines',
    line: `user "helm" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:
{APIGroups:[""], Resources:["pods" "nodes"], Verbs:["list"]}
{NonResourceURLs:["/metrics"], Verbs:["get"]}`,
    says: ['helm makes a role', 'cluster nodes list · cluster pods list · url /metrics get', 'installer'],
    code: 'ARB453',
  },
  {
    title: 'or on the same line, escaped',
    line: String.raw`err="user \"helm\" (groups=[\"a\"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[\"apps\"], Resources:[\"replicasets\"], Verbs:[\"list\"]}"`,
    says: ['cluster replicasets.apps list'],
    code: 'ARB453',
  },
  {
    title: 'an event of an audit log',
    line: `{"kind":"Event","apiVersion":"audit.k8s.io/v1","stage":"ResponseComplete","requestURI":"/api/v1/namespaces/shop/pods/a/log","verb":"get","user":{"username":"${account}"},"objectRef":{"resource":"pods","namespace":"shop","name":"a","apiVersion":"v1","subresource":"log"},"responseStatus":{"code":403},"annotations":{"authorization.k8s.io/decision":"forbid"}}`,
    says: ['obs/alloy is denied shop pods/log[a] get'],
    code: 'ARB427',
  },
  {
    title: 'an event about a path that is not a resource',
    line: `{"kind":"Event","apiVersion":"audit.k8s.io/v1","stage":"ResponseComplete","requestURI":"/metrics?x=1","verb":"get","user":{"username":"${account}"},"responseStatus":{"code":403}}`,
    says: ['obs/alloy is denied url /metrics get'],
    code: 'ARB427',
  },
]

/** What looks like a refusal and is none that a role or the pod's settings end. */
const silent: readonly (readonly [title: string, line: string])[] = [
  [
    'a database refuses its user',
    by('prometheus.exporter.postgres.x', 'err="pq: permission denied for table pg_stat_statements"'),
  ],
  [
    'an RPC is refused',
    by('otelcol.exporter.otlp.x', 'err="rpc error: code = PermissionDenied desc = permission denied"'),
  ],
  [
    'an audited request is allowed',
    '{"apiVersion":"audit.k8s.io/v1","stage":"ResponseComplete","verb":"list","user":{"username":"u"},"objectRef":{"resource":"pods"},"responseStatus":{"code":200},"annotations":{"authorization.k8s.io/decision":"allow"}}',
  ],
  [
    'an audited request is only received',
    '{"apiVersion":"audit.k8s.io/v1","stage":"RequestReceived","verb":"list","user":{"username":"u"},"objectRef":{"resource":"pods"},"annotations":{"authorization.k8s.io/decision":"forbid"}}',
  ],
  ['a port is 403', by('prometheus.scrape.x', 'target=http://10.0.0.1:403/metrics err="connection refused"')],
]

describe('denied', it => {
  for (const { title, line, config = false, says, not = [], code } of rows)
    it(title, async () => {
      const argv = ['denied', 'alloy.log', ...(config ? ['--config', 'config.alloy'] : [])]
      const files = { 'alloy.log': `${line}\n`, 'config.alloy': configuration }
      const { code: exit, stdout } = await command(argv, files)
      assert.is(exit, 0)
      assert.match(stdout, `[${code}]`)
      for (const each of says) assert.ok(stdout.includes(each), `${each}\n${stdout}`)
      for (const each of not) assert.not.ok(stdout.includes(each), `${each}\n${stdout}`)
      const json = JSON.parse((await command([...argv, '--format', 'json'], files)).stdout)
      assert.is([...json.denials, ...json.refusals].length, 1)
    })

  for (const [title, line] of silent)
    it(`says nothing where ${title}`, async () => {
      const { stdout } = await command(['denied', 'alloy.log'], { 'alloy.log': `${line}\n` })
      assert.match(stdout, 'denied: no forbidden request')
    })

  const urls: readonly (readonly [url: string, says: string])[] = [
    ['https://10.0.0.1:10250/metrics/cadvisor', 'cluster nodes/metrics get'],
    ['https://10.0.0.1:10250/run/a', 'cluster nodes/proxy get'],
    ['https://kubernetes.default.svc/api/v1/nodes/n/proxy/metrics', 'cluster nodes/proxy[n] get'],
    ['https://app.shop.svc:8443/metrics', 'url /metrics get'],
    ['https://logs.example.com/push', "not a matter of this account's roles"],
  ]
  for (const [url, says] of urls)
    it(`tells what ${url} asks for`, async () => {
      const { code, stdout } = await command(['denied', '--url', url])
      assert.is(code, 0)
      assert.match(stdout, says)
    })
  it('takes a password in a URL for private', async () => {
    const { stdout } = await command(['denied', '--url', 'https://me:hunter2@10.0.0.1:10250/pods?token=hunter2'])
    assert.not.match(stdout, 'hunter2')
  })
  it('wants a log or a URL', async () => assert.is((await command(['denied'])).code, 2))
  it('answers an older kubelet as that asks', async () => {
    const argv = ['denied', '--url', 'https://10.0.0.1:10250/pods', '--kube-version', '1.32']
    assert.match((await command(argv)).stdout, 'cluster nodes/proxy get')
  })
})
