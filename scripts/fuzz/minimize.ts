import type { Trial } from './trial.ts'

/**
 * Makes a trial smaller as long as it still shows what it was kept for: without its options, then by removing lines, then pieces of
 * each text. `shows` is asked `most` times at most.
 */
export async function minimize(trial: Trial, shows: (trial: Trial) => Promise<boolean>, most: number): Promise<Trial> {
  let best = trial
  let left = most
  const attempt = async (candidate: Trial): Promise<boolean> => {
    if (left <= 0) return false
    left--
    if (!(await shows(candidate))) return false
    best = candidate
    return true
  }
  await attempt({ ...best, options: [] })
  for (const name of Object.keys(best.files)) {
    const set = (text: string) => ({ ...best, files: { ...best.files, [name]: text } })
    const content = best.files[name]!
    if (typeof content !== 'string') continue
    for (const separator of [/(?<=\n)/, /(?<=[\s{}[\](),;"])/, '']) {
      let parts = (best.files[name] as string).split(separator)
      for (let size = Math.ceil(parts.length / 2); size >= 1 && left > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
        for (let at = 0; at < parts.length && left > 0; ) {
          const without = parts.toSpliced(at, size)
          if (await attempt(set(without.join('')))) parts = without
          else at += size
        }
      }
    }
  }
  if (best.log !== undefined) {
    let lines = best.log.split('\n')
    for (let at = 0; at < lines.length; ) {
      const without = lines.toSpliced(at, 1)
      if (await attempt({ ...best, log: without.join('\n') })) lines = without
      else at++
    }
  }
  return best
}
