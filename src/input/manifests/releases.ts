import type { KubernetesObject } from '../deployment.ts'
import type { NamedRelease, Settings } from '../process/settings.ts'
import { mapAt, scalarAt, type Tree } from '../yaml/tree.ts'
import type { AlloyContainer } from './containers.ts'
import { qualified } from './objects.ts'

/** The releases that a workload names: by its image, and by the labels that Helm's charts put on what they make. */
export function releasesOf(
  { workload, template, container }: AlloyContainer,
  account: KubernetesObject | null,
): Pick<Settings, 'alloyVersion' | 'chartVersion'> {
  const label = qualified(workload.kind, workload.namespace, workload.name)
  const trees = [workload.tree, template, ...(account ? [account.tree] : [])]
  const chart = labeled(trees, 'helm.sh/chart', label)
  const version = labeled(trees, 'app.kubernetes.io/version', label)
  const name = chart && /^alloy-(.+)$/.exec(chart.value)?.[1]
  const image = imageRelease(container, label)
  return {
    // A + of a version is written _ in a label.
    chartVersion: chart && name ? { ...chart, value: name.replaceAll('_', '+') } : null,
    alloyVersion: image === null ? version : { ...image, ...(version ? { instead: version } : {}) },
  }
}

function labeled(trees: readonly (Tree | null)[], key: string, label: string): NamedRelease | null {
  for (const tree of trees) {
    const found = scalarAt(mapAt(tree, 'metadata', 'labels'), key)
    if (found && found.value !== null)
      return { value: String(found.value), span: found.span, by: `the label ${key} of ${label}` }
  }
  return null
}

/** The tag of an image, else its digest; an image without either is the latest. */
function imageRelease(container: Tree, label: string): NamedRelease | null {
  const image = scalarAt(container, 'image')
  if (image === null || typeof image.value !== 'string') return null
  const [, tag, digest] = /(?::([^/:@]+))?(?:@([^@]+))?$/.exec(image.value) ?? []
  return { value: tag ?? digest ?? 'latest', span: image.span, by: `the image of ${label}` }
}
