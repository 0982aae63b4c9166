import { diagnostic, hasError, type Label } from '../diagnostic/diagnostic.ts'
import type { Value } from '../evaluate/value.ts'
import type { Source, Span } from '../source.ts'
import type { Block, Expression, Statement } from '../syntax/ast.ts'
import { argumentsOf } from './arguments.ts'
import type { Context } from './context.ts'
import type { FileAnswer } from './knowledge.ts'
import { idOf, nodesOf } from './nodes.ts'
import { type Import, type Registry, registry } from './registry.ts'
import type { Work } from './trampoline.ts'
import type { Arguments } from './use.ts'
import { assign, variables } from './variables.ts'

/** What an import leads to: texts with their module path, or the reason why not. */
type Content =
  | { readonly kind: 'content'; readonly sources: readonly Source[]; readonly modulePath: Value }
  | { readonly kind: 'unavailable'; readonly why: string }

const text = (value: string): Value => ({ kind: 'string', value })

/** Reads the content of an import block and enters its modules in the registry; what is not at hand is entered as such. */
export function* load(block: Block, body: Arguments, modulePath: Value, into: Registry, context: Context): Work<void> {
  const { world } = context
  const content = contentOf(block, body, modulePath, context)
  const entry: Import = { block, registry: null, why: '', used: false }
  const label = block.label ?? ''
  const others = into.imports.get(label) ?? []
  if (others.length > 0) world.report(diagnostic('ARB121', block.header, { label }, { related: context.related }))
  into.imports.set(label, [...others, entry])
  if (content.kind === 'unavailable') {
    entry.why = content.why
    return
  }

  const loading = `${idOf(block)}:${content.sources.map(({ path }) => path).join(',')}`
  if (context.within.includes(loading)) {
    world.report(diagnostic('ARB113', block.header, { cycle: idOf(block) }, { related: context.related }))
    return
  }
  const statements: Statement[] = []
  for (const source of content.sources) {
    const parsed = world.parse(source)
    for (const found of parsed.diagnostics) world.report(found)
    statements.push(...(parsed.value?.body ?? []))
    if (hasError(parsed.diagnostics)) entry.why = `${source.path} has syntax errors`
  }
  if (entry.why !== '') return

  const scope = variables(null)
  assign(scope, ['module_path'], content.modulePath)
  const inside = registry(null, scope)
  const imported: readonly Label[] = [...context.related, { span: block.header, text: 'imported here' }]
  const { declares, nodes } = nodesOf(statements, 'import', inside, world.knowledge.services, world.report)
  for (const declare of declares) {
    const name = declare.label ?? ''
    if (!inside.declares.has(name))
      inside.declares.set(name, { block: declare, registry: inside, imported: [imported.at(-1)!], used: false })
  }
  const inner: Context = { ...context, related: imported, within: [...context.within, loading], given: null }
  for (const node of nodes) {
    if (node.kind !== 'import') continue
    yield load(node.block, argumentsOf(node.block.body, world, scope), content.modulePath, inside, inner)
  }
  entry.registry = inside
}

function contentOf(block: Block, body: Arguments, modulePath: Value, { world }: Context): Content {
  const argument = (name: string): Value => body.attributes.get(name)?.value ?? { kind: 'null' }
  const known = (name: string): string | null => {
    const value = argument(name)
    return value.kind === 'string' ? value.value : null
  }
  const label = block.label ?? ''
  const copy = (names: readonly (string | null)[], path: string | null): Content | null => {
    const answer = world.files.module([label, ...names.filter(name => name !== null)], path)
    return answer && fromFiles(answer, path ?? label, world.report)
  }
  switch (block.name) {
    case 'import.file': {
      const filename = known('filename')
      const local = copy([filename], null)
      if (local) return local
      if (filename === null) return { kind: 'unavailable', why: 'its filename is known only at run time' }
      return fromFiles(world.files.read(filename), filename, world.report)
    }
    case 'import.string': {
      const local = copy([], null)
      if (local) return local
      const content = argument('content')
      const inner = content.kind === 'capsule' ? content.of : content
      if (inner?.kind !== 'string') return { kind: 'unavailable', why: 'its content is known only at run time' }
      return { kind: 'content', sources: [embedded(block, body, inner.value)], modulePath }
    }
    case 'import.git':
      return (
        copy([known('repository')], known('path')) ?? {
          kind: 'unavailable',
          why: `it is fetched from ${known('repository') ?? 'a repository known only at run time'}`,
        }
      )
    default:
      return (
        copy([known('url')], null) ?? {
          kind: 'unavailable',
          why: `it is fetched from ${known('url') ?? 'an address known only at run time'}`,
        }
      )
  }
}

function fromFiles(answer: FileAnswer, path: string, report: Context['world']['report']): Content {
  switch (answer.kind) {
    case 'files':
      return { kind: 'content', sources: answer.sources, modulePath: text(answer.modulePath) }
    case 'missing':
      return { kind: 'unavailable', why: `${path} is not part of the input` }
    case 'outside':
      return { kind: 'unavailable', why: `${path} lies outside of the input's folder; --allow-outside follows it` }
    case 'unreadable':
      for (const found of answer.diagnostics) report(found)
      return { kind: 'unavailable', why: `${path} is not readable text` }
  }
}

/** The text of an `import.string`; a raw string's places are those in the file, any other text stands at the expression. */
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
