import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { writeYaml } from '../../src/chart/write/write-yaml.ts'
import { printJson } from '../../src/render/json.ts'
import { inert } from '../../src/text/inert.ts'
import { hostile, obeyed } from '../cli/obeyed.ts'
import { describe } from '../harness.ts'

describe('inert', it => {
  const table: readonly (readonly [title: string, text: string, expected: string])[] = [
    ['escapes the end of a line', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['escapes what a terminal obeys', '\u001b[31m\u007f\u009b', '\\u001b[31m\\u007f\\u009b'],
    ['escapes separators and marks of direction', '\u2028\u202e\u2066\u200f', '\\u2028\\u202e\\u2066\\u200f'],
    ['escapes half a pair and what is no character', '\ud83d\ufffe\ufdd0\u{1ffff}', '\\ud83d\\ufffe\\ufdd0\\U0001ffff'],
    ['escapes the start of a command of a job log', ' ::error file=x::y', ' \\u003a:error file=x::y'],
    ['escapes a command of a job log within a line', 'a ##[error]b ##vso[x]', 'a #\\u0023[error]b #\\u0023vso[x]'],
    ['leaves letters, pairs and colons', 'é 😀 ::1 a::b::c # [x] ## x', 'é 😀 ::1 a::b::c # [x] ## x'],
  ]
  for (const [title, text, expected] of table) it(title, () => assert.is(inert(text), expected))
  it('escapes exactly what Unicode says is not shown by itself', () => {
    const classes = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}\ufeff]/u
    const wrong = Array.from({ length: 0x110000 }, (_, code) => code).filter(code => {
      const character = String.fromCodePoint(code)
      return (inert(character) !== character) !== classes.test(character)
    })
    assert.equal(wrong, [])
  })
})

const pairs = hostile.replaceAll(/\p{Cs}/gu, '')

describe('documents', it => {
  it('of JSON hold any text, and are read as the same', () => {
    const text = printJson({ [hostile]: [hostile] })
    assert.is(obeyed(text), null)
    assert.equal(JSON.parse(text), { [hostile]: [hostile] })
  })
  it('of YAML hold any text but half a pair, and are read as the same', () => {
    const tree = { [pairs]: [pairs], lines: `x\n${pairs}\n`, list: [{ name: pairs }], plain: 'a\n ::error::boom\n' }
    const text = writeYaml(tree, { header: [hostile], remarks: [{ path: ['lines'], lines: [hostile] }] })
    assert.is(obeyed(text), null)
    assert.equal(parse(text), tree)
  })
  it('of YAML hold every character that one of its readers refuses as it is', () => {
    for (const code of [...Array(0xa1).keys(), 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff, 0x1fffe]) {
      const tree = { name: `a${String.fromCodePoint(code)}b` }
      const text = writeYaml(tree)
      assert.match(text, /^[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]*$/, `U+${code.toString(16)}`)
      assert.equal(parse(text), tree)
    }
  })
})
