import type { Statement } from '../../syntax/ast.ts'
import type { Body, Node } from './nodes.ts'

/**
 * Which imports of a body must be loaded before one of its nodes: those whose modules it uses, by itself or through declares of
 * the body. More would make cycles where Alloy sees none: an import may read what another component exports.
 */
export function importsUsed({ declares, nodes }: Body): (node: Node) => readonly Node[] {
  const imports = nodes.filter(({ kind }) => kind === 'import')
  if (imports.length === 0) return () => []
  const bodies = new Map(declares.map(({ label, body }) => [label, body]))
  const known = new Map<string, readonly Node[]>()

  function through(name: string): readonly Node[] {
    const before = known.get(name)
    if (before) return before
    const seen = new Set([name])
    // A set that grows while it is walked: each name once, however the declares use each other.
    for (const each of seen) for (const inner of namespacesIn(bodies.get(each) ?? [])) seen.add(inner)
    const found = imports.filter(({ block }) => seen.has(block.label ?? ''))
    known.set(name, found)
    return found
  }

  return ({ kind, block }) => {
    if (kind === 'custom') return through(namespaceOf(block.name))
    return kind === 'foreach' ? [...new Set(namespacesIn(block.body).flatMap(through))] : []
  }
}

function namespaceOf(name: string): string {
  const [namespace = ''] = name.split('.')
  return namespace
}

/** The first part of the name of every block, at any depth. */
function namespacesIn(statements: readonly Statement[]): readonly string[] {
  const found = new Set<string>()
  const work = [...statements]
  for (let at = work.pop(); at; at = work.pop()) {
    if (at.kind !== 'block') continue
    found.add(namespaceOf(at.name))
    for (const inner of at.body) work.push(inner)
  }
  return [...found]
}
