import { lineStart, outermost } from '../../source.ts'
import type { KubernetesObject } from '../deployment.ts'

/** The template that an object was rendered from. */
export interface TemplateSource {
  /** Names of the charts, the outermost first; below it, the keys that values nest them under. */
  readonly charts: readonly string[]
  /** `alloy.yaml` */
  readonly file: string
}

/** Reads what Helm notes above each object that it renders: `# Source: umbrella/charts/alloy/templates/rbac.yaml`. */
export function templateSource({ tree }: KubernetesObject): TemplateSource | null {
  const { source, start } = outermost(tree.span)
  const { text } = source
  let end = lineStart(text, start) - 1
  while (end >= 0) {
    const begin = lineStart(text, end)
    const line = text.slice(begin, end).trim()
    const [, path] = /^# Source: (\S+)$/.exec(line) ?? []
    if (path !== undefined) return sourceOf(path)
    if (line !== '' && line !== '---' && !line.startsWith('#')) return null
    end = begin - 1
  }
  return null
}

function sourceOf(path: string): TemplateSource | null {
  const [, charts, file] = /^((?:[^/]+\/charts\/)*[^/]+)\/templates\/(?:.*\/)?([^/]+)$/.exec(path) ?? []
  return charts === undefined || file === undefined ? null : { charts: charts.split('/charts/'), file }
}
