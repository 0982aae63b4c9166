/** Says whether a release of Alloy, `1.18.1` or `v1.9.0-rc.1`, is at least the one named by its first two numbers, `1.4`. */
export function atLeast(release: string, minimum: string): boolean {
  const [major, minor] = numbers(release)
  const [least, lesser] = numbers(minimum)
  return major > least || (major === least && minor >= lesser)
}

function numbers(release: string): readonly [number, number] {
  const [, major = '0', minor = '0'] = release.match(/^v?(\d+)(?:\.(\d+))?/) ?? []
  return [Number(major), Number(minor)]
}
