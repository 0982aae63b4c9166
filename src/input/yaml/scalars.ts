import type { ScalarTag, Tags } from 'yaml'

/**
 * How a plain scalar gets its type: as Helm and kubectl take it, which is YAML 1.1 as Go's `yaml.v2` resolves it, without dates and
 * base-60 numbers. A bare `on` is true, `0o17` is 15 and `1_0.5` is 10.5.
 */
export const scalarTags: Tags = [
  'null',
  boolean(true, /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/),
  boolean(false, /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/),
  number(/^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/, infinity),
  // Whether the rest is a number shows once the underscores are gone, which Go allows anywhere but in front.
  number(/^[-+.\d][-+.\w]*$/, text => numberOf(text.replaceAll('_', '')) ?? text),
]

function boolean(value: boolean, test: RegExp): ScalarTag {
  return { tag: 'tag:yaml.org,2002:bool', default: true, test, resolve: () => value }
}

function number(test: RegExp, resolve: (text: string) => number | string): ScalarTag {
  return { tag: 'tag:yaml.org,2002:float', default: true, test, resolve }
}

const [leastInteger, greatestInteger] = [-(2n ** 63n), 2n ** 64n - 1n]

/** An integer of 64 bits, else a finite decimal number; null for what Go leaves a text. */
function numberOf(text: string): number | null {
  const integer = integerOf(text)
  if (integer !== null && integer >= leastInteger && integer <= greatestInteger) return Number(integer)
  if (!/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}

function integerOf(text: string): bigint | null {
  const [, sign, digits = ''] = text.match(/^([-+]?)(0[bB][01]+|0[oO]?[0-7]+|0[xX][\da-fA-F]+|0|[1-9]\d*)$/) ?? []
  if (digits === '') return null
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits)
  return sign === '-' ? -value : value
}

function infinity(text: string): number {
  if (/nan$/i.test(text)) return Number.NaN
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}
