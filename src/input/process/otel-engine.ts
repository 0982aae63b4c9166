import { type Mapping, mapAt, type Scalar, scalarAt, type Tree, textAt, textsAt } from '../yaml/tree.ts'
import { type Argument, type CommandLine, commandLine } from './flags.ts'
import { isAlloyImage } from './runs.ts'

/** An Alloy configuration that Alloy's OpenTelemetry engine runs beside its own pipelines. */
export interface EmbeddedConfiguration {
  /** The configuration itself; null where a path names it. */
  readonly content: Scalar | null
  readonly path: Scalar | null
  /** Flags of `alloy run`. */
  readonly flags: CommandLine['flags']
}

/** Says whether a document is a configuration of a collector that has Alloy in it: only Alloy's own engine knows the extension. */
export const hasAlloyExtension = (tree: Tree): boolean =>
  [...(mapAt(tree, 'extensions')?.entries.keys() ?? [])].some(isExtension)

const isExtension = (name: string): boolean => /^alloyengine(?:\/|$)/.test(name)

/** The Alloy configurations that a collector's configuration has started. */
export function embeddedConfigurations(tree: Tree): readonly EmbeddedConfiguration[] {
  const extensions = mapAt(tree, 'extensions')
  return textsAt(tree, 'service', 'extensions')
    .filter(isExtension)
    .map(name => mapAt(extensions, name))
    .filter(extension => extension !== null)
    .map(extension => {
      const config = mapAt(extension, 'config')
      return {
        content: scalarAt(config, 'inline', 'content'),
        path: scalarAt(config, 'path') ?? scalarAt(config, 'file'),
        flags: flagsOf(mapAt(extension, 'flags')),
      }
    })
}

function flagsOf(map: Mapping | null): CommandLine['flags'] {
  const args = [...(map?.entries ?? [])].flatMap(([name, { value }]): readonly Argument[] =>
    value.kind === 'scalar' ? [{ text: `--${name}=${value.value}`, span: value.span }] : [],
  )
  return commandLine(args).flags
}

/** Values of the OpenTelemetry Collector's chart that have it run Alloy's image; at most one of several nested charts. */
export function engineValues(values: Mapping): Mapping | null {
  const runsAlloy = (map: Mapping): boolean =>
    isAlloyImage(textAt(map, 'image', 'repository') ?? '') && /otelcol$/.test(textAt(map, 'command', 'name') ?? '')
  if (runsAlloy(values)) return values
  for (const { value } of values.entries.values()) if (value.kind === 'map' && runsAlloy(value)) return value
  return null
}
