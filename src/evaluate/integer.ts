import { int, uint } from './number.ts'
import type { Numeric } from './value.ts'

/** Reads a whole number of any base as Go does: `0x1f`, `0b1`, `0o17`, `017`; null when it is none or does not fit 64 bits. */
export function parseInteger(source: string): Numeric | null {
  const [, sign = '', prefix = '', digits = ''] =
    source.match(/^([-+]?)(0[xX]|0[bB]|0[oO]|0(?=\d))?([0-9a-fA-F]+)$/) ?? []
  const base = /^0[xX]$/.test(prefix) ? 16 : /^0[bB]$/.test(prefix) ? 2 : prefix === '' ? 10 : 8
  const allowed = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^\d+$/, 16: /./ }[base]!
  // No more digits fit 64 bits, and reading very many takes its time.
  if (!allowed.test(digits) || digits.replace(/^0+/, '').length > 64) return null
  const magnitude = BigInt({ 2: `0b${digits}`, 8: `0o${digits}`, 10: digits, 16: `0x${digits}` }[base]!)
  const value = sign === '-' ? -magnitude : magnitude
  if (value >= -(2n ** 63n) && value < 2n ** 63n) return int(value)
  return sign === '' && value < 2n ** 64n ? uint(value) : null
}
