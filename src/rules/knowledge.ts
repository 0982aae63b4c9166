import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import { identifiers } from '../evaluate/library.ts'
import type { Value } from '../evaluate/value.ts'
import type { Knowledge } from '../resolve/knowledge.ts'
import { nearest } from '../resolve/suggest.ts'
import type { Use } from '../resolve/use.ts'
import type { Block } from '../syntax/ast.ts'
import type { Facts } from './condition.ts'
import { type ExportTools, exportsOf } from './exports.ts'
import { ruledComponents, rulesOf } from './load.ts'

/** What the knowledge of components is asked for. */
export interface KnowledgeOptions extends Omit<Facts, 'body' | 'defaults'> {
  readonly onUnknown: 'error' | 'warn' | 'defaults'
  readonly stability: 'experimental' | 'public-preview' | 'generally-available' | null
  readonly relabel: ExportTools['relabel']
}

export function knowledgeOf(options: KnowledgeOptions): Knowledge & { readonly isStandard: (name: string) => boolean } {
  return {
    services: new Set(['http', 'remotecfg', 'livedebugging', 'labelstore']),
    isStandard: name => identifiers.has(name),
    check: block => check(block, options),
    checkArguments: () => [],
    exportsOf: (use, { read }) => exported(use, { span: use.block.header, read, relabel: options.relabel }, options),
  }
}

function check(block: Block, { onUnknown }: KnowledgeOptions): readonly Diagnostic[] {
  if (rulesOf(block.name)) return []
  const close = nearest(block.name, ruledComponents())
  const severity = onUnknown === 'error' ? 'error' : 'warning'
  return [
    diagnostic(
      'ARB301',
      block.nameSpan,
      { component: block.name },
      { severity, ...(close ? { help: `did you mean ${close}?` } : {}) },
    ),
  ]
}

function exported(use: Use, tools: ExportTools, options: KnowledgeOptions): Value {
  const rules = rulesOf(use.component)
  const known = rules
    ? exportsOf(rules, { ...options, body: use.arguments, defaults: rules.defaults }, tools)
    : new Map<string, Value>()
  return { kind: 'object', entries: known, open: true }
}
