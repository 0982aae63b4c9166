import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { describe, root } from '../harness.ts'
import { run } from './shell.ts'

const page = readFileSync(`${root}docs/ci.md`, 'utf8')
const blocks = [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', text = '']) => ({
  language,
  text,
}))
const scripts = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text)
const yaml = (key: string) =>
  blocks.flatMap(({ language, text }) => (language === 'yaml' && text.includes(key) ? [parse(text)] : []))[0]
const action = parse(readFileSync(`${root}action.yml`, 'utf8'))
const hooks = parse(readFileSync(`${root}.pre-commit-hooks.yaml`, 'utf8'))

describe('docs/ci.md', it => {
  for (const script of scripts) {
    const [title = ''] = script.split('\n')
    it(`passes where nothing lacks: ${title}`, () => {
      const { code, text } = run(script, false)
      assert.is(code, 0, text)
    })
  }
  for (const script of scripts.filter(text => text.includes(' check ') && !text.includes('baseline'))) {
    const [title = ''] = script.split('\n')
    it(`fails where a grant lacks: ${title}`, () => {
      const { code, text } = run(script, true)
      assert.is(code, 1, text)
      assert.match(text, /needs list on pods cluster-wide, which no role of the account grants/)
    })
  }

  const workflow = yaml('jobs:').jobs.rbac.steps.find(({ uses }: { uses?: string }) => uses?.includes('alloy-rbac'))
  it('names inputs that the action has', () => {
    const known = Object.keys(action.inputs)
    assert.equal(
      Object.keys(workflow.with).filter(name => !known.includes(name)),
      [],
    )
  })

  it('writes the JUnit report that the GitLab job names', () => {
    const job = yaml('junit')['alloy-rbac']
    const { code, files } = run(job.script.join('\n'), true)
    assert.is(code, 1)
    assert.match(files.get(job.artifacts.reports.junit) ?? '', /<testsuites name="alloy-rbac"/)
  })
  it('names a hook that there is, with arguments that it takes', () => {
    const [wanted] = yaml('repos:').repos[0].hooks
    const hook = hooks.find(({ id }: { id: string }) => id === wanted.id)
    assert.is(run(`${hook.entry} ${wanted.args.join(' ')} values-production.yaml`, false).code, 0)
    assert.is(run(`${hook.entry} ${wanted.args.join(' ')} values-production.yaml`, true).code, 1)
  })
})
