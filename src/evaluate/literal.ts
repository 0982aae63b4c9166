import type { LiteralKind } from '../syntax/ast.ts'
import { decodeString } from '../syntax/strings.ts'
import { fault, type Result } from './fault.ts'
import { float, parseInteger } from './value/number.ts'

/**
 * The value of a literal. A whole number is an int where it fits, else a uint, else a float; a leading 0 means octal, and where
 * that makes no number (`08`) a float.
 */
export function literal(token: LiteralKind, raw: string): Result {
  switch (token) {
    case 'NULL':
      return { kind: 'null' }
    case 'BOOL':
      return { kind: 'bool', value: raw === 'true' }
    case 'STRING':
      return { kind: 'string', ...decodeString(raw) }
    case 'NUMBER':
    case 'FLOAT': {
      const whole = token === 'NUMBER' ? parseInteger(raw) : null
      if (whole) return whole
      const value = Number(raw)
      return Number.isFinite(value) ? float(value) : fault('number-out-of-range', {})
    }
    default:
      return token satisfies never
  }
}
