import { program } from '#rulemap/program'
import { read } from '#rulemap/read'
import { findRelease, newestChart } from '../chart/release/releases.ts'
import { newestKubernetes } from '../kubernetes/resources.ts'

/** What `--version` prints: the program, and the newest releases that it knows. */
export function versionText(): string {
  const stable = findRelease(null).value?.alloy
  return `${program.name} ${program.version}
knows Alloy to ${read.release} (default ${stable}), chart grafana/alloy to ${newestChart}, Kubernetes to ${newestKubernetes}
`
}
