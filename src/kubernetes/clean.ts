/** Go's `filepath.Clean`: an absolute or relative path with `.`, `..` and doubled slashes worked out; `.` for the empty path. */
export function clean(path: string): string {
  const isAbsolute = path.startsWith('/')
  const steps: string[] = []
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop()
    else if (step !== '..' || !isAbsolute) steps.push(step)
  }
  return (isAbsolute ? '/' : '') + steps.join('/') || '.'
}
