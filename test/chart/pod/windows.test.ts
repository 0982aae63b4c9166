import * as assert from 'uvu/assert'
import { examples } from '#rulemap/examples'
import type { JsonMap } from '../../../src/chart/json.ts'
import type { Example } from '../../../src/rules/map/example.ts'
import { command } from '../../cli/io.ts'
import { describe } from '../../harness.ts'
import { map } from '../../rulemap/map.ts'

const selector = { 'kubernetes.io/os': 'windows' }
const expression = { key: 'kubernetes.io/os', operator: 'In', values: ['windows'] }
const affinity = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [expression] }] },
  },
}
const process = { windowsOptions: { hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM' } }

/** Where a pod may run, as fields of its specification, and of the security context of its container. */
interface Placed {
  readonly pod?: JsonMap
  readonly context?: JsonMap
}

const windows: Readonly<Record<string, Placed>> = {
  'a node selector': { pod: { nodeSelector: selector } },
  'a node affinity': { pod: { affinity } },
}
const processes: Readonly<Record<string, Placed>> = {
  'a HostProcess container': { context: process },
  'a HostProcess pod with a node selector': { pod: { nodeSelector: selector, securityContext: process } },
}
const linux: Readonly<Record<string, Placed>> = {
  'no nodes': {},
  'nodes of Linux': { pod: { nodeSelector: { 'kubernetes.io/os': 'linux' } } },
}

/** A volume by the path that it is mounted at. */
type Mounted = readonly string[]

const hostFolder = { hostPath: { path: 'C:\\data' } }

function valuesOf(content: string, { pod = {}, context }: Placed, mounted: Mounted = []): JsonMap {
  const { securityContext, ...controller } = pod
  return {
    alloy: {
      stabilityLevel: 'experimental',
      enableCommunityComponents: true,
      configMap: { content },
      ...(context && { securityContext: context }),
      mounts: { extra: mounted.map((mountPath, at) => ({ name: `v${at}`, mountPath })) },
    },
    ...(securityContext !== undefined && { global: { podSecurityContext: securityContext } }),
    controller: { ...controller, volumes: { extra: mounted.map((_, at) => ({ name: `v${at}`, ...hostFolder })) } },
  }
}

function manifestsOf(content: string, { pod = {}, context }: Placed, mounted: Mounted = []): readonly JsonMap[] {
  const metadata = { name: 'alloy', namespace: 'obs' }
  const labels = { app: 'alloy' }
  const container = {
    name: 'alloy',
    image: 'docker.io/grafana/alloy:v1.18.1',
    args: [
      'run',
      '/etc/alloy/config.alloy',
      '--stability.level=experimental',
      '--feature.community-components.enabled',
    ],
    ...(context && { securityContext: context }),
    volumeMounts: [
      { name: 'config', mountPath: '/etc/alloy' },
      ...mounted.map((mountPath, at) => ({ name: `v${at}`, mountPath })),
    ],
  }
  const volumes = [
    { name: 'config', configMap: { name: 'alloy' } },
    ...mounted.map((_, at) => ({ name: `v${at}`, ...hostFolder })),
  ]
  const spec = { ...pod, serviceAccountName: 'alloy', containers: [container], volumes }
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.alloy': content } },
    {
      ...{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
    },
  ]
}

const forms = {
  values: (...given: Parameters<typeof valuesOf>) => JSON.stringify(valuesOf(...given)),
  manifests: (...given: Parameters<typeof manifestsOf>) =>
    manifestsOf(...given)
      .map(each => JSON.stringify(each))
      .join('\n---\n'),
}
type Form = keyof typeof forms

interface Said {
  readonly code: string
  readonly message: string
  readonly help?: string
}

/** What a command says of an input, and what it prints. */
async function said(name: 'generate' | 'check' | 'diff', text: string, more: readonly string[] = []) {
  const argv = [name, 'in.yaml', ...more, '--diagnostics', 'said.json']
  const { written, stdout } = await command(argv, { 'in.yaml': text })
  const { diagnostics } = JSON.parse([...written.values()].join('')) as { diagnostics: readonly Said[] }
  return { diagnostics, stdout }
}

/** The folders that a deployment is said to lack, with who names them. */
async function folders(form: Form, content: string, placed: Placed, mounted: Mounted = []): Promise<readonly string[]> {
  const found = await Promise.all(
    (['generate', 'check'] as const).map(name => said(name, forms[form](content, placed, mounted))),
  )
  const [one = [], other = []] = found.map(({ diagnostics }) =>
    diagnostics
      .filter(({ code }) => code === 'ARB316')
      .map(({ message }) => message.replace(/^nothing is mounted at (.*), which (.*) may read or write.*$/, '$2 $1')),
  )
  assert.equal(one, other)
  return [...one].sort()
}

const read = (path: string, label = 'app') =>
  `loki.source.file "${label}" {\n  targets    = [{__path__ = ${path}}]\n  forward_to = []\n}\n`

const logs = read('"C:\\\\logs\\\\app\\\\*.log"')

describe('a pod on Windows', it => {
  const named: readonly (readonly [title: string, content: string, folders: readonly string[]])[] = [
    ['the files of targets', logs, ['loki.source.file.app C:\\logs\\app']],
    ['a file with slashes', read('"d:/logs/app.log"'), ['loki.source.file.app d:/logs']],
    ['a file without a drive', read('"/var/log/pods/*/*/*.log"'), ['loki.source.file.app C:/var/log/pods']],
    ['a path that is known in part', read('"C:\\\\logs\\\\x-" + sys.env("APP")'), ['loki.source.file.app C:\\logs']],
    ['a file on the drive itself', read('"D:\\\\app.log"'), ['loki.source.file.app D:\\app.log']],
    [
      'a file that is read',
      'local.file "list" {\n  filename = "C:\\\\lists\\\\hosts.txt"\n}\n',
      ['local.file.list C:\\lists'],
    ],
    ['a module', 'import.file "parts" {\n  filename = "C:\\\\parts\\\\a.alloy"\n}\n', ['import.file.parts C:\\parts']],
    [
      'bookmarks',
      'loki.source.windowsevent "app" {\n  eventlog_name = "Application"\n  bookmark_path = "C:\\\\ProgramData\\\\Alloy\\\\app.xml"\n  forward_to    = []\n}\n',
      ['loki.source.windowsevent.app C:\\ProgramData\\Alloy'],
    ],
    [
      'a folder once, however it is written',
      logs + read('"c:/LOGS/APP/x.log"', 'same') + read('"C:\\\\Logs/./App\\\\\\\\x.log"', 'deep'),
      ['loki.source.file.app, loki.source.file.same, loki.source.file.deep C:\\logs\\app'],
    ],
    ['no file that every pod has', 'local.file "c" {\n  filename = "C:\\\\etc\\\\alloy\\\\part.txt"\n}\n', []],
    [
      'no relative file, and no other text',
      'local.file "c" {\n  filename = "part.txt"\n}\nloki.write "w" {\n  endpoint {\n    url = "http://c/x"\n  }\n}\n',
      [],
    ],
  ]
  for (const [title, content, expected] of named)
    it(`is told of ${title}`, async () => {
      for (const form of Object.keys(forms) as Form[]) {
        for (const placed of Object.values(windows)) assert.equal(await folders(form, content, placed), expected)
        for (const placed of Object.values({ ...processes, ...linux }))
          assert.equal(await folders(form, content, placed), [])
      }
    })

  const mounted: readonly (readonly [title: string, at: string, isShown: boolean])[] = [
    ['the folder', 'C:\\logs\\app', true],
    ['it in capitals', 'C:\\LOGS\\APP', true],
    ['it with slashes, the drive small', 'c:/logs/app/', true],
    ['it without a drive', '/logs/app', true],
    ['a folder around it', 'C:\\logs', true],
    ['the drive', 'C:\\', true],
    ['a folder that begins alike', 'C:\\logs\\ap', false],
    ['another drive', 'D:\\logs\\app', false],
    ['a folder in it', 'C:\\logs\\app\\old', false],
  ]
  for (const [title, at, isShown] of mounted)
    it(`has the files ${isShown ? 'where' : 'no more where'} a volume is mounted at ${title}`, async () => {
      for (const form of Object.keys(forms) as Form[])
        for (const placed of Object.values(windows))
          assert.is((await folders(form, logs, placed, [at])).length, isShown ? 0 : 1)
    })

  it('keeps its HostProcess where a component needs one, and is not told so', async () => {
    const content = 'prometheus.exporter.windows "w" { }\n'
    for (const form of Object.keys(forms) as Form[])
      for (const placed of Object.values(processes)) {
        const { diagnostics } = await said('check', forms[form](content, placed))
        assert.equal(
          diagnostics.filter(({ code }) => code === 'ARB312' || code === 'ARB408'),
          [],
        )
        const others = await said('check', forms[form]('logging { }\n', placed))
        assert.is(
          others.diagnostics.some(({ code }) => code === 'ARB408'),
          true,
        )
      }
  })

  it('is told how it has to run where it lacks what a component needs, and nothing of Linux nodes', async () => {
    const content = 'prometheus.exporter.windows "w" { }\n'
    const noted = async (placed: Placed) =>
      (await said('generate', forms.values(content, placed))).diagnostics.find(({ code }) => code === 'ARB312')
        ?.message ?? ''
    assert.match(await noted(windows['a node selector']!), /HostProcess container.*\)$/)
    assert.match(await noted({}), /HostProcess container.*; what is printed here is for Linux nodes$/)
  })

  it('counts nothing of Linux in a difference', async () => {
    const { stdout } = await said('diff', forms.values(logs, windows['a node selector']!))
    assert.match(stdout, /^privileges +0 by default .* 0 needed, 0 excess, 0 missing/m)
  })
})

/** What only Linux has. */
const ofLinux =
  /\broot\b|capabilit|seccomp|AppArmor|SELinux|hostPID|hostIPC|hostNetwork|privileged|runAs|fsGroup|supplemental|sysctl|kernel|\b(?:NET|SYS|CAP)_[A-Z]|procfs|sysfs|machine-id|docker\.sock|read-only|readOnly|cri-dockerd|\/dev\/|tmp_dir|memfd/i
/** They say that it does not apply. */
const exempt = new Set(['ARB591', 'ARB414'])

describe('nothing that only Linux has is said or printed of a pod on Windows', it => {
  const all = Object.entries(examples).flatMap(([component, text]) =>
    (JSON.parse(text) as readonly Example[])
      .filter(({ privileges, alloy }) => alloy === undefined && privileges !== undefined && privileges !== '')
      .map(({ title, config }) => ({ title: `${component}, ${title}`, config })),
  )
  const wordsOf = async (config: string, placed: Placed): Promise<readonly string[]> => {
    const generated = await said('generate', forms.values(config, placed))
    const found = [...generated.diagnostics, ...(await said('check', forms.manifests(config, placed))).diagnostics]
    const texts = found
      .filter(({ code }) => !exempt.has(code))
      .map(({ code, message, help = '' }) => `${code}: ${message} (${help})`)
    const lines = generated.stdout.split('\n').filter(line => !line.trimStart().startsWith('#'))
    return [...texts, ...lines].filter(each => ofLinux.test(each))
  }
  it('in any example of the map that needs a privilege', async () => {
    const wrong: string[] = []
    let ofControl = 0
    const places = Object.values({ ...windows, ...processes })
    for (const [at, { title, config }] of all.entries()) {
      for (const each of await wordsOf(config, places[at % places.length]!)) wrong.push(`${title}: ${each}`)
      if (at % 5 === 0 && (await wordsOf(config, {})).length > 0) ofControl++
    }
    assert.equal(wrong, [])
    assert.ok(ofControl > all.length / 10, `${ofControl} of ${all.length}`)
  })
  it('in any note of the map', () => {
    const notes = map.entries.flatMap(({ name, rules }) =>
      Object.entries(rules.notes ?? {}).map(([key, note]) => ({ at: `${name} ${key}`, ...note })),
    )
    const wrong = notes.filter(({ text, linux: isMarked }) => ofLinux.test(text) && isMarked !== true)
    assert.equal(
      wrong.map(({ at }) => at),
      [],
    )
  })
})
