import * as assert from 'uvu/assert'
import { pinnedName } from '../../src/kubernetes/field-selector.ts'
import { describe } from '../harness.ts'

describe('pinnedName', it => {
  const table: readonly (readonly [title: string, selector: string, expected: string | null])[] = [
    ['one term', 'metadata.name=web', 'web'],
    ['two equal signs', 'metadata.name==web', 'web'],
    ['beside another term', 'status.phase=Running,metadata.name=web', 'web'],
    ['the first in the order of texts', 'metadata.name=b,metadata.name=a', 'a'],
    ['another name than this', 'metadata.name!=web', null],
    ['another field', 'metadata.namespace=web', null],
    ['an escaped comma', 'metadata.name=a\\,b', 'a,b'],
    ['an equal sign that is not escaped', 'metadata.name=a=b', null],
    ['what is no term', 'metadata.name', null],
    ['a field with a blank is another field', 'metadata.name =web', null],
    ['nothing', '', null],
  ]
  for (const [title, selector, expected] of table) it(title, () => assert.is(pinnedName(selector), expected))
})
