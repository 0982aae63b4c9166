import { clean } from '../kubernetes/clean.ts'

export { clean as normalize }

/** A path seen from a folder; absolute paths stay. */
export function join(folder: string, path: string): string {
  return clean(path.startsWith('/') ? path : `${folder}/${path}`)
}

/** The folder that holds a path, as Go's `filepath.Dir` has it: `.` for a bare name. */
export function parent(path: string): string {
  const at = path.lastIndexOf('/')
  if (at === -1) return '.'
  return clean(path.slice(0, at + 1))
}

/** An absolute path as seen from an absolute folder. */
export function relative(folder: string, path: string): string {
  const [from, to] = [stepsOf(folder), stepsOf(path)]
  let shared = 0
  while (shared < from.length && from[shared] === to[shared]) shared++
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/') || '.'
}

const stepsOf = (path: string): readonly string[] => path.split('/').filter(step => step !== '')

/** Says whether an absolute path is a folder or lies in it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
