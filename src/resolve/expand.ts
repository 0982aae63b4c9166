import { diagnostic } from '../diagnostic/diagnostic.ts'
import type { Value } from '../evaluate/value/value.ts'
import { required } from '../required.ts'
import type { Block, Statement } from '../syntax/ast.ts'
import { argumentsOf } from './arguments.ts'
import { type Context, type Expansions, enter, isFull } from './context.ts'
import { elementsOf } from './elements.ts'
import { type BodyContext, judge, reportProblems } from './judge.ts'
import { load } from './load.ts'
import { once } from './memoize.ts'
import { importsUsed } from './names/imports.ts'
import { idOf, type Node, nodesOf } from './names/nodes.ts'
import { inDependencyOrder } from './names/order.ts'
import type { Reference } from './names/references.ts'
import { find, type Registry, registry } from './names/registry.ts'
import { assign, lookup, type Variables, variables } from './names/variables.ts'
import {
  checkArgumentNames,
  reportAbsent,
  reportArguments,
  reportCycle,
  reportReference,
  reportUnavailable,
  reportUnused,
} from './report.ts'
import { unknownValue } from './unknown-value.ts'
import type { Use } from './use.ts'
import type { Work } from './work.ts'

/** Evaluates one module body and everything it instantiates. The result is what it exports. */
export function* expand(statements: readonly Statement[], context: Context, modulePath: Value | null): Work<Value> {
  const { world } = context
  const scope = variables(context.outer)
  if (modulePath) assign(scope, ['module_path'], modulePath)
  const here = registry(context.registry, definitionScope(context, scope))
  const body = nodesOf(statements, context.place, here, world)
  for (const block of body.declares)
    here.declares.set(block.label ?? '', { block, registry: here, imported: [], used: false })
  const nodes = new Map(body.nodes.map(node => [node.id, node]))
  // Components hide the standard library's names: `string.x` hides `string`.
  const hidden = new Set(body.nodes.flatMap(({ id }) => (id.includes('.') ? id.slice(0, id.indexOf('.')) : [])))
  checkArgumentNames(nodes, context)

  const modulesOf = importsUsed(body)
  const dependencies = (node: Node): readonly Node[] => {
    const found = node.references.flatMap(reference => target(reference, nodes) ?? [])
    return [...modulesOf(node), ...found].filter(each => each !== node)
  }
  const { order, cycles } = inDependencyOrder(body.nodes, dependencies)
  for (const cycle of cycles)
    reportCycle(
      cycle.map(({ id }) => id),
      required(cycle[0], 'a block of a cycle').block,
      context,
    )
  const selfReferencing = body.nodes.filter(node =>
    node.references.some(reference => target(reference, nodes) === node),
  )
  for (const node of selfReferencing) reportCycle([node.id], node.block, context)
  const circular = new Set([...cycles.flat(), ...selfReferencing])
  const exports = new Map<string, Value>()
  for (const node of order) {
    // What a foreach refers to may be its variable, or are in its template: its children tell.
    const unresolved =
      circular.has(node) || node.kind === 'foreach'
        ? []
        : node.references.filter(
            reference => !target(reference, nodes) && !isKnownName(reference.names[0].name, hidden, scope, context),
          )
    for (const reference of unresolved) reportReference(reference, nodes, context)
    // A value that no one can know: what refers to it has been reported, or will be by the reference itself.
    if (circular.has(node) || unresolved.length > 0) {
      judge(node, circular.has(node) ? node.references : unresolved, { scope, here, context })
      assign(scope, pathOf(node), unknownValue(node.block.header))
    } else yield* evaluateNode(node, { scope, here, context }, exports)
  }
  reportUnused(body.nodes, here, context)
  return { kind: 'object', entries: exports, open: false }
}

/** What declares of this body see: `module_path`, but inside a foreach all that the foreach sees. */
function definitionScope(context: Context, scope: Variables): Variables {
  if (context.place === 'foreach') return scope
  const path = lookup(scope, 'module_path')
  const definition = variables(context.place === 'declare' ? (context.registry?.scope ?? null) : null)
  if (path) assign(definition, ['module_path'], path)
  return definition
}

const pathOf = ({ block }: Node): readonly string[] => [
  ...block.name.split('.'),
  ...(block.label === null ? [] : [block.label]),
]

/** The node that a reference depends on: the shortest prefix of the chain that is one's id. */
function target({ names }: Reference, nodes: ReadonlyMap<string, Node>): Node | undefined {
  let id = ''
  for (const { name } of names) {
    id = id === '' ? name : `${id}.${name}`
    const node = nodes.get(id)
    if (node) return node
  }
  return undefined
}

/** Says whether a reference that is not a node's stands for anything. */
function isKnownName(first: string, hidden: ReadonlySet<string>, scope: Variables, { world }: Context): boolean {
  if (lookup(scope.parent, first) !== undefined || first === 'module_path') return true
  return !hidden.has(first) && world.isStandard(first)
}

function* evaluateNode(node: Node, { scope, here, context }: BodyContext, exports: Map<string, Value>): Work<void> {
  const { world } = context
  const { block } = node
  switch (node.kind) {
    case 'import': {
      const body = argumentsOf(block.body, world, scope)
      reportArguments(block, body, context)
      yield load(block, body, here, context)
      return undefined
    }
    case 'argument':
      return assign(scope, ['argument', block.label ?? '', 'value'], argumentValue(node, scope, context))
    case 'export': {
      const body = argumentsOf(block.body, world, scope, asItIs)
      reportArguments(block, body, context)
      exports.set(block.label ?? '', body.attributes.get('value')?.value ?? { kind: 'null' })
      return
    }
    case 'foreach':
      return yield* unroll(block, scope, here, context)
    case 'service':
      return void useOf(node, scope, context)
    case 'custom': {
      const value = yield* instantiate(node, scope, here, context)
      return assign(scope, pathOf(node), value)
    }
    case 'component': {
      if (reportProblems(block, context)) {
        world.incomplete = true
        return assign(scope, pathOf(node), unknownValue(block.header))
      }
      const use = useOf(node, scope, context)
      return assign(scope, pathOf(node), world.knowledge.exportsOf(use, { read: path => textAt(path, context) }))
    }
  }
}

const asItIs = (value: Value): Value => value

/** The content of a file that a component reads, when the input holds it. */
function textAt(path: string, { world }: Context): string | null {
  const answer = world.files.read(path)
  if (answer.kind !== 'files') return null
  const [only, ...others] = answer.sources
  return only && others.length === 0 ? only.text : null
}

function useOf(node: Node, scope: Variables, context: Context): Use {
  const { world, prefix, related, certain } = context
  const { block } = node
  const body = argumentsOf(block.body, world, scope)
  reportArguments(block, body, context)
  const use: Use = {
    id: prefix + node.id,
    component: block.name,
    label: block.label,
    block,
    arguments: body,
    certain,
    related,
  }
  enter(use, world)
  return use
}

function argumentValue(node: Node, scope: Variables, context: Context): Value {
  const { world, given, place, related } = context
  const { block } = node
  const name = block.label ?? ''
  const body = argumentsOf(block.body, world, scope, asItIs)
  reportArguments(block, body, context)
  const handed = given?.get(name) ?? (place === 'root' ? world.given.get(name) : undefined)
  if (handed !== undefined) return handed
  const optional = body.attributes.get('optional')?.value
  const fallback = body.attributes.get('default')?.value ?? { kind: 'null' }
  if (optional?.kind === 'bool' && optional.value) {
    // A module that is passed in by itself may be called with any value.
    return place === 'root'
      ? {
          ...unknownValue(block.header, 'argument'),
          name,
          candidates: [{ ...unknownValue(block.header, 'argument'), name }, fallback],
        }
      : fallback
  }
  if (place === 'root') return { ...unknownValue(block.header, 'argument'), name }
  if (optional === undefined || optional.kind === 'bool') {
    const module = context.prefix.replace(/\/$/, '')
    const place = related.at(-1)?.span ?? block.header
    const declared = [{ span: block.header, text: 'declared here' }]
    world.report(
      diagnostic(
        'missing-module-argument',
        place,
        { argument: name, module },
        { related: [...related.slice(0, -1), ...declared] },
      ),
    )
  }
  return unknownValue(block.header, 'argument')
}

function* instantiate(node: Node, scope: Variables, here: Registry, context: Context): Work<Value> {
  const { world, prefix, related, within } = context
  const { block } = node
  if (isFull(block, world)) return unknownValue(block.header)
  const given = new Map<string, Value>()
  for (const statement of block.body) {
    if (statement.kind === 'attribute')
      given.set(statement.name.name, world.evaluate(statement.value, scope, world.report))
    else
      world.report(
        diagnostic(
          'block-in-custom-component',
          statement.header,
          { block: statement.name, module: node.id },
          { related },
        ),
      )
  }
  const found = find(here, block.name.split('.'))
  const open = unknownValue(block.header, 'module')
  if (found.kind === 'absent') {
    reportAbsent(found, block, context)
    return open
  }
  if (found.kind === 'unavailable') {
    reportUnavailable(found.import, block, context)
    return open
  }
  const { declare } = found
  const module = `declare.${declare.block.label}`
  const key = `${declare.block.span.source.path}:${declare.block.span.start}`
  if (within.includes(key)) {
    world.report(diagnostic('recursive-module', block.header, { cycle: module }, { related }))
    return open
  }
  const inner: Context = {
    world,
    place: 'declare',
    registry: declare.registry,
    outer: declare.registry.scope,
    given,
    prefix: `${prefix}${node.id}/`,
    related: [...related, ...declare.imported, { span: block.header, text: 'instantiated here' }],
    certain: context.certain,
    within: [...within, key],
  }
  const expansions = world.expansions.get(declare) ?? new Map()
  world.expansions.set(declare, expansions)
  const values = [...given].map(([name, value]) => `${name}=${world.keyOf(value)}`)
  return yield* once([inner.certain, ...values].join(), expansions, inner, () =>
    expand(declare.block.body, inner, null),
  )
}

function* unroll(block: Block, scope: Variables, here: Registry, context: Context): Work<void> {
  const { world, prefix, related } = context
  const isTemplate = (statement: Statement) => statement.kind === 'block' && statement.name === 'template'
  const body = argumentsOf(
    block.body.map(each => (isTemplate(each) ? { ...each, body: [] } : each)),
    world,
    scope,
    asItIs,
  )
  const template = block.body.find(isTemplate)
  const variable = body.attributes.get('var')?.value
  const collection = body.attributes.get('collection')?.value
  if (!collection || !variable || template?.kind !== 'block') {
    const [what = 'template'] = [...(collection ? [] : ['collection']), ...(variable ? [] : ['var'])]
    world.report(diagnostic('incomplete-foreach', block.header, { id: idOf(block), what }, { related }))
    return
  }
  reportArguments(block, body, context)
  const name = variable.kind === 'string' ? variable.value : ''
  const items = elementsOf(collection, block)
  const expansions: Expansions = new Map()
  for (const [index, { value, certain }] of items.entries()) {
    const outer = variables(scope)
    assign(outer, [name], value)
    const inner: Context = {
      world,
      place: 'foreach',
      registry: here,
      outer,
      given: null,
      prefix: `${prefix}${idOf(block)}/${certain ? index : '*'}/`,
      related: [...related, { span: block.header, text: 'repeated here' }],
      certain: context.certain && certain,
      within: context.within,
    }
    if (isFull(block, world)) return
    yield once(`${inner.certain} ${world.keyOf(value)}`, expansions, inner, () => expand(template.body, inner, null))
  }
}
