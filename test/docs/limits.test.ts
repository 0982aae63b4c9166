import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { mostFiles, mostUnpacked } from '../../src/cli/disk/archive.ts'
import { mostComputed, mostHanded } from '../../src/evaluate/budget.ts'
import { LONGEST_TEXT } from '../../src/evaluate/value/size.ts'
import { longestVariable, mostExpanded } from '../../src/input/process/env.ts'
import { sizeLimit } from '../../src/input/yaml/build-tree.ts'
import { limits } from '../../src/input/yaml/documents.ts'
import { mostGrants } from '../../src/kubernetes/rule.ts'
import { longestLabel, mostSteps } from '../../src/relabel/effort.ts'
import { longestExpression, mostGroups } from '../../src/relabel/regexp.ts'
import { instanceLimit } from '../../src/resolve/resolve.ts'
import { depthLimit, fileLimit } from '../../src/session/audit/chart-files.ts'
import { mostDefaultGrants } from '../../src/session/audit/find-charts.ts'
import { maxBytes } from '../../src/source.ts'
import { maxChain, maxNesting, maxStatement, maxTokens } from '../../src/syntax/limits.ts'
import { describe, root } from '../harness.ts'

describe('docs/limits.md', it => {
  const text = readFileSync(`${root}docs/limits.md`, 'utf8')
  const rows: readonly (readonly [what: string, limit: string])[] = [
    ['size of a file', `${maxBytes / 1024 / 1024} MiB`],
    ['nesting of brackets, blocks and prefix operators in Alloy', String(maxNesting)],
    ['a chart archive, unpacked', `${mostUnpacked / 1024 ** 2} MiB, ${mostFiles.toLocaleString('en')} files`],
    [
      'a folder of charts for `audit-chart`',
      `${fileLimit.toLocaleString('en')} YAML files, ${depthLimit} folders within each other`,
    ],
    ['grants that the default rules of a chart stand for in `audit-chart`', mostDefaultGrants.toLocaleString('en')],
    ['operators in one chain', maxChain.toLocaleString('en')],
    ['component instances, modules and foreach expanded', instanceLimit.toLocaleString('en')],
    [
      'a string that is computed (`string.format`, `string.join`, `string.replace`, `+`)',
      `${LONGEST_TEXT / 1024 ** 2} Mi units`,
    ],
    [
      'all strings, arrays and objects that one configuration computes',
      `${mostComputed / 1024 ** 2} Mi units, 16 for each element`,
    ],
    [
      'what the arguments of all components are given, shared values each time',
      `${mostHanded / 1024 ** 2} Mi units, 16 for each element`,
    ],
    [
      'steps of relabeling: targets times rules, more for long texts, long expressions and rules over all labels',
      mostSteps.toLocaleString('en'),
    ],
    ['a label that a rule writes', `${longestLabel / 1024 ** 2} Mi units`],
    ['groups of a regular expression', String(mostGroups)],
    ['a regular expression', `${longestExpression / 1024} Ki units, 1,000 opening parentheses`],
    ['permissions that the rules of one account name one by one', mostGrants.toLocaleString('en')],
    ['tokens of one Alloy text', maxTokens.toLocaleString('en')],
    ['tokens of one statement', maxStatement.toLocaleString('en')],
    [
      'pieces (names, values, marks, blanks) of one YAML document, without those of maps and lists that have ended',
      limits.pieces.toLocaleString('en'),
    ],
    ['values of one YAML text, its aliases written out', `${sizeLimit.toLocaleString('en')} values`],
    ['a variable of a container, references to others replaced', `${longestVariable / 1024} Ki units`],
    ['what such references add to one container', `${mostExpanded / 1024 ** 2} Mi units`],
  ]
  for (const [what, limit] of rows)
    it(`states the limit of the ${what}`, () => assert.ok(text.includes(`| ${what} | ${limit} |`), limit))
  it('names the diagnostic of each limit by its page', () => {
    for (const [, code = '', anchor = ''] of text.matchAll(/\[(ARB\d{3})\]\(diagnostics\.md#(\w+)\)/g))
      assert.is(anchor, code.toLowerCase())
  })
})
