import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import { identifiers } from '../evaluate/stdlib/stdlib.ts'
import type { Value } from '../evaluate/value/value.ts'
import { checkArguments } from '../inventory/check-arguments.ts'
import { judgedBy, newestRelease, servicesOf } from '../inventory/inventory.ts'
import { type Allowed, checkComponent, checkConfigurationBlock, checkStability } from '../inventory/stability.ts'
import type { Knowledge } from '../resolve/knowledge.ts'
import type { OnUnknown } from '../resolve/on-unknown.ts'
import type { Use } from '../resolve/use.ts'
import type { Block } from '../syntax/ast.ts'
import { type ExportTools, exportsOf } from './exports.ts'
import type { Facts } from './map/condition.ts'
import { rulesOf } from './map/load.ts'

/** What the knowledge of components is asked for. */
export interface KnowledgeOptions extends Omit<Facts, 'body' | 'defaults'> {
  readonly onUnknown: OnUnknown
  readonly allowed: Allowed
  readonly relabel: ExportTools['relabel']
}

/** What is known of components in one release of Alloy. */
export function knowledgeOf(options: KnowledgeOptions): Knowledge & { readonly isStandard: (name: string) => boolean } {
  const release = judgedBy(options.target.stated ?? options.target.alloy)
  return {
    services: servicesOf(newestRelease),
    isStandard: name => identifiers.has(name),
    check: block => check(block, release, options),
    checkArguments: (name, block, body) => [
      ...checkConfigurationBlock(name, block.nameSpan, release, options.allowed),
      ...checkArguments(name, block, body, { release, letThrough: options.onUnknown !== 'error' }),
    ],
    exportsOf: (use, { read }) => exported(use, { use, read, relabel: options.relabel }, options),
  }
}

function check(
  { name, nameSpan }: Block,
  release: string,
  { onUnknown, allowed }: KnowledgeOptions,
): readonly Diagnostic[] {
  const severity = onUnknown === 'error' ? 'error' : 'warning'
  const unknown = checkComponent(name, nameSpan, release)
  // A user may let an unknown component through; one of another release is known, and this release refuses it.
  if (unknown.length > 0) return unknown.map(each => (each.name === 'unknown-component' ? { ...each, severity } : each))
  if (!rulesOf(name)) return [diagnostic('component-without-rules', nameSpan, { component: name }, { severity })]
  return checkStability(name, nameSpan, release, allowed)
}

function exported(use: Use, tools: ExportTools, options: KnowledgeOptions): Value {
  const rules = rulesOf(use.component)
  const known = rules
    ? exportsOf(rules, { ...options, body: use.arguments, defaults: rules.defaults }, tools)
    : new Map<string, Value>()
  return { kind: 'object', entries: known, open: true }
}
