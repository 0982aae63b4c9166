import type { ScalarTag, Tags } from 'yaml'

/**
 * How a plain scalar gets its type: as Helm and kubectl take it, which is YAML 1.1 without dates and base-60 numbers.
 * A bare `on` is true and a bare `0o17` is 15.
 */
export const scalarTags: Tags = [
  'null',
  boolean(true, /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/),
  boolean(false, /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/),
  number('int', /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[\da-fA-F_]+|0[0-7_]*|[1-9][\d_]*)$/, integer),
  number('float', /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/, Number),
  number('float', /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/, infinity),
]

function boolean(value: boolean, test: RegExp): ScalarTag {
  return { tag: 'tag:yaml.org,2002:bool', default: true, test, resolve: () => value }
}

function number(type: 'int' | 'float', test: RegExp, resolve: (text: string) => number): ScalarTag {
  return { tag: `tag:yaml.org,2002:${type}`, default: true, test, resolve }
}

function integer(text: string): number {
  const digits = text.replace(/^[-+]|_/g, '')
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
  return text.startsWith('-') ? -value : value
}

function infinity(text: string): number {
  if (/nan$/i.test(text)) return Number.NaN
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}
