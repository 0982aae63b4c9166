import { mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs'
import type { Disk } from '../io.ts'
import { pathOf, rawPath } from './raw-path.ts'
import { readFile, readPieces } from './read-file.ts'
import { identityOf } from './target.ts'
import { writeFile } from './write-file.ts'

/** The process's own file system. */
export const disk: Disk = {
  readFile,
  pieces: readPieces,
  writeFile,
  makeFolder: path => void mkdirSync(rawPath(path), { recursive: true }),
  identity: identityOf,
  kind: path => {
    if (path.includes('\0')) return null
    try {
      const found = statSync(rawPath(path), { throwIfNoEntry: false })
      if (found === undefined) return null
      if (found.isDirectory()) return 'folder'
      return found.isFile() ? 'file' : 'special'
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENAMETOOLONG') return null
      throw error
    }
  },
  list: path => readdirSync(rawPath(path), 'buffer').map(pathOf).sort(),
  real: path => {
    try {
      return pathOf(realpathSync.native(rawPath(path), 'buffer'))
    } catch {
      return path
    }
  },
}
