import { diagnostic, isLetThrough } from '../diagnostic/diagnostic.ts'
import { nearest } from '../diagnostic/suggest.ts'
import { unusedOption } from '../diagnostic/unused-option.ts'
import type { Block } from '../syntax/ast.ts'
import { type Context, openSeverity } from './context.ts'
import { idOf, type Node } from './names/nodes.ts'
import type { Reference } from './names/references.ts'
import type { Found, Import, Registry } from './names/registry.ts'
import type { Arguments } from './use.ts'

/** After so many diagnostics names are no longer compared with all others, which would be quadratic. */
const mostSuggested = 100

/** Says that nothing has the name that is referred to. */
export function reportReference(
  { names }: Reference,
  nodes: ReadonlyMap<string, Node>,
  { world, related }: Context,
): void {
  const written = names.map(({ name }) => name).join('.')
  const [head] = names
  const first = head.name
  const close = world.diagnosticCount < mostSuggested ? meant(written, [...nodes.keys()]) : null
  const span = { ...head.span, end: (names.at(-1) ?? head).span.end }
  const args = { reference: written, close, hidesStandard: world.isStandard(first) }
  world.report(diagnostic('unresolved-reference', span, args, { related }))
}

/** The block that a reference was meant for; its last names may be those of an export and a field of it. */
function meant(written: string, ids: readonly string[]): string | null {
  const names = written.split('.')
  for (const dropped of [0, 1, 2]) {
    const count = names.length - dropped
    const alike = count === names.length ? ids : ids.filter(id => id.split('.').length === count)
    const close = nearest(names.slice(0, count).join('.'), alike)
    if (close) return close
  }
  return null
}

/** Says that blocks refer to each other in a cycle. */
export function reportCycle(ids: readonly string[], block: Block, { world, related }: Context): void {
  world.report(
    diagnostic(
      'reference-cycle',
      block.header,
      { cycle: ids.length === 1 ? `${ids[0]} refers to itself` : `${ids.join(', ')} refer to each other in a cycle` },
      { related },
    ),
  )
}

/** Says which arguments an instance, or `--arg`, gives that the module does not declare. */
export function checkArgumentNames(
  nodes: ReadonlyMap<string, Node>,
  { world, given, prefix, related, place }: Context,
): void {
  const declared = [...nodes.values()].flatMap(({ kind, block }) => (kind === 'argument' && block.label) || [])
  if (place === 'root') {
    for (const name of world.given.keys())
      if (!declared.includes(name)) world.report(unusedOption('arg', name, `no argument is named ${name}`, declared))
  }
  for (const argument of given?.keys() ?? []) {
    if (nodes.has(`argument.${argument}`)) continue
    const close = nearest(argument, declared)
    const module = prefix.replace(/\/$/, '')
    const place = related.at(-1)?.span ?? null
    const args = { argument, module, close }
    world.report(diagnostic('undeclared-module-argument', place, args, { related: related.slice(0, -1) }))
  }
}

/** Says which modules are defined and used by nothing, and which of those imported are not available. */
export function reportUnused(nodes: readonly Node[], here: Registry, context: Context): void {
  const { world, related } = context
  if (context.place === 'root') {
    const unused = [...here.declares.values()].filter(({ used }) => !used)
    for (const { block } of unused)
      world.report(diagnostic('unused-declare', block.header, { name: block.label ?? '' }))
    const [first] = unused
    if (first && nodes.every(({ kind }) => kind === 'import'))
      world.report(diagnostic('modules-only', first.block.header, {}))
  }
  for (const each of [...here.imports.values()].flat()) {
    const { block, cause } = each
    if (each.registry !== null || each.used) continue
    world.report(diagnostic('unused-module-unavailable', block.header, { id: idOf(block), cause }, { related }))
  }
}

/** Says that no module of a name is in scope. */
export function reportAbsent(
  { where, candidates }: Extract<Found, { kind: 'absent' }>,
  block: Block,
  { world, related }: Context,
): void {
  const [first = '', ...rest] = block.name.split('.')
  const close = nearest(rest.at(-1) ?? first, candidates)
  const hides = world.knowledge.check(block).every(({ name }) => name !== 'unknown-component')
  const args = { name: rest.join('.') || block.name, where, close, hides: hides ? first : null }
  world.report(diagnostic('unknown-custom-component', block.header, args, { related }))
}

/** Says that a module is used whose content is not available. */
export function reportUnavailable(imported: Import, block: Block, { world, related }: Context): void {
  world.incomplete = true
  const labels = [...related, { span: imported.block.header, text: 'imported here' }]
  const args = { id: idOf(imported.block), cause: imported.cause }
  world.report(diagnostic('module-unavailable', block.header, args, { related: labels, severity: openSeverity(world) }))
}

/** Says what the release does not accept of a block. */
export function reportArguments(block: Block, body: Arguments, { world, related }: Context): void {
  for (const found of world.knowledge.checkArguments(block.name, block, body)) {
    // What is let through although no known release accepts it may need anything.
    if (isLetThrough(found) && world.onUnknown !== 'error') world.incomplete = true
    world.report({ ...found, related: [...found.related, ...related] })
  }
}
