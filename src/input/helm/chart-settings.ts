import type { Outcome } from '../../diagnostic/diagnostic.ts'
import {
  alloyDefaults,
  argumentsAt,
  chartStorage,
  commandLine,
  type FlagSettings,
  settingsOf,
} from '../process/flags.ts'
import type { NamedRelease, Setting, Settings } from '../process/settings.ts'
import { get, itemsAt, type Mapping, mapAt, scalarAt, truthy } from '../yaml/tree.ts'
import { namedRelease, type Release } from './release.ts'

/** What the chart's values make of the process: keys of their own first, then `extraArgs`, which come last on the line. */
export function chartSettings(chart: Mapping, { chartVersion }: Release): Outcome<Settings> {
  const alloy = mapAt(chart, 'alloy')
  const level = scalarAt(alloy, 'stabilityLevel')
  const stated = typeof level?.value === 'string' && level.value !== '' ? level : null
  const clustering = get(alloy, 'clustering', 'enabled')
  const before: FlagSettings = {
    ...alloyDefaults,
    storagePath: textSetting(alloy, 'storagePath') ?? chartStorage,
    cluster: {
      enabled: { value: truthy(clustering), span: clustering?.span ?? null },
      discoverPeers: null,
    },
    listen: {
      address: textSetting(alloy, 'listenAddr') ?? { value: '0.0.0.0', span: null },
      port: portSetting(alloy) ?? alloyDefaults.listen.port,
    },
  }
  const { flags } = commandLine(argumentsAt(itemsAt(alloy, 'extraArgs')))
  const stability = stated ? [['stability.level', { text: String(stated.value), span: stated.span }] as const] : []
  const { value, diagnostics } = settingsOf(new Map([...stability, ...flags]), before)
  return { value: { ...value, alloyVersion: imageRelease(chart), chartVersion }, diagnostics }
}

function textSetting(alloy: Mapping | null, key: string): Setting<string> | null {
  const found = scalarAt(alloy, key)
  return typeof found?.value === 'string' && found.value !== '' ? { value: found.value, span: found.span } : null
}

function portSetting(alloy: Mapping | null): Setting<number> | null {
  const found = scalarAt(alloy, 'listenPort')
  const port = Number(found?.value ?? Number.NaN)
  return found && Number.isInteger(port) ? { value: port, span: found.span } : null
}

/** A digest beside a tag pins what the tag names; alone it names no release. */
function imageRelease(chart: Mapping): NamedRelease | null {
  return (
    namedRelease(chart, ['image', 'tag'], 'image.tag of the values') ??
    namedRelease(chart, ['image', 'digest'], 'image.digest of the values')
  )
}
