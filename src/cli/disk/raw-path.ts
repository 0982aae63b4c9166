import { readFileSync } from 'node:fs'

// A name on a disk is bytes, mostly UTF-8. A byte that is not becomes a lone surrogate, U+DC80 to U+DCFF, which no UTF-8 decodes to:
// so every name is a text of its own and finds its file again.
const sequences =
  /([\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})|[\x80-\xff]/g

/** The text that stands for a path on the disk. */
export function pathOf(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(sequences, (found, wellFormed?: string) =>
      wellFormed === undefined
        ? String.fromCharCode(0xdc00 + found.charCodeAt(0))
        : Buffer.from(wellFormed, 'latin1').toString('utf8'),
    )
}

/** The path on the disk that a text stands for. */
export function rawPath(path: string): string | Buffer {
  if (!/[\udc80-\udcff]/u.test(path)) return path
  const parts = path.split(/([\udc80-\udcff])/u)
  return Buffer.concat(parts.map((part, index) => (index % 2 === 0 ? Buffer.from(part) : byteOf(part))))
}

const byteOf = (part: string): Buffer => Buffer.from([part.charCodeAt(0) - 0xdc00])

/** The arguments of the process; Node has replaced what is not UTF-8 in them, and Linux still knows it. */
export function rawArguments({ argv, platform }: Pick<NodeJS.Process, 'argv' | 'platform'>): readonly string[] {
  const words = argv.slice(2)
  if (platform !== 'linux' || !words.some(word => word.includes('\ufffd'))) return words
  const raw = pathOf(readFileSync('/proc/self/cmdline')).split('\0').slice(0, -1).slice(-words.length)
  return words.map((word, index) => (word.includes('\ufffd') ? (raw[index] ?? word) : word))
}
