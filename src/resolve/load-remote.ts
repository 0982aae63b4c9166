import { diagnostic } from '../diagnostic/diagnostic.ts'
import type { Value } from '../evaluate/value/value.ts'
import { type Context, openSeverity } from './context.ts'
import { expand } from './expand.ts'
import type { LoadedModule } from './loaded.ts'
import { assign, variables } from './names/variables.ts'
import type { Use } from './use.ts'
import { run } from './work.ts'

/** Further configuration is loaded where its address is given: what was passed of it is expanded, each module in a scope of its own. */
export function loadRemote(use: Use, root: Context, modulePath: Value): void {
  const { world } = root
  const argument = world.knowledge.services.get(use.component)?.loads
  if (!argument) return
  const url = use.arguments.attributes.get(argument)?.value
  if (!url || url.kind === 'null' || (url.kind === 'string' && url.value === '')) return
  const shown = url.kind === 'string' ? url.value : 'an address known only at run time'
  const args = { block: use.component, url: shown }
  const loaded = world.loadedBy(use)
  if (loaded === null) {
    world.incomplete = true
    const severity = openSeverity(world)
    world.report(diagnostic('remote-configuration', use.block.header, args, { related: use.related, severity }))
    return
  }
  for (const each of loaded.diagnostics) world.report(each)
  for (const each of loaded.modules) expandModule(each, use, root, modulePath)
  if (loaded.complete) return
  world.incomplete = true
  world.report(diagnostic('remote-open', use.block.header, args, { related: use.related }))
}

function expandModule(
  { name, source, certain, given }: LoadedModule,
  use: Use,
  root: Context,
  modulePath: Value,
): void {
  const { world } = root
  const parsed = world.parse(source)
  for (const found of parsed.diagnostics) world.report(found)
  if (parsed.value === null) return
  // What the server declares for every module is there although no block of it says so.
  const outer = variables(null)
  for (const [argument, value] of given) assign(outer, ['argument', argument, 'value'], value)
  const context: Context = {
    ...root,
    place: 'declare',
    outer,
    given: new Map(),
    prefix: `remote:${name}/`,
    related: [...use.related, { span: use.block.header, text: `pipeline ${name} is loaded here` }],
    certain: use.certain && certain,
  }
  run(expand(parsed.value.body, context, modulePath))
}
