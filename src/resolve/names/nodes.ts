import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Block, Statement } from '../../syntax/ast.ts'
import type { Knowledge } from '../knowledge.ts'
import { type Reference, references, referencesIn } from './references.ts'
import { isCustom, type Registry } from './registry.ts'

/** What a body is part of: it decides which blocks is allowed in it. */
export type Place = 'root' | 'declare' | 'foreach' | 'import'

/** What a block of a module is to the evaluation. */
export type NodeKind = 'import' | 'argument' | 'export' | 'foreach' | 'service' | 'custom' | 'component'

/** A block of a module body that is evaluated. */
export interface Node {
  readonly kind: NodeKind
  readonly block: Block
  /** The dotted name with the label: `discovery.kubernetes.pods`. */
  readonly id: string
  readonly references: readonly Reference[]
}

/** The blocks of a body: declares by themselves, all others as nodes. */
export interface Body {
  readonly declares: readonly Block[]
  readonly nodes: readonly Node[]
}

const imports = new Set(['import.file', 'import.string', 'import.http', 'import.git'])

/** The dotted name and the label of a block. */
export const idOf = (block: Block): string => (block.label === null ? block.name : `${block.name}.${block.label}`)

/** What knows the configuration blocks, and hears what is wrong. */
interface Judges {
  readonly knowledge: Pick<Knowledge, 'services'>
  readonly report: (found: Diagnostic) => void
}

/** Sorts the blocks of a body and refuses what Alloy refuses there. */
export function nodesOf(
  statements: readonly Statement[],
  place: Place,
  registry: Registry,
  { knowledge: { services }, report }: Judges,
): Body {
  const declares: Block[] = []
  const nodes: Node[] = []
  const seen = new Map<string, Block>()
  const custom = new Set(statements.flatMap(each => (each.kind === 'block' && namespaceOf(each)) || []))

  for (const statement of statements) {
    if (statement.kind === 'attribute') {
      report(diagnostic('attribute-outside-block', statement.name.span, { name: statement.name.name }))
      continue
    }
    const kind = kindOf(statement)
    const refusal = refuse(statement, kind)
    if (refusal) {
      report(refusal)
      continue
    }
    const id = kind === 'service' ? statement.name : idOf(statement)
    const before = seen.get(id)
    if (before) {
      const related = [{ span: before.header, text: 'first declared here' }]
      report(diagnostic('duplicate-block', statement.header, { id }, { related }))
      continue
    }
    seen.set(id, statement)
    if (kind === 'declare') declares.push(statement)
    else nodes.push({ kind, block: statement, id, references: evaluated(statement, kind) })
  }
  return { declares, nodes }

  function kindOf(block: Block): NodeKind | 'declare' {
    if (block.name === 'declare' || block.name === 'argument' || block.name === 'export' || block.name === 'foreach')
      return block.name
    if (imports.has(block.name)) return 'import'
    const [first = ''] = block.name.split('.')
    if (custom.has(first) || isCustom(registry, first)) return 'custom'
    const service = services.get(block.name)
    return service && (block.label === null || service.label === 'ignored') ? 'service' : 'component'
  }

  function refuse(block: Block, kind: NodeKind | 'declare'): Diagnostic | null {
    if (place === 'import' && kind !== 'import' && kind !== 'declare') {
      return diagnostic('misplaced-block', block.header, {
        block: block.name,
        where: 'an imported file, which may contain only declare and import blocks',
      })
    }
    if (kind === 'service' && place !== 'root')
      return diagnostic('misplaced-block', block.header, {
        block: block.name,
        where: `a ${place}; it is allowed only at the root`,
      })
    if (kind === 'declare' && block.label === 'declare')
      return diagnostic('reserved-label', block.labelSpan ?? block.header, {})
    if (kind === 'component' && services.has(block.name))
      return diagnostic('labeled-configuration-block', block.labelSpan ?? block.header, { block: block.name })
    // A component's name has two parts: what is alone is a misspelled block, which is reported by the part that knows the components.
    const unlabeled = kind === 'service' || kind === 'custom' || (kind === 'component' && !block.name.includes('.'))
    if (block.label === null && !unlabeled) return diagnostic('missing-label', block.header, { block: block.name })
    return null
  }
}

/** The namespace that a block opens for custom components. */
function namespaceOf(block: Block): string | null {
  return block.name === 'declare' || imports.has(block.name) ? block.label : null
}

/** The references that must be known before a block is evaluated. */
function evaluated(block: Block, kind: NodeKind): readonly Reference[] {
  if (kind !== 'custom') return referencesIn(block.body)
  return block.body.flatMap(each => (each.kind === 'attribute' ? references(each.value) : []))
}
