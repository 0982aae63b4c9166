const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])

const longest = 2n ** 63n

/** Reads a duration as Go writes them, `1h30m`, `1.5s`, `0`, to nanoseconds; null when it is none. */
export function parseDuration(text: string): bigint | null {
  const negative = text.startsWith('-')
  const body = /^[-+]/.test(text) ? text.slice(1) : text
  if (body === '0') return 0n
  if (body === '') return null
  let total = 0n
  const part = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y
  while (part.lastIndex < body.length) {
    const [, whole = '', fraction = '', unit = ''] = part.exec(body) ?? []
    const scale = units.get(unit)
    if (scale === undefined || (whole === '' && fraction === '')) return null
    const digits = fraction.slice(0, 18)
    total += BigInt(whole || 0) * scale + (BigInt(digits || 0) * scale) / 10n ** BigInt(digits.length)
    if (total > longest) return null
  }
  if (!negative && total === longest) return null
  return negative ? -total : total
}
