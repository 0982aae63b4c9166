import type { Span } from '../../source.ts'
import { get, itemsAt, type Mapping, mapAt, type Tree, textAt } from '../yaml/tree.ts'

/** A resource of a Terraform plan, as it will be, or of a state, as it is. */
export interface TerraformResource {
  /** `module.monitoring.helm_release.alloy`. */
  readonly address: string
  readonly type: string
  readonly values: Mapping
  /** Where `true` stands in it, the value is known only after the plan is applied; null where all is known. */
  readonly unknown: Tree | null
  /** Where `true` stands in it, the value is a secret. */
  readonly sensitive: Tree | null
  readonly span: Span
}

/** Says whether a document is what `terraform show -json` prints of a plan or of a state. */
export const isTerraform = (tree: Tree): boolean =>
  textAt(tree, 'format_version') !== null && (rootOf(tree) !== null || textAt(tree, 'terraform_version') !== null)

const rootOf = (tree: Tree): Mapping | null =>
  mapAt(tree, 'planned_values', 'root_module') ?? mapAt(tree, 'values', 'root_module')

/** The managed resources of a plan or a state, those of modules too, in their order. */
export function terraformResources(tree: Tree): readonly TerraformResource[] {
  const changes = new Map(
    itemsAt(tree, 'resource_changes').flatMap(each => {
      const address = textAt(each, 'address')
      const change = mapAt(each, 'change')
      return address === null || change === null ? [] : [[address, change] as const]
    }),
  )
  const found: TerraformResource[] = []
  const modules: Tree[] = [rootOf(tree)].filter(each => each !== null)
  for (const module of modules) {
    for (const each of itemsAt(module, 'resources')) {
      const resource = resourceOf(each, changes)
      if (resource) found.push(resource)
    }
    for (const each of itemsAt(module, 'child_modules')) modules.push(each)
  }
  return found
}

function resourceOf(tree: Tree, changes: ReadonlyMap<string, Mapping>): TerraformResource | null {
  const address = textAt(tree, 'address')
  const type = textAt(tree, 'type')
  const values = mapAt(tree, 'values')
  if (address === null || type === null || values === null || textAt(tree, 'mode') === 'data') return null
  const change = changes.get(address) ?? null
  return {
    address,
    type,
    values,
    unknown: get(change, 'after_unknown'),
    sensitive: get(tree, 'sensitive_values') ?? get(change, 'after_sensitive'),
    span: mapSpan(tree),
  }
}

/** The address of a resource, where it is written. */
function mapSpan(tree: Tree): Span {
  const address = get(tree, 'address')
  return address?.span ?? { ...tree.span, end: tree.span.start + 1 }
}

/** Says whether a mark stands at a path, or above it; a step into a list is its position. */
export function isMarked(marks: Tree | null, ...path: readonly (string | number)[]): boolean {
  let at: Tree | null = marks
  for (const step of path) {
    if (at?.kind === 'scalar') return at.value === true
    if (at?.kind === 'list') at = typeof step === 'number' ? (at.items[step] ?? null) : null
    else at = at?.kind === 'map' ? (at.entries.get(String(step))?.value ?? null) : null
  }
  return at?.kind === 'scalar' && at.value === true
}
