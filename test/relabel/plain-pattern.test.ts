import fc from 'fast-check'
import { RE2JS } from 're2js'
import * as assert from 'uvu/assert'
import { plainPattern } from '../../src/relabel/plain-pattern.ts'
import { describe } from '../harness.ts'

/** What the engine for all expressions finds. */
function engine(source: string, text: string): readonly string[] | null {
  const matcher = RE2JS.compile(`^(?s:${source})$`).matcher(text)
  return matcher.find() ? Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? '') : null
}

const read = [
  '',
  'true',
  'Pending|Succeeded',
  'a|',
  '(.*)',
  '.+',
  'app_(.+)',
  '.*-metrics',
  'a(.*)b',
  'kube\\.system',
  '/(.+)',
]
const unread = [
  '(',
  'a)',
  '(.+',
  '.+)',
  '.',
  'a.b',
  '(a)',
  'a+',
  '[ab]',
  '(.*);(.*)',
  '(?i)a',
  '\\d',
  '(.+)|a',
  'a|(.+)',
  'é',
  'a*',
  '^a$',
  '.?',
  '(.+)?',
  '.**',
  '\\',
]

const text = fc.string({ unit: fc.constantFrom(...'ab_-/.;\n', 'é', '🙂'), maxLength: 8 })
const part = fc.string({ unit: fc.constantFrom('a', 'b', '_', '-', ';', '\\.'), maxLength: 3 })
const source = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 3 }).map(parts => parts.join('|')),
  fc.tuple(part, fc.constantFrom('.*', '.+', '(.*)', '(.+)'), part).map(parts => parts.join('')),
)

describe('plain patterns', it => {
  for (const each of read) it(`read ${JSON.stringify(each)}`, () => assert.ok(plainPattern(each)))
  for (const each of unread)
    it(`leave ${JSON.stringify(each)} to the engine`, () => assert.is(plainPattern(each), null))
  it('match as the engine does', () => {
    fc.assert(
      fc.property(
        source,
        fc.oneof(
          text,
          source.map(each => each.replace(/\(?\.[*+]\)?/, 'ab')),
          part,
        ),
        (each, against) => {
          assert.equal(plainPattern(each)!(against), engine(each, against))
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
