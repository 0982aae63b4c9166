import * as assert from 'uvu/assert'
import { parseMatchers } from '../../src/remote/matcher.ts'
import { describe } from '../harness.ts'

/** Matchers as `attribute operator value`, one a line; null where the text is none. */
const read = (text: string): string | null =>
  parseMatchers(text)
    ?.map(({ attribute, operator, value }) => `${attribute} ${operator} ${value}`)
    .join('\n') ?? null

const valid: readonly (readonly [title: string, text: string, read: string])[] = [
  ['a value without quotes', 'env=production', 'env = production'],
  ['a value in quotes', 'env="production"', 'env = production'],
  ['a dotted attribute', 'collector.os!=windows', 'collector.os != windows'],
  ['an attribute in quotes', '"collector.os"="linux"', 'collector.os = linux'],
  ['an attribute of other letters', 'équipe=ops', 'équipe = ops'],
  ['an expression', 'namespace=~"dev|staging"', 'namespace =~ dev|staging'],
  ['an expression without quotes', 'collector.version=~v1.2.0|v1.3.0', 'collector.version =~ v1.2.0|v1.3.0'],
  ['an expression that must not match', 'team!~"team-.*"', 'team !~ team-.*'],
  ['an expression with signs of matchers', 'id=~(a|b)[!=]{1}', 'id =~ (a|b)[!=]{1}'],
  ['blanks around everything', '  env  =  "a b"  ', 'env = a b'],
  ['an empty value', 'team=""', 'team = '],
  ['no value at all', 'team=', 'team = '],
  ['escaped quotes and backslashes', String.raw`a="\"b\\c\""`, String.raw`a = "b\c"`],
  ['a backslash that an expression wants', String.raw`host=~"a\.b"`, String.raw`host =~ a\.b`],
  ['several with commas', 'a=b, c!="d,e"', 'a = b\nc != d,e'],
  ['several in braces', '{a="b",c=~"d"}', 'a = b\nc =~ d'],
  ['a comma at the end', 'a=b,', 'a = b'],
]

const invalid: readonly (readonly [title: string, text: string])[] = [
  ['nothing', ''],
  ['a name alone', 'platform'],
  ['no name', '="x"'],
  ['another operator', 'a=="b"'],
  ['a comparison', 'a>b'],
  ['a quote that is not closed', 'a="b'],
  ['text after the value', 'a="b" c'],
  ['a name with a blank', 'a b=c'],
]

describe('remote/matcher', it => {
  for (const [title, text, wanted] of valid) it(`reads ${title}`, () => assert.is(read(text), wanted))
  for (const [title, text] of invalid) it(`refuses ${title}`, () => assert.is(read(text), null))
})
