import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe, golden, root } from '../../harness.ts'
import { command } from '../io.ts'

const config = readFileSync(`${root}test/cli/trace/config.alloy`, 'utf8')
const files = { 'config.alloy': config }
const explain = (...words: readonly string[]) => command(['explain', ...words], files)

describe('explain, with inputs', it => {
  const documents: readonly (readonly [title: string, thing: string, file: string])[] = [
    ['shows the way of every target of a scrape through modules', 'prometheus.scrape.cadvisor', 'through-a-module'],
    ['shows where targets are dropped, and no secret', 'prometheus.scrape.secure', 'dropped'],
    ['shows what is assumed of unknown targets', 'prometheus.scrape.anything', 'anything'],
    ['shows requests to a URL', 'discovery.kubelet.own', 'url'],
    ['shows targets that are read, not asked', 'loki.source.kubernetes.shop', 'read'],
  ]
  for (const [title, thing, file] of documents)
    it(title, async () => {
      const { code, stdout, stderr } = await explain(thing, 'config.alloy')
      // What is wrong with the configuration is said, whatever is asked; notes are not.
      assert.equal([...new Set(stderr.match(/^\w+\[ARB\d+\]/gm))], ['warning[ARB322]'])
      assert.is(code, 0)
      assert.not.match(stdout, /hunter2|swordfish/)
      golden(`test/cli/trace/${file}.txt`, stdout)
    })

  it('prints the same as JSON', async () => {
    const { code, stdout } = await explain('prometheus.scrape.secure', 'config.alloy', '--format', 'json')
    assert.is(code, 0)
    assert.not.match(stdout, /hunter2|swordfish/)
    golden('test/cli/trace/dropped.json.txt', stdout)
  })
  it('takes the name of a component for all of it', async () => {
    const { stdout } = await explain('prometheus.scrape', 'config.alloy')
    assert.equal(
      stdout.split('\n').filter(line => line.startsWith('prometheus.scrape.')),
      [
        'prometheus.scrape.cadvisor (config.alloy:51)',
        'prometheus.scrape.secure (config.alloy:100)',
        'prometheus.scrape.anything (config.alloy:109)',
      ],
    )
  })
  it('finds a component in a module by its own name', async () => {
    const { stdout } = await explain('discovery.relabel.proxy', 'config.alloy')
    assert.match(stdout, /^cluster\.through\/discovery\.relabel\.proxy \(config\.alloy:19\)$/m)
  })
  it('suggests what may have been meant', async () => {
    const { code, stdout, stderr } = await explain('prometheus.scrape.cadvisr', 'config.alloy')
    assert.equal([code, stdout], [2, ''])
    assert.match(
      stderr,
      /ARB345.*not instantiate prometheus\.scrape\.cadvisr\n.*did you mean prometheus\.scrape\.cadvisor\?/,
    )
  })
  it('explains nothing of a configuration that is at fault', async () => {
    const { code, stdout, stderr } = await command(['explain', 'prometheus.scrape.s', 'bad.alloy'], {
      'bad.alloy': 'prometheus.scrape "s" {',
    })
    assert.equal([code, stdout], [1, ''])
    assert.match(stderr, /^error\[ARB/)
  })
  it('narrows by what is given', async () => {
    const { stdout } = await explain(
      'prometheus.scrape.anything',
      'config.alloy',
      '--env',
      'TARGETS=[{"__address__":"10.0.0.1:10250"}]',
    )
    assert.match(stdout, /request {2}https:\/\/10\.0\.0\.1:10250\/metrics\n {2}class {4}kubelet/)
  })
})

describe('explain, without inputs', it => {
  it('takes several words for one thing', async () => {
    const [joined, quoted] = [await explain('secrets', 'get'), await explain('secrets get')]
    assert.is(joined.code, 0)
    assert.equal(joined, quoted)
  })
  it('refuses what is no verb', async () => {
    assert.is((await explain('secrets frobnicate')).code, 2)
  })
  it('asks for the configuration of what stands in one only', async () => {
    const { code, stderr } = await explain('prometheus.scrape.cadvisor')
    assert.is(code, 2)
    assert.match(stderr, /pass its configuration too: explain prometheus\.scrape\.cadvisor config\.alloy/)
  })
  it('says what it cannot find', async () => {
    const { code, stderr } = await explain('prometheus.scrap')
    assert.is(code, 2)
    assert.match(stderr, /did you mean prometheus\.scrape\?/)
  })
})
