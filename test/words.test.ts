import { readdirSync, readFileSync, statSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { describe, root } from './harness.ts'

/** What Kubernetes and Grafana would not write, and what they write instead. */
const turns: readonly (readonly [instead: string, turn: RegExp])[] = [
  ['is not a', /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|one\b)/i],
  ['depends on', /\bhang(?:s|ing)? on\b/i],
  ['available', /\bat hand\b/i],
  ['distinguished, or detected', /\b(?:told|tells?|telling) (?:\w+ )?apart\b/i],
  ['pass', /\bhand(?:s|ed|ing)? (?:it |them )?in\b/i],
  ['compared with', /\bheld against\b/i],
  ['fix', /\bmend(?:s|ed|ing)?\b/i],
  ['most severe', /\bgrav(?:e|er|est|ity)\b/i],
  ['who, or the name', /\bwhoever\b/i],
  ['no one', /(?<!const |user|group: |: )\bnobody\b(?! = )/i],
  ['someone', /\bsomebody\b/i],
  ['again', /\banew\b/i],
  ['is listed here', /\bstands? here\b|\bstands? still\b/i],
  ['known only at run time', /\b(?:only )?running tells\b/i],
  ['least: minimal, or lowest', /\bleast (?:values|finding|severity)\b/i],
  ['authorize', /authoris/i],
  ['analyze', /analys(?:e|ed|ing)\b/i],
  ['color', /colour/i],
  ['license', /licence/i],
  ['behavior, neighbor, honor, favor', /behaviour|neighbour|honour|favour/i],
  ['labeled, modeled', /labelled|labelling|modelled|modelling/i],
  ['misspelled', /misspelt/i],
  ['-ize', /(?:normal|recogn|minim|optim|organ|serial|summar|special|general)is(?:e|es|ed|ing|ation)\b/i],
]

const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8')

/** Files below a folder, or the file itself; what is taken from elsewhere as it is has words of its own. */
const filesIn = (path: string): readonly string[] =>
  statSync(`${root}${path}`).isDirectory()
    ? readdirSync(`${root}${path}`).flatMap(name => filesIn(`${path}/${name}`))
    : [path].filter(each => each !== 'rulemap/inventory.json')

/** The lines in which a text has one of the turns. */
const found = (path: string, text: string): readonly string[] =>
  text.split('\n').flatMap((line, at) => {
    const bad = turns.filter(([, turn]) => turn.test(line)).map(([instead]) => instead)
    return bad.map(instead => `${path}:${at + 1}: say "${instead}": ${line.trim().slice(0, 160)}`)
  })

describe('words', it => {
  for (const place of [
    'src',
    'docs',
    'rulemap',
    'examples',
    'grammar',
    'scripts',
    'action.yml',
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'CHANGELOG.md',
  ]) {
    it(`of ${place} are plain US English`, () =>
      assert.equal(
        filesIn(place).flatMap(path => found(path, read(path))),
        [],
      ))
  }

  for (const line of [
    '0o17 is no number',
    'it hangs on the input',
    'the module is not at hand',
    'inputs are told apart by content',
    'hand in the values',
    'a date that is held against another',
    'the values that mend it',
    'the gravest first',
    'whoever asks, and nobody else',
    'an authoriser with a licence of another colour',
  ]) {
    it(`finds the turn in: ${line}`, () => assert.ok(found('x', line).length > 0))
  }

  for (const line of ['there is no plan', 'it is no longer used', 'no one needs it', 'the analysis at this place']) {
    it(`lets pass: ${line}`, () => assert.equal(found('x', line), []))
  }
})
