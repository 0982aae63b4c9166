import type { Text } from './texts.ts'

/** Longer links are cut off somewhere on their way. */
const longest = 60_000
/** A link of a few signs can be made to unpack to more than fits into memory. */
const mostBytes = 4 * 1024 * 1024

/** The texts as the fragment of a link, which browsers send to no one; null where they are too long. */
export async function fragmentOf(texts: readonly Text[]): Promise<string | null> {
  const bytes = new TextEncoder().encode(JSON.stringify(texts.map(({ name, text }) => [name, text])))
  if (bytes.length > mostBytes) return null
  const packed = await through(bytes, new CompressionStream('deflate-raw'))
  const text = btoa(Array.from(packed, byte => String.fromCharCode(byte)).join(''))
  const fragment = `#1,${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
  return fragment.length > longest ? null : fragment
}

/** The texts of a fragment; null where it has none. */
export async function textsOf(fragment: string): Promise<readonly Text[] | null> {
  const [, packed] = fragment.match(/^#1,([\w-]+)$/) ?? []
  if (packed === undefined || fragment.length > longest) return null
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0))
    const unpacked = await through(bytes, new DecompressionStream('deflate-raw'))
    const parsed: unknown = JSON.parse(new TextDecoder().decode(unpacked))
    return Array.isArray(parsed) && parsed.length > 0 && parsed.every(isPair)
      ? parsed.map(([name, text]) => ({ name, text }))
      : null
  } catch {
    // A link may have lost its end on the way, or unpack to too much: there is nothing to show then, and the page says so.
    return null
  }
}

const isPair = (value: unknown): value is readonly [name: string, text: string] =>
  Array.isArray(value) && value.length === 2 && value.every(each => typeof each === 'string')

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter()
  // What fails to be written fails to be read too, which is waited for.
  writer
    .write(bytes)
    .then(() => writer.close())
    .catch(() => {})
  const chunks: BlobPart[] = []
  let size = 0
  const reader = stream.readable.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length
    if (size > mostBytes) throw new RangeError('too long')
    chunks.push(next.value)
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}
