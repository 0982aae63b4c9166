/** Compares two Kubernetes versions by major and minor: negative when the first is older. */
export function compareMinors(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  return x[0] - y[0] || x[1] - y[1]
}

function parts(version: string): readonly [number, number] {
  const [, major = '0', minor = '0'] = version.match(/^v?(\d+)(?:\.(\d+))?/) ?? []
  return [Number(major), Number(minor)]
}
