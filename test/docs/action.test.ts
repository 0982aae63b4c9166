import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { describe, root } from '../harness.ts'
import { type Ran, run, type Texts } from './shell.ts'

interface Step {
  readonly uses?: string
  readonly shell?: string
  readonly env?: Texts
  readonly run?: string
}

const action = parse(readFileSync(`${root}action.yml`, 'utf8'))
const steps: readonly Step[] = action.runs.steps.filter(({ uses }: Step) => uses === undefined)

const calls = 'calls.txt'
/** The program, with each of its command lines noted down. */
const noting = { node: `echo "$@" >>${calls}\nexec '${process.execPath}' "$@"` }

/** Runs what the action runs, one step after another, with what a workflow gives it. */
function act(
  given: Texts,
  lacking: boolean,
  { programs = {}, variables = {}, before = '' }: { programs?: Texts; variables?: Texts; before?: string } = {},
): Ran {
  const script = before + steps.map(step => `(${exported(step, given)}\n${step.run})`).join('\n')
  const job = { GITHUB_STEP_SUMMARY: 'summary.md', GITHUB_OUTPUT: 'output.txt', ...variables }
  return run(script, lacking, { variables: job, programs: { ...noting, ...programs } })
}

function exported({ env = {} }: Step, given: Texts): string {
  const value = (text: string) =>
    text
      .replace('${{ github.action_path }}', root.replace(/\/$/, ''))
      .replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, name) => given[name] ?? action.inputs[name].default)
  return Object.entries(env)
    .map(([name, text]) => `export ${name}='${value(text).replaceAll("'", "'\\''")}'`)
    .join('\n')
}

const input = 'values.yaml\nvalues-production.yaml\n'
const checks = ({ files }: Ran): number => files.get(calls)?.match(/ check .*$/gm)?.length ?? 0

describe('the action', it => {
  it('annotates, sums up and writes SARIF, in one run of check', () => {
    const ran = act({ input, sarif: 'alloy-rbac.sarif', arguments: '--namespace=monitoring\n' }, true)
    assert.is(ran.code, 1, ran.text)
    assert.match(ran.text, /^::error file=values.yaml,line=4,/m)
    assert.match(ran.files.get('summary.md') ?? '', /^### Alloy's permissions: findings/)
    assert.is(ran.files.get('output.txt'), 'status=findings\n')
    assert.is(JSON.parse(ran.files.get('alloy-rbac.sarif') ?? '{}').version, '2.1.0')
    assert.is(checks(ran), 1)
  })
  it('passes where nothing lacks', () => {
    const ran = act({ input }, false)
    assert.is(ran.code, 0, ran.text)
    assert.is(ran.files.get('output.txt'), 'status=clean\n')
    assert.is(checks(ran), 1)
  })
  it('writes no page that the job does not have', () => {
    const { code, text } = act({ input }, false, { variables: { GITHUB_STEP_SUMMARY: '' } })
    assert.is(code, 0, text)
  })
  it('lets findings pass that are below fail-on, and says so in its status', () => {
    const { code, files } = act({ input: 'cluster.yaml\nnamespace.yaml\n', 'fail-on': 'error' }, false)
    assert.is(code, 0)
    assert.is(files.get('output.txt'), 'status=clean\n')
  })
  it('tells an input at fault from findings', () => {
    const { code, text, files } = act({ input: 'cluster.yaml' }, false)
    assert.is(code, 3, text)
    assert.is(files.get('output.txt'), 'status=no-plan\n')
    assert.match(files.get('summary.md') ?? '', /ARB549/)
  })

  /** A commit of what is there, then a change of it: the pods' logs of one namespace become Secrets of all. */
  const changed = `
git init --quiet .
git add values.yaml values-production.yaml
git -c user.name=test -c user.email=test@example.com commit --quiet --no-verify --message old
sed -i 's/loki.source.kubernetes "logs"/loki.source.podlogs "logs"/; /targets/d' values.yaml
sed -i 's/"pods\\/log"/"secrets"/' values-production.yaml
`
  it('says what changed since another revision, and leaves the checkout as it is', () => {
    const ran = act({ input, 'compare-with': 'HEAD', 'fail-on': 'error' }, false, {
      before: changed,
      programs: { ...noting },
    })
    assert.match(
      ran.text,
      /^::warning file=values-production.yaml,line=\d+,.*title=ARB461::.* now grants get on secrets cluster-wide/m,
    )
    assert.match(
      ran.text,
      /^::notice title=ARB463::.* no longer grants get on pods\/log cluster-wide \(values-production.yaml:\d+ before\)/m,
    )
    assert.match(ran.files.get('summary.md') ?? '', /^### What changes in Alloy's access: /m)
    assert.match(ran.files.get('output.txt') ?? '', /^changes=changed$/m)
    assert.is(ran.files.get(calls)?.match(/ compare .*$/gm)?.length, 1)
  })
  it('fails where what changed is of the class that it is told', () => {
    const given = { input, 'compare-with': 'HEAD', 'compare-fail-on': 'risky' }
    assert.is(act(given, false, { before: changed.replace(/sed -i [^\n]*/g, '') }).code, 0)
    const { code, files } = act(given, false, { before: changed })
    assert.is(code, 1)
    assert.match(files.get('output.txt') ?? '', /^changes=changed$/m)
  })
  it('does not pass where there is no such revision', () => {
    const { code, text } = act({ input, 'compare-with': 'origin/none' }, false, { before: changed })
    assert.is(code, 3, text)
    assert.match(text, /^::error title=alloy-rbac::there is no revision origin\/none to compare with/m)
  })
  it('takes a revision for one whatever it starts with', () => {
    const { code, text } = act({ input, 'compare-with': '--exec=touch stolen' }, false, { before: changed })
    assert.is(code, 3, text)
  })

  const hostile: readonly (readonly [title: string, line: string])[] = [
    ['code', '$(touch stolen); values.yaml'],
    ['a quote', `values.yaml'; touch stolen; '`],
    ['an option that writes', '--write-baseline=stolen'],
    ['an option that writes, in its short form', '-ostolen'],
    ['an option that asks for help', '--help'],
    ['an option that lets everything pass', '--fail-on=error'],
    ['the end of the options', '--'],
  ]
  for (const [title, line] of hostile) {
    it(`takes an input for a path that is ${title}`, () => {
      const { code, text, files } = act({ input: `${line}\nvalues.yaml\nvalues-production.yaml\n` }, false)
      assert.is(code, 3, text)
      assert.match(text, /cannot be read: there is no such file or folder/)
      assert.is(files.get('output.txt'), 'status=no-plan\n')
      assert.not(files.has('stolen'))
    })
  }
  for (const [name, value] of Object.entries({ 'fail-on': '--write-baseline=stolen', arguments: '--no-such' })) {
    it(`does not pass where ${name} is no value of its`, () => {
      const { code, text, files } = act({ input, [name]: value }, false)
      assert.is(code, 2, text)
      assert.is(files.get('output.txt'), 'status=no-plan\n')
      assert.not(files.has('stolen'))
    })
  }
  it('does not pass where the arguments ask for something else than a check', () => {
    const { code, files } = act({ input, arguments: '--help' }, false)
    assert.is(code, 3)
    assert.is(files.get('output.txt'), 'status=no-plan\n')
  })

  const version = '1.2.3'
  it('runs the version that it is told to, by npx', () => {
    const npx = `[ "$1 $2" = "--yes alloy-rbac@${version}" ] && shift 2 && exec alloy-rbac "$@"`
    const { code, text, files } = act({ input, version }, true, { programs: { npx } })
    assert.is(code, 1, text)
    assert.is(files.get('output.txt'), 'status=findings\n')
  })
  for (const [title, status] of [
    ['a download that fails', 1],
    ['no npx', 127],
    ['a download that is empty', 0],
  ] as const) {
    it(`tells ${title} from findings`, () => {
      const npx = `echo 'npm error code E404' >&2; exit ${status}`
      const { code, text, files } = act({ input, version }, false, { programs: { npx } })
      assert.is(code, 3, text)
      assert.match(text, /^::error title=alloy-rbac::alloy-rbac@1\.2\.3 did not run/m)
      assert.is(files.get('output.txt'), 'status=no-plan\n')
    })
  }
  it('tells a checkout that cannot be built from findings', () => {
    const script = `export ACTION_PATH=$PWD INPUT=values.yaml VERSION= FAIL_ON=warning BASELINE= SARIF= ARGUMENTS= COMPARE_WITH=
bash '${root}.github/check.sh'`
    const { code, text } = run(script, false, { programs: { npm: 'exit 1' } })
    assert.is(code, 3, text)
    assert.match(text, /^::error title=alloy-rbac::npm could not build alloy-rbac/m)
  })
})
