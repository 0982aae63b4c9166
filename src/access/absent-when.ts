import { type Mapping, mapAt, scalarAt, textAt } from '../input/yaml/tree.ts'

/** Says why an object that is written does not exist while the deployment runs; null where nothing says so. */
export function absentWhen(tree: Mapping): string | null {
  const annotations = mapAt(tree, 'metadata', 'annotations')
  const wordsOf = (key: string): readonly string[] =>
    (textAt(annotations, key) ?? '')
      .split(',')
      .map(word => word.trim())
      .filter(word => word !== '')
  for (const { key, stays, policy, after, tool } of hooks) {
    const events = wordsOf(key)
    if (events.length === 0) continue
    if (!events.some(event => stays.test(event))) return `is a hook of ${tool} for ${events.join(', ')} alone`
    if (wordsOf(policy).some(word => after.test(word)))
      return `is a hook of ${tool} that is deleted once it has succeeded`
  }
  const off = switches.find(({ key, value }) => textAt(annotations, key)?.toLowerCase() === value)
  if (off !== undefined) return `has the annotation ${off.key}: ${off.value}, with which it is not applied`
  if ((scalarAt(tree, 'metadata', 'deletionTimestamp')?.value ?? null) !== null) return 'is being deleted'
  return null
}

/** Annotations that make an object part of a release at some events only, and say when it is deleted. */
const hooks = [
  {
    tool: 'Helm',
    key: 'helm.sh/hook',
    stays: /^(?:pre-install|post-install|crd-install)$/,
    policy: 'helm.sh/hook-delete-policy',
    after: /^hook-succeeded$/,
  },
  {
    tool: 'Argo CD',
    key: 'argocd.argoproj.io/hook',
    stays: /^(?:PreSync|Sync|PostSync)$/,
    policy: 'argocd.argoproj.io/hook-delete-policy',
    after: /^HookSucceeded$/,
  },
] as const

/** Annotations with which what builds or applies objects leaves one out. */
const switches = [
  { key: 'config.kubernetes.io/local-config', value: 'true' },
  { key: 'kustomize.toolkit.fluxcd.io/reconcile', value: 'disabled' },
  { key: 'kustomize.toolkit.fluxcd.io/ssa', value: 'ignore' },
] as const
