import { type Diagnostic, diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Configuration } from '../configuration.ts'
import { valuesPlace } from '../place.ts'
import { alloyDefaults, settingsOf } from '../process/flags.ts'
import { embeddedConfigurations } from '../process/otel-engine.ts'
import type { InputContext } from '../workloads.ts'
import { embed } from '../yaml/embed.ts'
import { get, type Mapping } from '../yaml/tree.ts'
import { namedRelease, type Release } from './release.ts'

/**
 * Reads values of the OpenTelemetry Collector's chart that have it run Alloy's image: of these, what the extension has inline is an Alloy
 * configuration. The pipelines of the engine are not read, and a diagnostic says so: an error where there is nothing else.
 */
export function readEngine(
  values: Mapping,
  release: Release,
  { folder, stream, namespace }: InputContext,
): Outcome<readonly Configuration[]> {
  const span = values === release.values ? release.span : { ...values.span, end: values.span.start + 1 }
  const name = release.label === '' ? span.source.path : release.label
  const said = (severity: Diagnostic['severity']) => diagnostic('otel-engine', span, { name }, { severity })
  const config = get(values, 'config')
  const [engine] = config === null ? [] : embeddedConfigurations(config).filter(each => each.content !== null)
  if (engine?.content == null) return { value: [], diagnostics: [said('error')] }
  const settings = settingsOf(engine.flags, alloyDefaults)
  const alloyVersion = namedRelease(values, ['image', 'tag'], 'image.tag of the values')
  const value: Configuration = {
    name: release.label,
    sources: [embed(engine.content, 'config.extensions.alloyengine')],
    templates: new Map(),
    files: new Map(),
    modulePath: '/',
    folder,
    containerDirectory: '/',
    env: new Map(),
    envOpen: true,
    settings: { ...settings.value, alloyVersion, chartVersion: null },
    namespace: release.namespace ?? namespace,
    deployment: null,
    values: null,
    place: valuesPlace,
    account: null,
    objects: stream,
    span,
  }
  return { value: [value], diagnostics: [said('warning'), ...settings.diagnostics] }
}
