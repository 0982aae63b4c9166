import { decimal } from './number.ts'

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
export function fixed(value: number, precision: number): string {
  const { over, under } = fraction(value)
  const digits = divide(over * 10n ** BigInt(precision), under)
    .toString()
    .padStart(precision + 1, '0')
  const point = digits.length - precision
  return precision === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
}

/** The digits of a finite, non-negative float rounded to so many, and where the point stands: `0.digits × 10^point`. */
export function significant(value: number, count: number): { readonly digits: string; readonly point: number } {
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
export function exponential(digits: string, point: number, mark: string): string {
  const exponent = point - 1
  const tail = digits.length > 1 ? `.${digits.slice(1)}` : ''
  return `${digits[0]}${tail}${mark}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}
