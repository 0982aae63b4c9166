import { unknown } from '../evaluate/value/unknown.ts'
import type { ObjectValue, Value } from '../evaluate/value/value.ts'
import type { Configuration } from '../input/configuration.ts'
import { data } from '../input/yaml/tree.ts'
import { runsOnWindows } from '../kubernetes/pod/windows.ts'
import type { Use } from '../resolve/use.ts'

/** What decides the attributes of a collector beside its configuration. */
export interface AttributeContext {
  readonly configuration: Configuration
  /** The release of Alloy. */
  readonly release: string
  /** Attributes that are given: those of the server go before those of the collector. An empty one says that there is none. */
  readonly given: ReadonlyMap<string, string>
}

/**
 * The attributes by which a server knows the collector: what its configuration says, what Alloy adds, and what is given. Others may be
 * set at the server.
 */
export function attributesOf(
  { arguments: { attributes }, block }: Use,
  { configuration, release, given }: AttributeContext,
): ObjectValue {
  const own = attributes.get('attributes')?.value
  const id = attributes.get('id')?.value
  const entries = new Map<string, Value>(own?.kind === 'object' ? own.entries : [])
  entries.set('collector.os', text(isOnWindows(configuration) ? 'windows' : 'linux'))
  entries.set('collector.version', text(`v${release}`))
  // Without one, Alloy makes a random one.
  const isGiven = id !== undefined && id.kind !== 'null' && !(id.kind === 'string' && id.value === '')
  entries.set(
    'collector.ID',
    isGiven ? id : { ...unknown('environment', block.header, { type: 'string' }), nonEmpty: true },
  )
  for (const [name, value] of given) entries.set(name, text(value))
  return { kind: 'object', entries, open: true }
}

const text = (value: string): Value => ({ kind: 'string', value })

function isOnWindows({ deployment, values }: Configuration): boolean {
  if (deployment !== null) return runsOnWindows(Object(data(deployment.pod)))
  const chart = Object(values === null ? {} : data(values.chart))
  return runsOnWindows({ nodeSelector: chart.controller?.nodeSelector, affinity: chart.controller?.affinity })
}
