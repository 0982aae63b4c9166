/** Colour: the flag, then NO_COLOR, then FORCE_COLOR, then the terminal. */
export function useColor(
  flag: 'auto' | 'always' | 'never',
  env: Readonly<Record<string, string | undefined>>,
  terminal: boolean,
): boolean {
  if (flag !== 'auto') return flag === 'always'
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0'
  return terminal
}
