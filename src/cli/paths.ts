/** Joins and cleans paths as Go's `filepath.Join` does on Linux, but for an absolute second part, which stands alone. */
export function join(base: string, path: string): string {
  const whole = path.startsWith('/') ? path : base === '' ? path : `${base}/${path}`
  const absolute = whole.startsWith('/')
  const segments: string[] = []
  for (const segment of whole.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop()
    else if (segment !== '..' || !absolute) segments.push(segment)
  }
  return (absolute ? '/' : '') + segments.join('/') || '.'
}

/** The folder of a path; `.` for a bare name. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf('/')
  return at === -1 ? '.' : at === 0 ? '/' : path.slice(0, at)
}

/** Says whether an absolute path is a folder or lies in it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
