import type { Configuration, Setting } from '../input/configuration.ts'
import type { Argument, Use } from '../resolve/use.ts'
import type { Span } from '../source.ts'
import type { Block } from '../syntax/ast.ts'

/**
 * Features that are switched on by arguments of `alloy run` and talk to the API server, as uses of components that only the rule map
 * knows: `--cluster.discover-peers=provider=k8s namespace=… …` is `cluster` with the arguments `discover_peers.KEY`.
 */
export function commandLineUses({ settings, span }: Configuration): readonly Use[] {
  const peers = settings.cluster.discoverPeers
  return peers === null ? [] : [clusterUse(peers, peers.span ?? span)]
}

function clusterUse({ value }: Setting<string>, span: Span): Use {
  const attributes = new Map(
    value
      .split(/\s+/)
      .filter(part => part.includes('='))
      .map((part): readonly [string, Argument] => {
        const at = part.indexOf('=')
        const name = part.slice(0, at)
        return [name, { name, value: { kind: 'string', value: part.slice(at + 1) }, span, valueSpan: span }]
      }),
  )
  const block: Block = {
    kind: 'block',
    name: 'cluster',
    nameSpan: span,
    header: span,
    label: null,
    labelSpan: null,
    body: [],
    lcurly: span.start,
    rcurly: span.end,
    span,
  }
  return {
    id: 'cluster',
    component: 'cluster',
    label: null,
    block,
    arguments: {
      attributes: new Map(),
      blocks: [{ name: 'discover_peers', label: null, span, body: { attributes, blocks: [] } }],
    },
    certain: true,
    related: [],
  }
}
