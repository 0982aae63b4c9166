import { gunzipSync } from 'node:zlib'
import { maxBytes } from '../../source.ts'

/** What an archive may hold in all, once it is unpacked. */
export const mostUnpacked = 4 * maxBytes
/** A chart of more files is not one. */
export const mostFiles = 20_000
const block = 512

/** Says whether a file is compressed, as chart archives are. */
export const isArchive = (content: Uint8Array): boolean => content[0] === 0x1f && content[1] === 0x8b

/** The regular files of a chart archive by their paths in the chart, or why it cannot be read. Links and devices are left out. */
export function archivedFiles(content: Uint8Array): ReadonlyMap<string, Uint8Array> | { readonly why: string } {
  const unpacked = unpack(content)
  return 'why' in unpacked ? unpacked : entriesOf(unpacked.bytes)
}

function unpack(content: Uint8Array): { readonly bytes: Uint8Array } | { readonly why: string } {
  if (content.length > maxBytes) return { why: 'it is larger than 16 MiB' }
  try {
    return { bytes: gunzipSync(content, { maxOutputLength: mostUnpacked }) }
  } catch (error) {
    const isLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return { why: isLong ? 'it holds more than 64 MiB' : 'it is not compressed as gzip does, or not complete' }
  }
}

function entriesOf(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | { readonly why: string } {
  const files = new Map<string, Uint8Array>()
  /** What the header of the next entry is too short for. */
  let longName: string | null = null
  for (let at = 0; at + block <= bytes.length; ) {
    const header = bytes.subarray(at, at + block)
    if (header.every(byte => byte === 0)) return files
    const size = number(header.subarray(124, 136))
    if (size === null || !isSummed(header)) return { why: 'it is not a tar archive' }
    const start = at + block
    if (start + size > bytes.length) return { why: 'it ends within a file' }
    const content = bytes.subarray(start, start + size)
    const type = String.fromCharCode(header[156] ?? 0)
    if (type === 'L') longName = text(content)
    else if (type === 'x') longName = pathOf(content) ?? longName
    else if (type !== 'g') {
      // Older writers leave the type of a file out.
      const path = inChart(longName ?? nameOf(header))
      if ((type === '0' || type === '\0') && path !== null) files.set(path, content)
      longName = null
    }
    if (files.size > mostFiles) return { why: 'it holds more than 20,000 files' }
    at = start + Math.ceil(size / block) * block
  }
  return files.size > 0 ? files : { why: 'it is not a tar archive' }
}

const decoder = new TextDecoder()

const text = (bytes: Uint8Array): string => decoder.decode(bytes).split('\0')[0] ?? ''

/** An octal number; null for what is none. */
function number(field: Uint8Array): number | null {
  const digits = text(field).trim()
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : null
}

/** The sum of a header counts its own field as blanks. */
function isSummed(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  return number(header.subarray(148, 156)) === sum
}

function nameOf(header: Uint8Array): string {
  const prefix = text(header.subarray(257, 262)) === 'ustar' ? text(header.subarray(345, 500)) : ''
  const name = text(header.subarray(0, 100))
  return prefix === '' ? name : `${prefix}/${name}`
}

/** The path among the records `LENGTH KEY=VALUE` of an extended header. */
const pathOf = (records: Uint8Array): string | null =>
  decoder.decode(records).match(/(?:^|\n)\d+ path=([^\n]*)\n/)?.[1] ?? null

/** A chart is packed as one folder, which its paths are told without. Null for what is not below it. */
function inChart(path: string): string | null {
  const [, ...steps] = path.replace(/^\.\//, '').split('/')
  return steps.length === 0 || steps.includes('..') || steps.includes('') ? null : steps.join('/')
}
