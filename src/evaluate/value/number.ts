import type { Numeric } from './value.ts'

/** A signed 64-bit number; what does not fit wraps around. */
export const int = (value: bigint | number): Numeric => ({
  kind: 'number',
  type: 'int',
  value: BigInt.asIntN(64, BigInt(value)),
})

/** An unsigned 64-bit number; what does not fit wraps around. */
export const uint = (value: bigint | number): Numeric => ({
  kind: 'number',
  type: 'uint',
  value: BigInt.asUintN(64, BigInt(value)),
})

/** A 64-bit floating point number. */
export const float = (value: number): Numeric => ({ kind: 'number', type: 'float', value })

const least = -(2n ** 63n)

/** The number as Go's int64: fractions are cut off, what does not fit is what amd64 makes of it. */
export function toInt(number: Numeric): bigint {
  if (number.type !== 'float') return BigInt.asIntN(64, number.value)
  if (!(Math.abs(number.value) < 2 ** 63)) return least
  return BigInt(Math.trunc(number.value))
}

/** The number as Go's uint64, likewise. */
export function toUint(number: Numeric): bigint {
  if (number.type !== 'float') return BigInt.asUintN(64, number.value)
  if (number.value >= 2 ** 63 && number.value < 2 ** 64) return BigInt(Math.trunc(number.value))
  return BigInt.asUintN(64, toInt(number))
}

/** The number as a float64. */
export const toFloat = (number: Numeric): number => (number.type === 'float' ? number.value : Number(number.value))

/** A float's shortest decimal digits and exponent: `0.digits × 10^point`. */
export interface Decimal {
  readonly digits: string
  readonly point: number
}

/** Splits a finite, non-negative float into its shortest digits. */
export function decimal(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const digits = mantissa.replace('.', '')
  return { digits, point: digits === '0' ? 1 : Number(exponent) + 1 }
}

/** Writes a float without an exponent, with as few digits as tell it from its neighbors: `1`, `0.0000001`. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const { digits, point } = decimal(Math.abs(value))
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

/** Writes a number as Alloy does where text is wanted. */
export const formatNumber = (number: Numeric): string =>
  number.type === 'float' ? formatFloat(number.value) : String(number.value)

/** Reads a whole number of any base as Go does: `0x1f`, `0b1`, `0o17`, `017`; null when it is none or does not fit 64 bits. */
export function parseInteger(source: string): Numeric | null {
  const [, sign = '', prefix = '', digits = ''] =
    source.match(/^([-+]?)(0[xX]|0[bB]|0[oO]|0(?=\d))?([0-9a-fA-F]+)$/) ?? []
  const base = baseOf(prefix)
  // No more digits fit 64 bits, and reading very many takes its time.
  if (!base.digits.test(digits) || digits.replace(/^0+/, '').length > 64) return null
  const magnitude = BigInt(`${base.prefix}${digits}`)
  const value = sign === '-' ? -magnitude : magnitude
  if (value >= -(2n ** 63n) && value < 2n ** 63n) return int(value)
  return sign === '' && value < 2n ** 64n ? uint(value) : null
}

const base16 = { prefix: '0x', digits: /./ }
const base10 = { prefix: '', digits: /^\d+$/ }
const base8 = { prefix: '0o', digits: /^[0-7]+$/ }
const base2 = { prefix: '0b', digits: /^[01]+$/ }

function baseOf(prefix: string): typeof base10 {
  switch (prefix.toLowerCase()) {
    case '':
      return base10
    case '0x':
      return base16
    case '0b':
      return base2
    default:
      return base8
  }
}
