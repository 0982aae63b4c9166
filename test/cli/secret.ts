import * as assert from 'uvu/assert'
import { command } from './io.ts'

const secret = 'zqzq7zqzqzqzq'
const encoded = btoa(secret)
/** Enough of it to be told from anything else, plain or in base64, at each of the three places that it may begin at. */
const part = /zqzq|enF6cTd6|p6cXpxN3|xenE3enF/i

/** A text with the secret in place of `§`, and its base64 in place of `¤`. */
const planted = (text: string): string => text.replaceAll('§', secret).replaceAll('¤', encoded)

/** Runs a command line over inputs that hold a secret, and fails where a part of it shows in anything printed or written. Gives the exit code. */
export async function hides(argv: readonly string[], files: Readonly<Record<string, string>>): Promise<number> {
  const inputs = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, planted(text)]))
  const { code, stdout, stderr, written } = await command([...argv.map(planted), '--diagnostics', 'said.json'], inputs)
  assert.not.match(stderr, /this is a bug|wrong usage/)
  assert.ok(code !== 2, stderr)
  for (const text of [stdout, stderr, ...written.values()]) {
    const line = text.split('\n').find(each => part.test(each))
    assert.is(line, undefined, `${argv.join(' ')}: ${line}`)
  }
  return code
}

/** A workload that runs a ConfigMap of its name: what is in its pod's template and in the container besides, each on one line. */
export const workloadOf = (container: string, template = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: alloy}
spec:
  template:
    ${template}
    spec:
      containers:
        - name: alloy
          image: grafana/alloy:v1.18.1
          args: [run, /etc/alloy/config.alloy]
          ${container}
          volumeMounts: [{name: c, mountPath: /etc/alloy}]
      volumes: [{name: c, configMap: {name: alloy}}]
`
