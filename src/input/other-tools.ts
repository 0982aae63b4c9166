import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import type { Span } from '../source.ts'
import { get, itemsAt, mapAt, type Tree } from './yaml/tree.ts'

/** What `alloy convert` reads, by its name for it. */
const toolNames: Readonly<Record<string, string>> = {
  prometheus: 'Prometheus',
  promtail: 'Promtail',
  otelcol: 'the OpenTelemetry Collector',
  static: 'Grafana Agent',
}

/** Says that a configuration is for another collector, and how to turn it into one of Alloy. */
export function otherTool(span: Span, format: string): Diagnostic {
  return diagnostic('other-tool', span, { tool: toolNames[format] ?? format, format })
}

/** Recognizes the configuration of another collector by its top-level keys; the format is what `alloy convert` calls it. */
export function formatOf(tree: Tree): string | null {
  const scrapes = get(tree, 'scrape_configs')?.kind === 'list'
  if (mapAt(tree, 'service', 'pipelines') && mapAt(tree, 'receivers')) return 'otelcol'
  if (['metrics', 'logs', 'traces'].some(key => itemsAt(tree, key, 'configs').length > 0)) return 'static'
  if (mapAt(tree, 'integrations') && mapAt(tree, 'server')) return 'static'
  if (scrapes && (get(tree, 'clients') || get(tree, 'positions') || mapAt(tree, 'server'))) return 'promtail'
  if (scrapes || get(tree, 'scrape_config_files') || get(tree, 'rule_files')) return 'prometheus'
  if (get(tree, 'global', 'scrape_interval') || get(tree, 'global', 'evaluation_interval')) return 'prometheus'
  return null
}
