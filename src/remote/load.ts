import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts'
import { unusedOption } from '../diagnostic/unused-option.ts'
import type { Configuration } from '../input/configuration.ts'
import type { RemotePipeline } from '../input/remote/pipeline.ts'
import type { Loaded, LoadedModule } from '../resolve/loaded.ts'
import type { Use } from '../resolve/use.ts'
import type { Source } from '../source.ts'
import { type AttributeContext, attributesOf } from './attributes.ts'
import { parseMatchers } from './matcher.ts'
import { matches } from './matches.ts'

/** What decides which of the pipelines that were passed are loaded. */
export interface RemoteContext extends Omit<AttributeContext, 'configuration'> {
  /** Whether there are no others. */
  readonly complete: boolean
  /** Told of each text that is loaded: what is secret in it must not be shown. */
  readonly onSource: (source: Source) => void
}

/** The pipelines of a configuration, as its blocks ask for them. */
export interface RemotePipelines {
  /** Null: none were passed, and there may be some. */
  readonly loadedBy: (use: Use) => Loaded | null
  /** What was loaded so far. */
  readonly loaded: readonly LoadedPipeline[]
  /** What was given and changes nothing. */
  readonly unused: () => readonly Diagnostic[]
}

/** A pipeline that a collector loads, or may load. */
export interface LoadedPipeline {
  readonly name: string
  readonly certain: boolean
}

/** Chooses among the pipelines that were passed. */
export function pipelinesFor(configuration: Configuration, context: RemoteContext): RemotePipelines {
  const { remote } = configuration
  let isAsked = false
  const loaded: LoadedPipeline[] = []
  return {
    loaded,
    loadedBy: use => {
      isAsked = true
      if (remote === undefined && !context.complete) return null
      const found = load(use, configuration, context)
      for (const { name, certain } of found.modules) loaded.push({ name, certain })
      return found
    },
    unused: () => (isAsked ? unusedAttributes(remote ?? [], context.given) : unusedPipelines(remote)),
  }
}

function load(use: Use, configuration: Configuration, context: RemoteContext): Loaded {
  const attributes = attributesOf(use, { ...context, configuration })
  const given = new Map([['attributes', attributes]])
  const modules: LoadedModule[] = []
  const diagnostics: Diagnostic[] = []
  let { complete } = context
  for (const pipeline of configuration.remote ?? []) {
    const { name, span, contents, type } = pipeline
    const { value: matched, diagnostics: problems } = matches(pipeline, attributes)
    for (const each of problems) diagnostics.push(each)
    if (matched.truth === false) continue
    if (contents === null || type === 'otel') {
      complete = false
      diagnostics.push(notCovered(pipeline))
      continue
    }
    if (matched.truth === null)
      diagnostics.push(diagnostic('remote-pipeline-perhaps', span, { name, doubts: matched.doubts }))
    context.onSource(contents)
    modules.push({ name, source: contents, certain: matched.truth === true, given, span })
  }
  return { modules, complete, diagnostics }
}

function notCovered({ name, span, type }: RemotePipeline): Diagnostic {
  if (type === 'otel') return diagnostic('remote-pipeline-otel', span, { name })
  const why = 'has contents that are not known, so what it needs is not covered'
  return diagnostic('remote-pipeline-unread', span, { name, why }, { severity: 'warning' })
}

function unusedPipelines(remote: readonly RemotePipeline[] | undefined): readonly Diagnostic[] {
  const [first] = remote ?? []
  if (first === undefined) return []
  return [unusedOption('remote', first.name, 'the configuration loads no pipelines', [])]
}

/** Attributes that no matcher names and no pipeline may read. */
function unusedAttributes(
  remote: readonly RemotePipeline[],
  given: ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const matched = remote.flatMap(({ matchers }) => matchers ?? []).flatMap(({ text }) => parseMatchers(text) ?? [])
  const named = new Set(matched.map(({ attribute }) => attribute))
  return [...given.keys()]
    .filter(name => !named.has(name) && !remote.some(({ contents }) => contents?.text.includes(name)))
    .map(name => unusedOption('attribute', name, `no pipeline depends on ${name}`, [...named]))
}
