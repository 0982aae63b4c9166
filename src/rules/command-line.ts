import type { Configuration } from '../input/configuration.ts'
import type { Setting } from '../input/process/settings.ts'
import type { Argument, Arguments, Use } from '../resolve/use.ts'
import type { Span } from '../source.ts'
import type { Block } from '../syntax/ast.ts'
import type { ComponentRules } from './map/schema.ts'

/**
 * The program and what arguments of `alloy run` switch on, as uses of components that only the rule map knows: `alloy` is the
 * program itself; `--cluster.discover-peers=provider=k8s namespace=… …` is `cluster` with the arguments `discover_peers.KEY`, and
 * `--server.http.listen-addr=…` is `server` with the argument `listen_addr`, where someone states it.
 */
export function commandLineUses({ settings, span }: Configuration): readonly Use[] {
  const peers = settings.cluster.discoverPeers
  const { address, port } = settings.listen
  const listens = port.span ?? address.span
  return [
    useOf('alloy', { attributes: new Map(), blocks: [] }, span),
    ...(peers === null ? [] : [clusterUse(peers, peers.span ?? span)]),
    ...(listens === null ? [] : [serverUse(`${address.value}:${port.value}`, listens)]),
  ]
}

function clusterUse({ value }: Setting<string>, span: Span): Use {
  const attributes = new Map(
    value
      .split(/\s+/)
      .filter(part => part.includes('='))
      .map(part => {
        const at = part.indexOf('=')
        return textArgument(part.slice(0, at), part.slice(at + 1), span)
      }),
  )
  const blocks = [{ name: 'discover_peers', label: null, span, body: { attributes, blocks: [] } }]
  return useOf('cluster', { attributes: new Map(), blocks }, span)
}

const serverUse = (address: string, span: Span): Use =>
  useOf('server', { attributes: new Map([textArgument('listen_addr', address, span)]), blocks: [] }, span)

const textArgument = (name: string, value: string, span: Span): readonly [string, Argument] => [
  name,
  { name, value: { kind: 'string', value }, span, valueSpan: span },
]

function useOf(component: string, given: Arguments, span: Span): Use {
  const block: Block = {
    kind: 'block',
    name: component,
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
    id: component,
    component,
    label: null,
    block,
    arguments: given,
    certain: true,
    related: [],
  }
}

/**
 * Blocks that need the same in whatever component they stand, as uses of entries that only the rule map knows: of the entry
 * `a.b` every block `b` within a block `a`.
 */
export function blockUses(uses: readonly Use[], rulesOf: (component: string) => ComponentRules | null): readonly Use[] {
  return uses.flatMap(use => [...within(use.arguments, '')].map(({ name, body }) => as(use, name, body)))

  function* within(
    { blocks }: Arguments,
    around: string,
  ): Generator<{ readonly name: string; readonly body: Arguments }> {
    for (const { name, body } of blocks) {
      const pair = `${around}.${name}`
      if (rulesOf(pair)?.block === true) yield { name: pair, body }
      yield* within(body, name)
    }
  }
}

const as = (use: Use, component: string, body: Arguments): Use => ({ ...use, component, arguments: body })
