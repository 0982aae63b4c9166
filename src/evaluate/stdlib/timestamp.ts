import { withoutEnding } from '../../text/cut.ts'

const shape =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?)(Z|[-+]\d{2}:\d{2})?)?$/

/** Writes what YAML treats as a time as RFC 3339, which is what Alloy makes of it; null for any other text. */
export function timestamp(source: string): string | null {
  const [whole, year, month, day, mark, hour = '0', minute = '0', second = '0', fraction = '', zone] =
    source.match(shape) ?? []
  // After a T there must be a zone, after a blank there must be none.
  if (whole === undefined || (mark !== undefined && (mark === ' ') !== (zone === undefined))) return null
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  if (m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0')
  const tail = withoutEnding(fraction.slice(0, 9), '0')
  const offset = zone === undefined || zone === '+00:00' || zone === '-00:00' ? 'Z' : zone
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${tail && `.${tail}`}${offset}`
}

const daysIn = (year: number, month: number): number => {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month === 2) return isLeap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
