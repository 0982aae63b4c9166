import * as assert from 'uvu/assert'
import { alloyRuns, couldRunAlloy, type Invocation } from '../../../src/input/process/runs.ts'
import { describe } from '../../harness.ts'

const span = { source: { path: 'x', text: '' }, start: 0, end: 0 }
const invocation = (image: string, command: readonly string[], args: readonly string[]): Invocation => {
  const words = (texts: readonly string[]) => texts.map(text => ({ text, span }))
  return { image, command: words(command), args: words(args), span }
}

type Row = readonly [title: string, image: string, command: readonly string[], args: readonly string[]]

describe('alloyRuns finds each run of Alloy', it => {
  const table: readonly [...Row, paths: readonly string[]][] = [
    ['that the image makes itself', 'grafana/alloy', [], [], ['/etc/alloy/config.alloy']],
    ['of the arguments', 'grafana/alloy', [], ['run', '/a.alloy'], ['/a.alloy']],
    [
      'of two in one line',
      'x',
      ['sh', '-c'],
      ['alloy run /a.alloy & exec alloy run /b.alloy'],
      ['/a.alloy', '/b.alloy'],
    ],
    ['of two without blanks', 'x', ['sh', '-c', 'alloy run /a.alloy&alloy run /b.alloy'], [], ['/a.alloy', '/b.alloy']],
    ['of two lines', 'x', ['sh', '-c', 'alloy run /a.alloy\nalloy run /b.alloy'], [], ['/a.alloy', '/b.alloy']],
    ['not of another program', 'nginx', [], [], []],
    ['not of what only looks', 'grafana/alloy', [], ['fmt', '/a.alloy'], []],
  ]
  for (const [title, image, command, args, paths] of table)
    it(title, () =>
      assert.equal(
        alloyRuns(invocation(image, command, args)).map(({ path }) => path?.text),
        paths,
      ),
    )
})

describe('couldRunAlloy', it => {
  const could: readonly Row[] = [
    ["a script of its own in Alloy's image", 'grafana/alloy', ['/entrypoint.sh'], ['/etc/alloy/b.alloy']],
    ['an image made of it', 'registry.example.com/alloy-fips', ['/start'], []],
    ['an image with its name inside', 'registry.example.com/myalloy', [], []],
    ['an image in a folder of its name', 'registry.example.com/alloy/agent', [], []],
    ['a shell that runs what a variable says', 'grafana/alloy', ['sh', '-c'], ['exec "$PROGRAM"']],
    ['a shell that reads another script', 'grafana/alloy', ['sh', '-c'], ['. /start.sh']],
    ['another extension', 'registry.example.com/collector', [], ['run', '/etc/alloy/b.river']],
    ['flags that are its own', 'registry.example.com/collector', [], ['run', '/x', '--stability.level=experimental']],
    ['its program in another image', 'busybox', ['/usr/local/bin/alloy'], []],
    ['its program behind a wrapper', 'busybox', ['env', 'A=b', 'alloy', 'start'], []],
  ]
  for (const [title, image, command, args] of could)
    it(title, () => assert.ok(couldRunAlloy(invocation(image, command, args))))

  const not: readonly Row[] = [
    ['another program', 'nginx:1', [], []],
    ['a registry of its name', 'alloy.example.com/nginx', [], []],
    ['its operator', 'ghcr.io/grafana/alloy-operator', [], []],
    ['what reloads its configuration', 'prometheus-config-reloader', [], ['--watched-dir=/etc/alloy']],
    ['an account or a namespace of its name', 'bitnami/kubectl', ['kubectl'], ['-n', 'alloy', 'get', 'pods']],
    ['a copy of its files', 'grafana/alloy', ['cp'], ['/etc/alloy/config.alloy', '/shared']],
    ['a shell that says what it does', 'grafana/alloy', ['sh', '-c'], ['mkdir -p /data && chown 473 /data']],
    ['a look at the configuration', 'grafana/alloy', ['alloy', 'validate', '/etc/alloy/config.alloy'], []],
    ['its version', 'grafana/alloy', [], ['--version']],
    ['run of something else', 'mine/app', [], ['run', '/app.conf']],
  ]
  for (const [title, image, command, args] of not)
    it(`not ${title}`, () => assert.not(couldRunAlloy(invocation(image, command, args))))
})
