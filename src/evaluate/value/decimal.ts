import { withoutEnding } from '../../text/cut.ts'
import { decimal, formatFloat } from './number.ts'

/** A finite, non-negative float as an exact fraction. */
function fraction(value: number): { readonly over: bigint; readonly under: bigint } {
  let exponent = 0
  let whole = value
  while (!Number.isInteger(whole)) {
    whole *= 2
    exponent++
  }
  return { over: BigInt(whole), under: 2n ** BigInt(exponent) }
}

/** Divides to the nearest integer, a half to the even one, as Go rounds. */
function divide(over: bigint, under: bigint): bigint {
  const [quotient, rest] = [over / under, over % under]
  const half = rest * 2n
  return half > under || (half === under && quotient % 2n === 1n) ? quotient + 1n : quotient
}

/** Writes a finite, non-negative float with so many digits after the point. */
function fixed(value: number, precision: number): string {
  const { over, under } = fraction(value)
  const digits = divide(over * 10n ** BigInt(precision), under)
    .toString()
    .padStart(precision + 1, '0')
  const point = digits.length - precision
  return precision === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
}

/** The digits of a finite, non-negative float rounded to so many, and where the point stands: `0.digits × 10^point`. */
function significant(value: number, count: number): { readonly digits: string; readonly point: number } {
  if (value === 0) return { digits: '0'.repeat(count), point: 1 }
  const { over, under } = fraction(value)
  const scaled = (point: number): bigint => {
    const shift = BigInt(count - point)
    return shift >= 0n ? divide(over * 10n ** shift, under) : divide(over, under * 10n ** -shift)
  }
  // The shortest digits may be those of the next power of ten, and rounding may reach it.
  let { point } = decimal(value)
  if (scaled(point) < 10n ** BigInt(count - 1)) point--
  if (scaled(point) >= 10n ** BigInt(count)) point++
  return { digits: scaled(point).toString(), point }
}

/** Writes digits with an exponent of at least two digits: `1.5e+08`. */
function exponential(digits: string, point: number, mark: string): string {
  const exponent = point - 1
  const tail = digits.length > 1 ? `.${digits.slice(1)}` : ''
  return `${digits[0]}${tail}${mark}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** Writes a finite, non-negative float as the verbs `f`, `e` and `g` of Go do, and `v` as `g`; null stands for no precision. */
export function floatDigits(value: number, verb: string, precision: number | null): string {
  const mark = verb === 'E' || verb === 'G' ? 'E' : 'e'
  if (verb === 'f' || verb === 'F') return fixed(value, precision ?? 6)
  if (verb === 'e' || verb === 'E') {
    const { digits, point } = significant(value, (precision ?? 6) + 1)
    return exponential(digits, point, mark)
  }
  if (precision === null) {
    const { digits, point } = decimal(value)
    return point - 1 < -4 || point - 1 >= 6 ? exponential(digits, point, mark) : formatFloat(value)
  }
  const rounded = significant(value, precision || 1)
  const digits = withoutEnding(rounded.digits, '0') || '0'
  const limit = digits.length >= rounded.point && (precision || 1) > digits.length ? digits.length : precision || 1
  const exponent = rounded.point - 1
  if (exponent < -4 || exponent >= limit) return exponential(digits, rounded.point, mark)
  return fixed(value, Math.max(digits.length - rounded.point, 0))
}

/** Writes a finite, non-negative float as the verbs `b`, `x` and `X` of Go do: with an exponent of two. */
export function binaryDigits(value: number, verb: string, precision: number | null): string {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n
  const stored = Number(bits >> 52n)
  let mantissa = BigInt.asUintN(52, bits) + (stored === 0 ? 0n : 1n << 52n)
  let exponent = Math.max(stored, 1) - 1075
  const power = (): string => {
    const digits = String(Math.abs(exponent)).padStart(verb === 'b' ? 1 : 2, '0')
    return `p${exponent < 0 ? '-' : '+'}${digits}`
  }
  if (verb === 'b') return mantissa + power()
  if (mantissa === 0n) exponent = -52
  while (mantissa !== 0n && mantissa >> 52n === 0n) {
    mantissa *= 2n
    exponent--
  }
  const cut = 4n * BigInt(13 - Math.min(precision ?? 13, 13))
  mantissa = divide(mantissa, 1n << cut) << cut
  if (mantissa >> 53n > 0n) {
    mantissa /= 2n
    exponent++
  }
  exponent += 52
  const digits = BigInt.asUintN(52, mantissa).toString(16).padStart(13, '0')
  const tail = precision === null ? withoutEnding(digits, '0') : digits.slice(0, precision).padEnd(precision, '0')
  const written = `0x${mantissa >> 52n}${tail && '.'}${tail}${power()}`
  return verb === 'X' ? written.toUpperCase() : written
}
