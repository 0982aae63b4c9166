const onWindows = /^[A-Za-z]:(?:[\\/]|$)/

/** A path without repeated and final slashes and without dots that lead nowhere. One of Windows stays as it is written. */
export function normalizePath(path: string): string {
  if (onWindows.test(path)) return path
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** The part of a path below a folder: empty for the folder itself, null for a path outside. */
export function relativeTo(path: string, folder: string): string | null {
  if (path === folder) return ''
  const separator = onWindows.test(folder) ? '\\' : '/'
  const start = folder.endsWith(separator) ? folder : `${folder}${separator}`
  return path.startsWith(start) ? path.slice(start.length) : null
}

/** A path below a folder, of which `within` gave the rest. */
export const below = (folder: string, rest: string): string =>
  rest === '' ? folder : normalizePath(`${folder}/${rest}`)

/** The folder that a path is in; the root for itself. */
export const folderOf = (path: string): string => normalizePath(`${path}/..`)

/** One name for folders that are one: Linux distributions and the image have /var/run as a link to /run. */
export const canonical = (path: string): string => path.replace(/^\/var\/run(?=\/|$)/, '/run')

/** Says whether one path is another one, or lies above or below it. */
export function overlap(a: string, b: string): boolean {
  const [one, other] = [canonical(a), canonical(b)]
  return relativeTo(one, other) !== null || relativeTo(other, one) !== null
}
