import * as assert from 'uvu/assert'
import { oldestKubernetes } from '../../src/kubernetes/bootstrap.ts'
import { newestKubernetes } from '../../src/kubernetes/resources.ts'
import { command } from '../cli/io.ts'
import { describe } from '../harness.ts'

/** The paths of a kubelet that its table names, one that it does not, and one of the API server. */
const urls = [
  ...['/metrics', '/pods', '/runningpods', '/healthz', '/configz', '/statusz', '/flagz', '/allocatedPods', '/run'].map(
    path => `https://node.example:10250${path}`,
  ),
  'https://kubernetes.default.svc/metrics',
  'https://kubernetes.default.svc/statusz',
  'https://kubernetes.default.svc/apis/certificates.k8s.io/v1beta1/clustertrustbundles',
]

const configuration = (url: string): string => `
discovery.kubernetes "pods" { role = "pod" }
remote.http "one" {
  url = "${url}"
  client { bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token" }
}`

const minors: readonly string[] = Array.from({ length: 50 }, (_, at) => `1.${at}`).slice(
  Number(oldestKubernetes.split('.')[1]),
  Number(newestKubernetes.split('.')[1]) + 1,
)

async function needsIn(kubernetes: string, url: string): Promise<string> {
  const argv = ['generate', 'config.alloy', '--format', 'json', '--kube-version', kubernetes]
  const { grants, pod } = JSON.parse((await command(argv, { 'config.alloy': configuration(url) })).stdout)
  return JSON.stringify({ grants, pod })
}

describe('the minors of Kubernetes that get the same answer', it => {
  for (const url of urls)
    it(`are those that the header says, for ${url}`, async () => {
      const { stdout } = await command(['generate', 'config.alloy'], { 'config.alloy': configuration(url) })
      const text = stdout.replaceAll(/\n# +/g, ' ')
      const since = text.match(/ \(the same for (1\.\d+) and later\)/)?.[1] ?? newestKubernetes
      const answers = await Promise.all(minors.map(minor => needsIn(minor, url)))
      const from = answers.findIndex((_, at) => answers.slice(at).every(answer => answer === answers.at(-1)))
      assert.is(since, minors[from])
    })

  it('are not said for an older one', async () => {
    const argv = ['generate', 'config.alloy', '--kube-version', oldestKubernetes]
    const { stdout } = await command(argv, { 'config.alloy': configuration(urls[0]!) })
    assert.not.match(stdout, 'the same for')
  })

  it('are those of the newest known, for one that is newer', async () => {
    const argv = ['generate', 'config.alloy', '--kube-version', '1.99']
    const { stdout } = await command(argv, { 'config.alloy': configuration(urls[0]!) })
    assert.match(stdout, `Kubernetes (read for ${newestKubernetes}, asked for 1.99)`)
  })
})
