import type { AskJson, FlowJson, ReasonJson } from '../documents/common.ts'
import type { PlanJson } from '../documents/generate.ts'
import { html, type Markup } from './markup.ts'
import { type Row, single } from './needs.ts'
import { shortPlace } from './parts.ts'
import type { RiverNode, Strand } from './river/layout.ts'
import { river } from './river/river.ts'

/** The columns of the river. */
export const titles = ['Component', 'Targets', 'Who is asked', 'What for']

/** The ways of everything that is needed, and the components that need nothing. */
export function planStrands(
  flow: readonly FlowJson[],
  rows: readonly Row<ReasonJson>[],
  id: string,
): { readonly strands: readonly Strand[]; readonly idle: readonly FlowJson[] } {
  const flows = new Map(flow.map(each => [each.component, each]))
  const strands = rows.flatMap((row, at) => strandsOf(row, `#${id}-${at + 1}`, flows))
  const needing = new Set(rows.flatMap(({ reasons }) => reasons.map(({ component }) => component)))
  const idle = flow.filter(({ component }) => !needing.has(component))
  return { strands: idle.length === 0 ? strands : [...strands, nothing(idle)], idle }
}

/** From components over their targets to who is asked, and for what. */
export function planRiver({ flow }: Pick<PlanJson, 'flow'>, rows: readonly Row<ReasonJson>[], id: string): Markup {
  const { strands, idle } = planStrands(flow, rows, id)
  const label = `${flow.length - idle.length} components ask for ${rows.length} things; ${idle.length} need nothing. The table below has the same.`
  return html`${river({ titles, label, strands })}${
    idle.length === 0
      ? null
      : html`<details class="idle"><summary>${idle.length} ${idle.length === 1 ? 'component needs' : 'components need'} nothing of Kubernetes or the node</summary><ul class="lines">${idle.map(({ component, path, line }) => html`<li><code>${component}</code> <small>${path}:${line}</small></li>`)}</ul></details>
`
  }`
}

function strandsOf(row: Row<ReasonJson>, href: string, flows: ReadonlyMap<string, FlowJson>): readonly Strand[] {
  const { line, title, detail, rank, risk, assumed } = row
  const tip = [
    line,
    ...(risk === null ? [] : [risk]),
    ...row.reasons.map(({ component, path, line: at }) => `${component} · ${path}:${at}`).slice(0, 4),
  ]
  const need: RiverNode = { key: line, title, detail: `${detail}${assumed ? ' · assumed' : ''}`, rank, href, tip }
  const strands = row.reasons.flatMap(reason =>
    asksFor(row, reason, flows).map((ask): Strand => {
      const nodes = [componentOf(reason, href), targetsOf(ask, href), askedOf(ask.asked), need]
      return { nodes, rank, assumed }
    }),
  )
  // Several rules of a component may demand the same.
  return [...new Map(strands.map(each => [each.nodes.map(node => node?.key).join('\0'), each])).values()]
}

/** What a component asks by the rule that demands something; what nothing is known of is asked of the API server, or of the node. */
function asksFor(
  { line, kind }: Row<ReasonJson>,
  { component, rule }: ReasonJson,
  flows: ReadonlyMap<string, FlowJson>,
): readonly AskJson[] {
  const asks = (flows.get(component)?.asks ?? []).filter(each => each.rule === rule)
  const wanted = new Set(single(line))
  const exact = asks.filter(({ needs }) =>
    needs.some(need => need === line || single(need).some(each => wanted.has(each))),
  )
  const found = exact.length > 0 ? exact : asks
  if (found.length > 0) return found
  return [{ rule, asked: kind === 'grant' ? 'API server' : 'node', needs: [] }]
}

function componentOf({ component, path, line, rule, evidence }: ReasonJson, href: string): RiverNode {
  const place = `${path}:${line}`
  return {
    key: component,
    title: component,
    detail: shortPlace(path, line),
    rank: null,
    href,
    tip: [place, `rule ${rule}`, ...evidence.slice(0, 3)],
  }
}

function targetsOf({ targets, url }: AskJson, href: string): RiverNode | null {
  if (targets === undefined && url === undefined) return null
  const from = targets === undefined ? '' : (targets[0] ?? 'targets known at run time')
  const more = (targets?.length ?? 0) > 1 ? ` and ${(targets?.length ?? 0) - 1} more` : ''
  const title = from === '' ? (url ?? '') : `${from}${more}`
  const detail = from === '' ? 'URL' : (url ?? 'decided by labels')
  return {
    key: JSON.stringify([targets, url]),
    title,
    detail,
    rank: null,
    href,
    tip: [...(targets ?? []), ...(url === undefined ? [] : [url])],
  }
}

const words: Readonly<Record<string, string>> = {
  'API server': 'authorizes by RBAC',
  kubelet: 'asks the API server',
  node: 'Linux and runtime',
  'another server': 'may ask the API server',
  nothing: 'no permission',
}

/** Who is asked, and how that decides. */
const askedOf = (asked: string): RiverNode => ({
  key: asked,
  title: asked,
  detail: words[asked] ?? '',
  rank: null,
  href: null,
  tip: [],
})

/** What needs nothing, as one strand that ends. */
function nothing(idle: readonly FlowJson[]): Strand {
  const node: RiverNode = {
    key: '',
    title: `${idle.length} ${idle.length === 1 ? 'component' : 'components'}`,
    detail: idle.length === 1 ? (idle[0]?.component ?? '') : 'that need nothing',
    rank: null,
    href: null,
    tip: [],
  }
  return { nodes: [node, null, askedOf('nothing'), null], rank: 4, assumed: true }
}
