import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { qualified } from '../../input/manifests/objects.ts'
import type { Use } from '../../resolve/use.ts'
import { noteUnknownArgument } from '../unknown-notes.ts'
import type { Selection } from './selection.ts'

/** Says what objects of the cluster do to the needs of a component: `rules` of its map ask for what these ask for. */
export function noteObjects(
  use: Use,
  selection: Selection,
  rules: readonly string[],
  report: (found: Diagnostic) => void,
): void {
  const { selected, count, kind, open, world } = selection
  if (rules.length === 0) return
  const args = { component: use.id, kind, count, rules }
  const say = { related: use.related }
  const narrowed = world.complete ? 'narrowed-to-objects' : 'narrowed-to-known-objects'
  report(diagnostic(world.given ? narrowed : 'objects-not-passed', use.block.header, args, say))
  if (!world.given) return
  if (world.complete) noteNamespaces(use, selection, report)
  if (selected.some(({ certain }) => !certain)) noteUnknownArgument(use, open, report)
  for (const { object, namespaces } of selected) {
    if (namespaces.length === 1 && namespaces[0] !== null) continue
    const named = { object: qualified(object.kind, null, object.name), component: use.id }
    report(diagnostic('object-without-namespace', object.span, named))
  }
}

/** Says where a component would do with Roles: in the namespaces of the objects that it reads. */
function noteNamespaces(
  use: Use,
  { selected, kind, everywhere }: Selection,
  report: (found: Diagnostic) => void,
): void {
  const namespaces = [...new Set(selected.flatMap(each => each.namespaces))].sort()
  if (everywhere === null || namespaces.length === 0 || namespaces.includes(null)) return
  const args = { component: use.id, kind, namespaces: namespaces.filter(each => each !== null), everywhere }
  report(diagnostic('namespaces-would-do', use.block.header, args, { related: use.related }))
}
