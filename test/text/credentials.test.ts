import * as assert from 'uvu/assert'
import { withoutCredentials } from '../../src/text/credentials.ts'
import { describe } from '../harness.ts'

describe('withoutCredentials', it => {
  const table: readonly (readonly [title: string, text: string, expected: string])[] = [
    ['blanks a token as the user', 'from https://ghp_x1@github.com/a', 'from https://******@github.com/a'],
    ['blanks user and password', 'https://u:pw@h/x', 'https://****@h/x'],
    ['blanks a password that holds an at sign', 'https://u:p@w@h/x', 'https://*****@h/x'],
    ['blanks a password that holds a slash', 'https://u:p/w@h/x', 'https://*****@h/x'],
    ['blanks behind the escaped slashes of JSON', 'https:\\/\\/tok@h\\/', 'https:\\/\\/***@h\\/'],
    ['blanks in any scheme', 'mongodb+srv://u:p@h', 'mongodb+srv://***@h'],
    ['blanks the password of an address without a scheme', 'root:pw@tcp(db)/', 'root:**@tcp(db)/'],
    ['blanks what a query gives to the name of a secret', 'https://h/?a=b&token=xyz', 'https://h/?a=b&token=***'],
    ['leaves a port', 'https://h:443/x@v1', 'https://h:443/x@v1'],
    ['leaves a version in a path', 'https://h/x@v1.2/a', 'https://h/x@v1.2/a'],
    ['leaves the user that every repository has', 'ssh://git@h/x', 'ssh://git@h/x'],
    ['leaves an address of mail beside a URL', 'https://h/p, me@h', 'https://h/p, me@h'],
  ]
  for (const [title, text, expected] of table) it(title, () => assert.is(withoutCredentials(text), expected))
  it('reads long texts once', () => {
    for (const part of ['a', 'a:', 'a://', '/', ':@'])
      assert.is(withoutCredentials(`https://${part.repeat(200_000 / part.length)} `).length, 200_009)
  })
})
