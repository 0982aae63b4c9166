import { diagnostic } from '../diagnostic/diagnostic.ts'
import { alternatives, unknownsOf } from '../evaluate/value/contents.ts'
import type { Value } from '../evaluate/value/value.ts'
import { defaultsBelow, type Facts, portOf } from './map/condition.ts'
import { type Found, lookUp } from './map/lookup.ts'
import type { PortSource } from './map/schema.ts'
import type { Protocol } from './requirement.ts'
import type { RuleContext } from './rule-context.ts'

/** A port that a component listens on. */
interface ListenedPort {
  readonly port: number
  readonly protocol: Protocol
  /** Only what runs in the same pod can reach it. */
  readonly loopback?: true
  readonly certain: boolean
}

/** The ports that a source names; one that is known only at run time is told of. Port 0, which is any, is none. */
export function portsOf(source: PortSource, situation: RuleContext): readonly ListenedPort[] {
  const { facts } = situation
  const { block } = source
  if (block === undefined) return portsIn(source, facts, situation)
  return lookUp(facts.body, block, facts.defaults).blocks.flatMap(({ body }) =>
    portsIn(source, { ...facts, body, defaults: defaultsBelow(facts.defaults, block) }, situation),
  )
}

function portsIn(
  { from, address, protocol }: PortSource,
  { body, defaults }: Facts,
  situation: RuleContext,
): readonly ListenedPort[] {
  const values = (path: string): readonly Found[] => lookUp(body, path, defaults).values
  const protocols = typeof protocol === 'string' ? [protocol] : values(protocol.from).flatMap(protocolsOf)
  const near = address !== undefined && every(values(address), isLoopback)
  return values(from).flatMap(found =>
    alternatives(found.value).flatMap((value): readonly ListenedPort[] => {
      const port = portOf(value)
      if (port === null && unknownsOf(value).length > 0) noteUnknown(found, situation)
      if (port === null || port === 0) return []
      const loopback = near || isLoopback(value)
      const certain = protocols.length === 1
      return protocols.map(each => ({ port, protocol: each, ...(loopback && { loopback }), certain }))
    }),
  )
}

const every = (found: readonly Found[], holds: (value: Value) => boolean): boolean =>
  found.length > 0 && found.every(({ value }) => alternatives(value).every(holds))

/** Both where it is known only at run time. */
function protocolsOf({ value }: Found): readonly Protocol[] {
  if (value.kind !== 'string') return ['TCP', 'UDP']
  return [value.value.toLowerCase().startsWith('udp') ? 'UDP' : 'TCP']
}

/** Says whether an address is surely one that only the pod itself reaches. */
function isLoopback(value: Value): boolean {
  if (value.kind === 'string') return isLoopbackHost(value.value)
  const start = value.kind === 'pattern' ? value.parts[0] : null
  // More follows, so that a name is not known in full.
  return typeof start === 'string' && isLoopbackHost(`${start}…`)
}

/** Says whether an address, with a port or without, is one of the loopback device. */
export const isLoopbackHost = (address: string): boolean => /^(?:localhost(?::|$)|127\.\d|::1$|\[::1\])/.test(address)

function noteUnknown({ argument }: Found, { use, report }: RuleContext): void {
  const name = argument?.name ?? 'an argument'
  report(diagnostic('port-unknown', argument?.span ?? use.block.header, { argument: name, component: use.id }))
}
