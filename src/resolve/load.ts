import { diagnostic, hasError, type Label } from '../diagnostic/diagnostic.ts'
import type { Unavailable } from '../diagnostic/module-in-words.ts'
import { settledBy } from '../evaluate/given.ts'
import { unknownsOf } from '../evaluate/value/contents.ts'
import type { Value } from '../evaluate/value/value.ts'
import type { Source, Span } from '../source.ts'
import type { Block, Expression, Statement } from '../syntax/ast.ts'
import { argumentsOf } from './arguments.ts'
import { type Context, enter } from './context.ts'
import type { FileAnswer } from './knowledge.ts'
import { idOf, nodesOf } from './names/nodes.ts'
import { type Import, type Registry, registry } from './names/registry.ts'
import { assign, lookup, variables } from './names/variables.ts'
import { reportArguments } from './report.ts'
import { unknownValue } from './unknown-value.ts'
import type { Arguments } from './use.ts'
import type { Work } from './work.ts'

/** What an import leads to: texts with their module path, or the reason why not and what to do. */
type Content =
  | { readonly kind: 'content'; readonly sources: readonly Source[]; readonly modulePath: Value }
  | { readonly kind: 'unavailable'; readonly cause: Unavailable }

const text = (value: string): Value => ({ kind: 'string', value })

/** Reads the content of an import block and enters its modules in the registry; what is not available is entered as such. */
export function* load(block: Block, body: Arguments, into: Registry, context: Context): Work<void> {
  const { world, prefix, related, certain } = context
  // Alloy reads what it names, a token among it, whether or not the module is used.
  const id = idOf(block)
  enter({ id: prefix + id, component: block.name, label: block.label, block, arguments: body, certain, related }, world)
  const modulePath = lookup(into.scope, 'module_path') ?? unknownValue(block.header)
  const content = contentOf(block, body, modulePath, context)
  const entry: Import = { block, registry: null, cause: { kind: 'recursive' }, used: false }
  const label = block.label ?? ''
  const others = into.imports.get(label) ?? []
  if (others.length > 0) world.report(diagnostic('ambiguous-import', block.header, { label }, { related }))
  into.imports.set(label, [...others, entry])
  if (content.kind === 'unavailable') {
    entry.cause = content.cause
    return
  }

  const loading = `${id}:${content.sources.map(({ path }) => path).join(',')}`
  if (context.within.includes(loading)) {
    world.report(diagnostic('recursive-module', block.header, { cycle: id }, { related }))
    return
  }
  const statements: Statement[] = []
  const faulty: Source[] = []
  for (const source of content.sources) {
    const parsed = world.parse(source)
    for (const found of parsed.diagnostics) world.report(found)
    for (const statement of parsed.value?.body ?? []) statements.push(statement)
    if (hasError(parsed.diagnostics)) faulty.push(source)
  }
  const last = faulty.at(-1)
  if (last !== undefined) {
    entry.cause = { kind: 'faulty', path: last.path }
    return
  }

  const scope = variables(null)
  assign(scope, ['module_path'], content.modulePath)
  const inside = registry(null, scope)
  const here: Label = { span: block.header, text: 'imported here' }
  const imported: readonly Label[] = [...related, here]
  const { declares, nodes } = nodesOf(statements, 'import', inside, world)
  for (const declare of declares) {
    const name = declare.label ?? ''
    if (!inside.declares.has(name))
      inside.declares.set(name, { block: declare, registry: inside, imported: [here], used: false })
  }
  const inner: Context = { ...context, related: imported, within: [...context.within, loading], given: null }
  for (const node of nodes) {
    if (node.kind !== 'import') continue
    if (block.name === 'import.http' && node.block.name === 'import.file') {
      const args = { block: node.block.name, where: 'a module fetched by import.http' }
      world.report(diagnostic('misplaced-block', node.block.header, args, { related: imported }))
    }
    const given = argumentsOf(node.block.body, world, scope)
    reportArguments(node.block, given, inner)
    yield load(node.block, given, inside, inner)
  }
  entry.registry = inside
}

function contentOf(block: Block, body: Arguments, modulePath: Value, { world }: Context): Content {
  const argument = (name: string): Value => body.attributes.get(name)?.value ?? { kind: 'null' }
  const known = (name: string): string | null => textOf(argument(name))
  const source = sources[block.name] ?? 'url'
  const copy = world.files.module([block.label ?? '', ...[known(source)].filter(each => each !== null)], known('path'))
  if (copy) {
    const content = fromFiles(copy, { block, isCopy: true, report: world.report })
    const isFetched = block.name === 'import.http' && content.kind === 'content'
    return isFetched ? { ...content, modulePath: folderOf(argument(source)) } : content
  }
  const value = known(source)
  if (value === null) return unknownSource(source, argument(source), block)
  switch (block.name) {
    case 'import.file':
      return fromFiles(world.files.read(value), { block, isCopy: false, report: world.report })
    case 'import.string':
      return { kind: 'content', sources: [embedded(block, body, value)], modulePath }
    default:
      return { kind: 'unavailable', cause: { kind: 'fetched', from: value, label: block.label } }
  }
}

/** The argument of each import that says where its content is. */
const sources: Readonly<Record<string, string>> = {
  'import.file': 'filename',
  'import.git': 'repository',
  'import.http': 'url',
  'import.string': 'content',
}

/** A text, also one that is kept as a secret; null when it is not known. */
function textOf(value: Value): string | null {
  const inner = value.kind === 'capsule' ? value.of : value
  return inner?.kind === 'string' ? inner.value : null
}

/** The module path of what is fetched by URL: the URL up to its last slash. */
function folderOf(url: Value): Value {
  if (url.kind !== 'string') return url
  return text(url.value.slice(0, url.value.lastIndexOf('/') + 1))
}

function unknownSource(source: string, value: Value, block: Block): Content {
  const settled = settledBy(unknownsOf(value))
  return { kind: 'unavailable', cause: { kind: 'unknown', argument: source, settled, label: block.label } }
}

function fromFiles(
  answer: FileAnswer,
  { block, isCopy, report }: { block: Block; isCopy: boolean; report: Context['world']['report'] },
): Content {
  if (answer.kind === 'files') return { kind: 'content', sources: answer.sources, modulePath: text(answer.modulePath) }
  const { path } = answer
  const unavailable = (
    kind: Extract<Unavailable, { readonly path: string; readonly label: unknown }>['kind'],
  ): Content => ({
    kind: 'unavailable',
    cause: { kind, path, label: block.label },
  })
  if (answer.kind === 'unreadable') {
    for (const found of answer.diagnostics) report(found)
    return unavailable('unreadable')
  }
  if (answer.kind === 'missing') return unavailable(isCopy ? 'missing copy' : 'missing')
  return unavailable(isCopy ? 'outside copy' : 'outside')
}

/** The text of an `import.string`; a raw string's places are those in the file, any other text is at the expression. */
function embedded(block: Block, body: Arguments, content: string): Source {
  const attribute = block.body.find(each => each.kind === 'attribute' && each.name.name === 'content')
  const expression: Expression | null = attribute?.kind === 'attribute' ? attribute.value : null
  const span: Span = body.attributes.get('content')?.valueSpan ?? block.header
  const raw = expression?.kind === 'literal' && expression.raw.startsWith('`') && !expression.raw.includes('\r')
  return {
    path: span.source.path,
    text: content,
    outer: { source: span.source, offset: inner => (raw ? span.start + 1 + inner : span.start) },
  }
}
