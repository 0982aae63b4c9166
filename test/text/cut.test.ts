import * as assert from 'uvu/assert'
import { baseName, betweenSlashes, upTo, withoutEnding, withoutSlash } from '../../src/text/cut.ts'
import { describe } from '../harness.ts'

describe('cut', it => {
  const cases: readonly [title: string, actual: string, expected: string][] = [
    ['what ends a text is left out', withoutEnding('a00b00', '0'), 'a00b'],
    ['any of the characters ends it', withoutEnding('a).,', ',.)'), 'a'],
    ['a text of nothing else is empty', withoutEnding('000', '0'), ''],
    ['another text stays', withoutEnding('0a', '0'), '0a'],
    ['a text ends before the first of the characters', upTo('a-b+c', '+-'), 'a'],
    ['one without them stays', upTo('abc', '+-'), 'abc'],
    ['one that starts with them is empty', upTo('+a', '+-'), ''],
    ['a folder is named without its slash', withoutSlash('/a/b//'), '/a/b'],
    ['the root stays', withoutSlash('//'), '/'],
    ['slashes at both ends are left out', betweenSlashes('//a/b/'), 'a/b'],
    ['a file is named by the last of its path', baseName('a/b.c'), 'b.c'],
    ['a name is its own', baseName('b.c'), 'b.c'],
    ['a folder with its slash has an empty name', baseName('a/'), ''],
  ]
  for (const [title, actual, expected] of cases) it(title, () => assert.is(actual, expected))
})
