import { diagnostic, type Outcome } from '../../diagnostic/diagnostic.ts'
import type { Source } from '../../source.ts'
import { join, parent } from '../path.ts'
import type { CommandLine } from '../process/flags.ts'
import { embeddedConfigurations } from '../process/otel-engine.ts'
import { embed } from '../yaml/embed.ts'
import { readYaml } from '../yaml/parse-yaml.ts'
import type { AlloyContainer } from './containers.ts'
import { configurationAt, type Mounted } from './volumes.ts'

/** The Alloy configuration in a collector's, and how the process that runs it is started. */
export interface EngineText {
  readonly sources: readonly Source[]
  readonly flags: CommandLine['flags']
  /** What `module_path` is. */
  readonly modulePath: string
}

/**
 * The Alloy configuration that a container with the OpenTelemetry engine runs: the one of its extension. The pipelines of the engine
 * itself are not read, and a diagnostic says so: an error where there is nothing else.
 */
export function engineText(
  { line, workload }: AlloyContainer,
  files: Mounted,
  { name, directory }: { readonly name: string; readonly directory: string },
): Outcome<EngineText | null> {
  const argument = line.flags.get('config')
  const span = argument?.span ?? workload.span
  const file = argument && files.files.get(join(directory, argument.text.replace(/^file:/, '')))
  const [tree] = file ? readYaml(file).value : []
  const engines = tree ? embeddedConfigurations(tree) : []
  const found = engines.map(({ content, path, flags }): EngineText => {
    if (content) return { sources: [embed(content, `${name}:alloyengine`)], flags, modulePath: directory }
    const at = join(directory, String(path?.value ?? ''))
    return { sources: configurationAt(at, files).sources, flags, modulePath: files.files.has(at) ? parent(at) : at }
  })
  const [only] = found
  if (found.length > 1) {
    return { value: null, diagnostics: [diagnostic('several-runs', span, { name, runs: found.length })] }
  }
  if (only === undefined || only.sources.length === 0)
    return { value: null, diagnostics: [diagnostic('otel-engine', span, { name })] }
  return { value: only, diagnostics: [diagnostic('otel-engine', span, { name }, { severity: 'warning' })] }
}
