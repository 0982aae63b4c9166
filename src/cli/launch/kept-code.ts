import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs'

/** The name of the file with the code that V8 keeps of a script: another script, Node or machine has another file. */
export const nameOf = (digest: string): string =>
  `${digest}-${process.version}-${process.versions.v8}-${process.platform}-${process.arch}`

/**
 * What a file with kept code holds: the code, the same with the bytes of each eight reversed, the modules that the script is made of.
 * V8 trusts the code blindly, so it must be whole, and of these modules to the letter. A copy shows that as a hash does, and faster than
 * Node loads what hashes. The reversal is for damage that does not depend on the place, such as line ends that are translated: it does
 * not hit both alike.
 */
export function filed(code: Buffer, modules: readonly Buffer[]): Buffer {
  const whole = Buffer.concat([code, Buffer.alloc(-code.length & 7)])
  return Buffer.concat([whole, Buffer.from(whole).swap64(), ...modules])
}

/** The code in such a file; null where it is not whole or of other modules. */
export function codeIn(file: Buffer, modules: readonly Buffer[]): Buffer | null {
  const size = (file.length - modules.reduce((sum, { length }) => sum + length, 0)) / 2
  if (size <= 0 || size % 8 !== 0) return null
  let from = 2 * size
  for (const each of modules) {
    if (file.compare(each, 0, each.length, from, from + each.length) !== 0) return null
    from += each.length
  }
  const code = file.subarray(0, size)
  const copy = file.subarray(size, 2 * size).swap64()
  return copy.equals(code) ? code : null
}

/** A file of a folder that no one else can write or replace; null where there is none, or that is not certain. */
export function readTrusted(folder: string, name: string): Buffer | null {
  try {
    const place = lstatSync(folder, { throwIfNoEntry: false })
    return place?.isDirectory() && isOurs(place) ? readOurs(`${folder}/${name}`) : null
  } catch {
    // Whatever is wrong with it, there is the other way to start.
    return null
  }
}

function readOurs(path: string): Buffer | null {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
  const descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  try {
    const found = fstatSync(descriptor)
    return found.isFile() && isOurs(found) ? readFileSync(descriptor) : null
  } finally {
    closeSync(descriptor)
  }
}

/** Whether only root and the user who runs this can write to something. Windows does not say. */
function isOurs({ mode, uid }: Stats): boolean {
  const user = process.geteuid?.()
  return user !== undefined && (mode & 0o022) === 0 && (uid === 0 || uid === user)
}
