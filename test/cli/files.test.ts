import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as assert from 'uvu/assert'
import { describe, root } from '../harness.ts'

const program = `${root}dist/bin/alloy-rbac.js`
const nothing = 'logging { }\n'
const pods = 'discovery.kubernetes "pods" {\n  role = "pod"\n}\n'
const values = 'alloy:\n  configMap:\n    content: |\n      logging { }\n'

const workload = `apiVersion: apps/v1
kind: DaemonSet
metadata: { name: alloy, namespace: logs }
spec:
  template:
    spec:
      volumes: [{ name: config, configMap: { name: alloy } }]
      containers:
        - name: alloy
          image: grafana/alloy:v1.11.0
          args: [run, /etc/alloy/config.alloy]
          volumeMounts: [{ name: config, mountPath: /etc/alloy }]
`

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the bundled command in a folder; one that does not end within 20 seconds hangs. */
function bundled(cwd: string, words: readonly (string | Buffer)[], limit = ''): Promise<Ran> {
  return new Promise(done => {
    // A shell alone hands on arguments that are not UTF-8.
    const script = `${limit}exec "${process.execPath}" "${program}" ${words.map(quoted).join(' ')}`
    const file = join(cwd, '..', 'command.sh')
    writeFileSync(file, Buffer.from(script, 'latin1'))
    const child: ChildProcess = spawn('sh', [file], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
    child.on('close', code => {
      clearTimeout(timer)
      done({ code, stdout: String(Buffer.concat(out)), stderr: String(Buffer.concat(err)) })
    })
  })
}

const quoted = (word: string | Buffer): string => `'${Buffer.from(word).toString('latin1')}'`

/** Runs a test in an empty folder, beside which there is room. */
async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const outer = mkdtempSync(join(tmpdir(), 'files-'))
  const folder = join(outer, 'work')
  mkdirSync(folder)
  try {
    await body(folder)
  } finally {
    rmSync(outer, { recursive: true, force: true })
  }
}

type Place =
  | string
  | { readonly link: string }
  | { readonly hard: string }
  | { readonly fifo: true }
  | { readonly mode: number; readonly text: string }

function place(folder: string, files: Readonly<Record<string, Place>>): void {
  for (const [name, what] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    if (typeof what === 'string') writeFileSync(path, what)
    else if ('link' in what) symlinkSync(what.link, path)
    else if ('hard' in what) linkSync(join(folder, what.hard), path)
    else if ('fifo' in what) execFileSync('mkfifo', [path])
    else {
      writeFileSync(path, what.text)
      chmodSync(path, what.mode)
    }
  }
}

interface Case {
  readonly title: string
  readonly files: Readonly<Record<string, Place>>
  readonly words: readonly (string | Buffer)[]
  readonly code: number
  readonly says?: RegExp
  readonly never?: RegExp
}

/** What does not end, or has no end, is not a file to read. */
const special: readonly Case[] = [
  {
    title: 'a pipe that is named is not waited for',
    files: { 'values.yaml': { fifo: true } },
    words: ['check', 'values.yaml'],
    code: 3,
    says: /^error: values\.yaml cannot be read: it is not a regular file/,
  },
  {
    title: 'a device that is named has no end, and is not read',
    files: {},
    words: ['check', '/dev/zero'],
    code: 3,
    says: /^error: \/dev\/zero cannot be read: it is not a regular file/,
  },
  {
    title: 'a link to a device that is named is the device',
    files: { 'values.yaml': { link: '/dev/zero' } },
    words: ['generate', 'values.yaml'],
    code: 3,
    says: /values\.yaml cannot be read: it is not a regular file/,
  },
  {
    title: 'a device as a baseline is not read',
    files: { 'values.yaml': values },
    words: ['check', 'values.yaml', '--baseline', '/dev/zero'],
    code: 3,
    says: /\/dev\/zero cannot be read: it is not a regular file/,
  },
  {
    title: 'a pipe as a log is not waited for',
    files: { 'alloy.log': { fifo: true } },
    words: ['denied', 'alloy.log'],
    code: 3,
    says: /alloy\.log cannot be read: it is not a regular file/,
  },
  {
    title: 'a pipe in a folder of manifests is named, and the rest is judged',
    files: { 'apps/values.yaml': values, 'apps/pipe.yaml': { fifo: true } },
    words: ['generate', 'apps'],
    code: 0,
    says: /warning\[ARB539\]: apps\/pipe\.yaml cannot be read: it is not a regular file/,
  },
  {
    title: 'a pipe among the Alloy files of a folder is a part of the configuration that is missing',
    files: { 'conf/config.alloy': nothing, 'conf/pipe.alloy': { fifo: true } },
    words: ['generate', 'conf'],
    code: 1,
    says: /error\[ARB539\]: conf\/pipe\.alloy cannot be read: it is not a regular file/,
  },
  {
    title: 'a module that is a device is not read, even where links may leave',
    files: { 'config.alloy': 'import.file "m" {\n  filename = "/dev/zero"\n}\nm.x "y" { }\n' },
    words: ['generate', 'config.alloy', '--allow-outside'],
    code: 1,
    says: /\/dev\/zero is not readable text/,
  },
  {
    title: 'a copy of a module that is a pipe is not waited for',
    files: { 'config.alloy': 'import.git "m" {\n  repository = "x"\n}\nm.x "y" { }\n', pipe: { fifo: true } },
    words: ['generate', 'config.alloy', '--module', 'm=pipe'],
    code: 1,
    says: /pipe is not readable text/,
  },
  {
    title: 'a file that a component reads and that is a device stays unknown',
    files: {
      'config.alloy': 'local.file "a" {\n  filename = "/dev/zero"\n}\n',
    },
    words: ['generate', 'config.alloy', '--allow-outside'],
    code: 0,
  },
]

/** Links lead where they lead, and a folder is a border. */
const links: readonly Case[] = [
  {
    title: 'a link out of a folder of manifests is not followed, and a note says so',
    files: { 'apps/values.yaml': values, 'apps/zero.yaml': { link: '/dev/zero' } },
    words: ['generate', 'apps'],
    code: 0,
    says: /note\[ARB575\]: apps\/zero\.yaml is a link that leaves the folder of the input, and was not read\n *= help: follow it with --allow-outside/,
  },
  {
    title: 'a link to a folder elsewhere is not followed either',
    files: { 'apps/values.yaml': values, 'apps/etc': { link: '../other' }, 'other/values.yaml': values },
    words: ['generate', 'apps'],
    code: 0,
    says: /note\[ARB575\]: apps\/etc is a link/,
  },
  {
    title: 'a file that a link leads to elsewhere is no second configuration',
    files: { 'apps/values.yaml': values, 'apps/b.yaml': { link: '../b.yaml' }, 'b.yaml': values },
    words: ['generate', 'apps'],
    code: 0,
    says: /note\[ARB575\]: apps\/b\.yaml is a link/,
  },
  {
    title: '--allow-outside follows it, and a note says so',
    files: { 'apps/etc': { link: '../other' }, 'other/values.yaml': values },
    words: ['generate', 'apps', '--allow-outside'],
    code: 0,
    says: /note\[ARB117\]: apps\/etc /,
  },
  {
    title: '--allow-outside does not read devices',
    files: { 'apps/values.yaml': values, 'apps/zero.yaml': { link: '/dev/zero' } },
    words: ['generate', 'apps', '--allow-outside'],
    code: 0,
    says: /warning\[ARB539\]: apps\/zero\.yaml cannot be read: it is not a regular file/,
  },
  {
    title: 'links within a folder, as those of a mounted ConfigMap, are followed',
    files: {
      'conf/..2026/config.alloy': nothing,
      'conf/..data': { link: '..2026' },
      'conf/config.alloy': { link: '..data/config.alloy' },
    },
    words: ['generate', 'conf'],
    code: 0,
    never: /ARB/,
  },
  {
    title: 'a folder that is a link is the folder that it leads to',
    files: { 'real/config.alloy': nothing, conf: { link: 'real' } },
    words: ['generate', 'conf'],
    code: 0,
    never: /ARB/,
  },
  {
    title: 'a link among Alloy files that leaves the folder is a part of the configuration that is missing',
    files: { 'conf/a.alloy': nothing, 'conf/b.alloy': { link: '../b.alloy' }, 'b.alloy': pods },
    words: ['generate', 'conf'],
    code: 1,
    says: /error\[ARB539\]: conf\/b\.alloy cannot be read: it is a link that leaves the folder\n *= help: follow it with --allow-outside/,
  },
  {
    title: 'a link that leads nowhere costs a warning in a folder of manifests',
    files: { 'apps/values.yaml': values, 'apps/gone.yaml': { link: 'nowhere.yaml' } },
    words: ['generate', 'apps'],
    code: 0,
    says: /warning\[ARB539\]: apps\/gone\.yaml cannot be read: it is a link that leads nowhere/,
  },
  {
    title: 'a link in a folder that is imported leaves the input',
    files: {
      'in/config.alloy': 'import.file "m" {\n  filename = "lib"\n}\nm.x "y" { }\n',
      'in/lib/a.alloy': { link: '../../out.alloy' },
      'out.alloy': 'declare "x" { }\n',
    },
    words: ['generate', 'in/config.alloy'],
    code: 1,
    says: /in\/lib\/a\.alloy is outside/,
  },
  {
    title: 'a link in the copy of a module does not leave the copy',
    files: {
      'config.alloy': 'import.git "m" {\n  repository = "x"\n}\nm.x "y" { }\n',
      'copy/a.alloy': { link: '../out.alloy' },
      'out.alloy': 'declare "x" { }\n',
    },
    words: ['generate', 'config.alloy', '--module', 'm=copy'],
    code: 1,
    says: /copy\/a\.alloy is outside/,
  },
  ...[true, false].map(
    (isLink): Case => ({
      title: `a file that a ConfigMap is generated from is ${isLink ? 'not read through a link that leaves' : 'read'}`,
      files: {
        'k/kustomization.yaml': 'configMapGenerator:\n  - name: alloy\n    files: [config.alloy=conf/main.alloy]\n',
        'k/conf/main.alloy': isLink ? { link: '../../outside.alloy' } : nothing,
        'k/workload.yaml': workload,
        'outside.alloy': nothing,
      },
      words: ['generate', 'k'],
      code: isLink ? 1 : 0,
      ...(isLink ? { says: /error\[ARB540\]/ } : { never: /error/ }),
    }),
  ),
]

/** What is written replaces nothing that was read. */
const overlaps: readonly Case[] = [
  ...['-o', '--diagnostics'].flatMap((flag): readonly Case[] => [
    {
      title: `${flag} onto the input is wrong usage`,
      files: { 'config.alloy': nothing },
      words: ['generate', 'config.alloy', flag, './config.alloy'],
      code: 2,
      says: /\.\/config\.alloy would overwrite an input/,
    },
    {
      title: `${flag} onto a link to the input is wrong usage`,
      files: { 'config.alloy': nothing, out: { link: 'config.alloy' } },
      words: ['generate', 'config.alloy', flag, 'out'],
      code: 2,
      says: /out would overwrite an input/,
    },
    {
      title: `${flag} onto a second name of the input is wrong usage`,
      files: { 'config.alloy': nothing, out: { hard: 'config.alloy' } },
      words: ['generate', 'config.alloy', flag, 'out'],
      code: 2,
      says: /out would overwrite an input/,
    },
    {
      title: `${flag} onto a file of a folder that was read is wrong usage`,
      files: { 'apps/values.yaml': values },
      words: ['generate', 'apps', flag, 'apps/values.yaml'],
      code: 2,
      says: /apps\/values\.yaml would overwrite an input/,
    },
    {
      title: `${flag} onto a module that was read is wrong usage`,
      files: {
        'config.alloy': 'import.file "m" {\n  filename = "m.alloy"\n}\nm.x "y" { }\n',
        'm.alloy': 'declare "x" { }\n',
      },
      words: ['generate', 'config.alloy', flag, 'm.alloy'],
      code: 2,
      says: /m\.alloy would overwrite an input/,
    },
    {
      title: `${flag} onto the baseline is wrong usage`,
      files: { 'values.yaml': values, 'b.json': '{"version": 1, "findings": []}\n' },
      words: ['check', 'values.yaml', '--baseline', 'b.json', flag, 'b.json'],
      code: 2,
      says: /b\.json would overwrite an input/,
    },
  ]),
  {
    title: '--write-baseline onto the input is wrong usage',
    files: { 'values.yaml': values },
    words: ['check', 'values.yaml', '--write-baseline', 'values.yaml'],
    code: 2,
    says: /would overwrite an input/,
  },
  {
    title: '-o onto a log is wrong usage',
    files: { 'a.log': 'x\n' },
    words: ['denied', 'a.log', '-o', 'a.log'],
    code: 2,
    says: /would overwrite an input/,
  },
  {
    title: '-o onto the configuration of a log is wrong usage',
    files: { 'a.log': 'x\n', 'config.alloy': nothing },
    words: ['denied', 'a.log', '--config', 'config.alloy', '-o', 'config.alloy'],
    code: 2,
    says: /would overwrite an input/,
  },
  {
    title: 'two outputs that are one file are wrong usage, also before the file is there',
    files: { 'config.alloy': nothing, sub: { link: '.' } },
    words: ['generate', 'config.alloy', '-o', 'new.yaml', '--diagnostics', 'sub/new.yaml'],
    code: 2,
    says: /--output new\.yaml and --diagnostics sub\/new\.yaml are the same file/,
  },
  {
    title: 'two outputs to standard output are wrong usage',
    files: { 'config.alloy': nothing },
    words: ['generate', 'config.alloy', '-o', '-', '--diagnostics', '/dev/stdout'],
    code: 2,
    says: /are the same file/,
  },
  {
    title: 'the baseline that is read may be written anew',
    files: { 'values.yaml': values, 'b.json': '{"version": 1, "findings": []}\n' },
    words: ['check', 'values.yaml', '--baseline', 'b.json', '--write-baseline', 'b.json'],
    code: 0,
  },
  {
    title: 'what an earlier run wrote into the folder is written anew',
    files: { 'apps/values.yaml': values, 'apps/d.json': '{\n  "version": 1,\n  "diagnostics": []\n}\n' },
    words: ['generate', 'apps', '--diagnostics', 'apps/d.json'],
    code: 0,
  },
  {
    title: 'a device takes two outputs',
    files: { 'config.alloy': nothing },
    words: ['generate', 'config.alloy', '-o', '/dev/null', '--diagnostics', '/dev/null'],
    code: 0,
  },
  ...['generate', 'check', 'diff', 'denied', 'upgrade', 'compare'].map(
    (name): Case => ({
      title: `the empty path is wrong usage of ${name}`,
      files: { 'config.alloy': nothing },
      words: [name, 'config.alloy', '', ...(name === 'upgrade' ? ['--from', '1.0.0', '--to', '1.11.1'] : [])],
      code: 2,
      says: /error: the path of an input is empty/,
    }),
  ),
  {
    title: 'the empty path of a module is wrong usage',
    files: { 'config.alloy': nothing },
    words: ['generate', 'config.alloy', '--module', 'a='],
    code: 2,
    says: /error: the path of an input is empty/,
  },
]

/** A byte that is not UTF-8, in a name that the disk has. */
const odd = (before: string, after: string): Buffer =>
  Buffer.concat([Buffer.from(before), Buffer.of(0xff), Buffer.from(after)])

describe('files', it => {
  for (const { title, files, words, code, says, never } of [...special, ...links, ...overlaps]) {
    it(title, async () => {
      await inFolder(async folder => {
        place(folder, files)
        const before = statuses(folder)
        const ran = await bundled(folder, words)
        assert.is(ran.code, code, ran.stderr)
        assert.not.match(ran.stderr, /this is a bug/)
        if (says) assert.match(ran.stderr, says)
        if (never) assert.not.match(ran.stdout + ran.stderr, never)
        if (code === 2) assert.equal(statuses(folder), before)
      })
    })
  }
  it('memory and time do not grow with a file that is too large', async () => {
    await inFolder(async folder => {
      // 4 GiB without a block on the disk.
      execFileSync('truncate', ['-s', '4G', join(folder, 'huge.alloy')])
      const ran = await bundled(folder, ['generate', 'huge.alloy'], 'ulimit -v 8000000; ')
      assert.is(ran.code, 1, ran.stderr)
      assert.match(ran.stderr, /error\[ARB022\]: the file is larger than 16 MiB/)
    })
  })
})

const statuses = (folder: string): readonly string[] =>
  readdirSync(folder)
    .sort()
    .map(name => `${name} ${statSync(join(folder, name), { throwIfNoEntry: false })?.ino}`)

describe('what a parent has opened', it => {
  it('is read to its end: a process whose output the shell makes a path of', async () => {
    await inFolder(async folder => {
      const command = `"${process.execPath}" "${program}" generate <(sleep 0.5; echo 'logging { }') <(echo 'logging { level = )')`
      const ran = execFileSync('bash', ['-c', `${command} 2>&1; echo "code $?"`], { cwd: folder, encoding: 'utf8' })
      assert.match(ran, /error\[ARB001\][\s\S]*--> \/dev\/fd\/\d+:1:19[\s\S]*code 1/)
    })
  })
  it('is standard input by its path', async () => {
    await inFolder(async folder => {
      const command = `(sleep 0.5; echo 'logging { }') | "${process.execPath}" "${program}" generate /dev/stdin`
      assert.match(execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }), /create: false/)
    })
  })
})

describe('files that are written', it => {
  const write = async (folder: string, path: string): Promise<Ran> =>
    bundled(folder, ['generate', 'config.alloy', '-o', path])
  it('are replaced by a complete one, and nothing is left beside them', async () => {
    await inFolder(async folder => {
      place(folder, { 'config.alloy': nothing, 'out.yaml': { mode: 0o640, text: 'old\n' } })
      const before = statSync(join(folder, 'out.yaml'))
      assert.is((await write(folder, 'out.yaml')).code, 0)
      const after = statSync(join(folder, 'out.yaml'))
      assert.is.not(after.ino, before.ino)
      assert.is(after.mode, before.mode)
      assert.match(readFileSync(join(folder, 'out.yaml'), 'utf8'), /create: false/)
      assert.equal(readdirSync(folder).sort(), ['config.alloy', 'out.yaml'])
    })
  })
  it('stay as they were where the disk is full', async () => {
    await inFolder(async folder => {
      place(folder, { 'config.alloy': nothing, 'out.yaml': 'old\n' })
      // The shell's limit of a file's size stands for the disk's.
      const ran = await bundled(folder, ['generate', 'config.alloy', '-o', 'out.yaml'], "trap '' XFSZ; ulimit -f 0; ")
      assert.is(ran.code, 3, ran.stderr)
      assert.match(ran.stderr, /^error: out\.yaml cannot be written: /)
      assert.is(readFileSync(join(folder, 'out.yaml'), 'utf8'), 'old\n')
      assert.equal(readdirSync(folder).sort(), ['config.alloy', 'out.yaml'])
    })
  })
  it('are those that links lead to, and the links stay', async () => {
    await inFolder(async folder => {
      place(folder, {
        'config.alloy': nothing,
        'real/out.yaml': 'old\n',
        'out.yaml': { link: 'second' },
        second: { link: 'real/out.yaml' },
        'new.yaml': { link: 'real/new.yaml' },
      })
      for (const [link, real] of [
        ['out.yaml', 'real/out.yaml'],
        ['new.yaml', 'real/new.yaml'],
      ] as const) {
        assert.is((await write(folder, link)).code, 0)
        assert.match(readFileSync(join(folder, real), 'utf8'), /create: false/)
      }
      assert.equal(readdirSync(join(folder, 'real')).sort(), ['new.yaml', 'out.yaml'])
    })
  })
  it('are written to as they are where they are no files', async () => {
    await inFolder(async folder => {
      place(folder, { 'config.alloy': nothing, stdout: { link: '/dev/stdout' } })
      for (const path of ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1', 'stdout']) {
        const { code, stdout } = await write(folder, path)
        assert.is(code, 0, path)
        assert.match(stdout, /create: false/, path)
      }
      assert.is((await write(folder, '/dev/null')).code, 0)
      const full = await write(folder, '/dev/full')
      assert.is(full.code, 3)
      assert.match(full.stderr, /^error: \/dev\/full cannot be written: no space is left/)
    })
  })
  it('append to what standard output has already', async () => {
    await inFolder(async folder => {
      place(folder, { 'config.alloy': nothing })
      const ran = await bundled(folder, ['generate', 'config.alloy', '-o', '/dev/stdout'], 'exec > log; echo first; ')
      assert.is(ran.code, 0)
      assert.match(readFileSync(join(folder, 'log'), 'utf8'), /^first\n[\s\S]*create: false/)
    })
  })
  it('are not made in a folder that is not there', async () => {
    await inFolder(async folder => {
      place(folder, { 'config.alloy': nothing })
      const { code, stderr } = await write(folder, 'gone/out.yaml')
      assert.is(code, 3)
      assert.match(stderr, /^error: gone\/out\.yaml cannot be written: there is no such file or folder/)
      assert.not.ok(existsSync(join(folder, 'gone')))
    })
  })
})

describe('names that are not UTF-8', it => {
  it('are read, where they are given and where they are found, and shown escaped', async () => {
    await inFolder(async folder => {
      const text = 'a = )\n'
      const path = Buffer.concat([Buffer.from(`${folder}/`), odd('caf', '.alloy')])
      writeFileSync(path, text)
      for (const words of [[odd('caf', '.alloy')], ['.']]) {
        const ran = await bundled(folder, ['generate', ...words])
        assert.is(ran.code, 1, ran.stderr)
        assert.match(ran.stderr, /error\[ARB001\]/)
      }
    })
  })
  it('are written', async () => {
    await inFolder(async folder => {
      place(folder, { 'config.alloy': nothing })
      const ran = await bundled(folder, ['generate', 'config.alloy', '-o', odd('out', '')])
      assert.is(ran.code, 0, ran.stderr)
      const names = readdirSync(folder, 'buffer').map(name => name.toString('latin1'))
      assert.equal(names.sort(), ['config.alloy', 'out\xff'])
    })
  })
  it('lead into folders', async () => {
    await inFolder(async folder => {
      const inner = Buffer.concat([Buffer.from(`${folder}/`), odd('d', '')])
      mkdirSync(inner)
      writeFileSync(Buffer.concat([inner, Buffer.from('/values.yaml')]), values)
      for (const words of [[odd('d', '')], ['.']]) assert.is((await bundled(folder, ['generate', ...words])).code, 0)
    })
  })
})
