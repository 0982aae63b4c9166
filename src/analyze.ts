import { podOnWindows } from './chart/pod/pod-on-windows.ts'
import { windowsFolders } from './chart/pod/windows-folders.ts'
import { type Diagnostic, diagnostic, hasError, inOrder, type Outcome } from './diagnostic/diagnostic.ts'
import { unusedOption } from './diagnostic/unused-option.ts'
import { budgetOf } from './evaluate/budget.ts'
import { evaluate } from './evaluate/evaluate.ts'
import type { EnvironmentText, Scope } from './evaluate/scope.ts'
import type { Value } from './evaluate/value/value.ts'
import type { Configuration } from './input/configuration.ts'
import { componentNames } from './inventory/inventory.ts'
import { isOpenArgument } from './inventory/open-argument.ts'
import { grantLine } from './kubernetes/grant.ts'
import { type Plan, plan } from './plan/plan.ts'
import { privilegeLine } from './plan/privilege.ts'
import { effortOf } from './relabel/effort.ts'
import { relabelTargets } from './relabel/targets.ts'
import { type LoadedPipeline, pipelinesFor, type RemotePipelines } from './remote/load.ts'
import type { FileAnswer, Files } from './resolve/knowledge.ts'
import { lookup } from './resolve/names/variables.ts'
import type { OnUnknown } from './resolve/on-unknown.ts'
import { instanceLimit, type Resolution, resolve } from './resolve/resolve.ts'
import type { Use } from './resolve/use.ts'
import { blockUses, commandLineUses } from './rules/command-line.ts'
import { type Derivation, derive } from './rules/derive.ts'
import { knowledgeOf } from './rules/knowledge.ts'
import type { Target } from './rules/map/condition.ts'
import { rulesOf, sharedConditions } from './rules/map/load.ts'
import { documentedOf, unreadFacts } from './rules/map/readings.ts'
import { namedFiles } from './rules/named-files.ts'
import { worldOf } from './rules/objects/world.ts'
import type { Requirement } from './rules/requirement.ts'
import { type Confidential, confidential } from './secrets/confidential.ts'
import { type Hidden, redacted } from './secrets/redact.ts'
import type { Range, Source } from './source.ts'
import type { File } from './syntax/ast.ts'
import { parse } from './syntax/parse.ts'

/** What an analysis is made for; every part that is not stated is the newest known, or unknown. */
export interface AnalyzeOptions {
  readonly target: Target
  /** Null: symbolic. */
  readonly namespace: string | null
  /** What `sys.env` will be, over what the configuration's surroundings say. */
  readonly env: ReadonlyMap<string, string>
  /** What the arguments of a module that is the input will be. */
  readonly args: ReadonlyMap<string, Value>
  /** What variables of the text were replaced by. */
  readonly substitute: ReadonlyMap<string, string>
  readonly files: Files
  readonly onUnknown: OnUnknown
  readonly optional: boolean
  readonly stability: Scope['stability']
  /** Attributes that the server of the configuration's pipelines knows the collector by, over its own. */
  readonly attributes: ReadonlyMap<string, string>
  /** Whether no other pipelines are loaded than those that were passed. */
  readonly remoteComplete: boolean
  /** Variables that the chart gives the container where values are the input, beside those that it gives in every release. */
  readonly chartVariables: readonly string[]
}

/** What one configuration needs, and how that was found. */
export interface Analysis {
  readonly plan: Plan
  readonly uses: readonly Use[]
  /** What the uses need, before it became a plan. */
  readonly requirements: readonly Requirement[]
  /** What the needs were found with. */
  readonly derivation: Derivation
  /** What no output may show of it. */
  readonly hidden: Hidden
  /** The remote pipelines that it loads, or may load. */
  readonly pipelines: readonly LoadedPipeline[]
  /** The plan that also holds what is optional; null where that has errors. */
  readonly withOptional: () => Plan | null
}

/** Finds what a configuration needs. The value is null exactly when an error was reported; no diagnostic tells a secret. */
export function analyze(configuration: Configuration, options: AnalyzeOptions): Outcome<Analysis | null> {
  const sources = [...configuration.sources]
  const hidden = { sources, isOpen: isOpenArgument, confidential: confidential(givenTo(configuration, options)) }
  const files = watched(options.files, sources, hidden.confidential)
  const { value, diagnostics } = needsOf(configuration, { ...options, files }, { ...hidden, sources })
  const answers = (value?.requirements ?? []).map(({ need }) =>
    need.kind === 'grant' ? grantLine(need.grant) : privilegeLine(need.privilege),
  )
  return { value, diagnostics: redacted(diagnostics, { ...hidden, answers }, hidden.confidential.texts) }
}

/** Files that note what was read: the text of a module may hold secrets, and any other may be one. */
function watched(files: Files, sources: Source[], { add }: Confidential): Files {
  const note = (answer: FileAnswer, isModule: boolean): FileAnswer => {
    for (const source of answer.kind === 'files' ? answer.sources : []) {
      if (isModule || source.path.endsWith('.alloy')) sources.push(source)
      else for (const text of [source.text, source.text.trim()]) add(text)
    }
    return answer
  }
  return {
    read: path => note(files.read(path), false),
    module: (names, path) => {
      const answer = files.module(names, path)
      return answer && note(answer, true)
    },
  }
}

function needsOf(
  configuration: Configuration,
  options: AnalyzeOptions,
  hidden: Hidden & { readonly sources: Source[] },
): Outcome<Analysis | null> {
  const parsed = filesOf(configuration)
  if (hasError(parsed.diagnostics)) return { value: null, diagnostics: inOrder(parsed.diagnostics) }
  const variables = environmentOf(configuration, options)
  const windows = podOnWindows(configuration)
  const derivation = {
    ...(windows && { windows }),
    target: options.target,
    rulesOf,
    conditions: sharedConditions,
    environment: namesSet(configuration, options.env, variables.read),
    unset: namesUnset(configuration, options, variables.read),
    optional: options.optional,
    ...(configuration.cluster && {
      objects: worldOf(configuration.cluster, options.namespace ?? configuration.namespace),
    }),
  }
  const remote = pipelinesFor(configuration, {
    release: options.target.stated ?? options.target.alloy,
    given: options.attributes,
    complete: options.remoteComplete,
    onSource: source => void hidden.sources.push(source),
  })
  const resolved = resolveFiles(parsed.value, configuration, options, {
    derivation,
    variables,
    derive: hidden.confidential.derive,
    loadedBy: remote.loadedBy,
  })
  const uses = [...resolved.value.uses, ...commandLineUses(configuration)]
  const all = [...uses, ...blockUses(uses, rulesOf)]
  const before = [...parsed.diagnostics, ...resolved.diagnostics, ...notRead(all, options.target)]
  const unused = () => [...unread(options.env, variables.read), ...remote.unused()]
  // What a configuration that Alloy refuses would need is not an answer, and notes on it would hide the errors.
  if (hasError(before)) return { value: null, diagnostics: inOrder([...before, ...unused()]) }
  const files = namedFiles(uses, givenTo(configuration, options))
  const planned = (derivation: Derivation) => {
    const { value, diagnostics } = derive(all, derivation)
    const requirements = value.map(each => placed(each, options.namespace ?? configuration.namespace))
    return { requirements, diagnostics, plan: plan(requirements, resolved.value.complete, files) }
  }
  const { diagnostics: derived, ...own } = planned(derivation)
  const folders = windows ? windowsFolders(uses, windows) : []
  const diagnostics = inOrder([...before, ...derived, ...folders, ...unused()])
  const withOptional = (): Plan | null => {
    const generous = planned({ ...derivation, optional: true })
    return hasError(generous.diagnostics) ? null : generous.plan
  }
  const analysis = { ...own, uses, derivation, hidden, pipelines: remote.loaded, withOptional }
  return { value: hasError(diagnostics) ? null : analysis, diagnostics }
}

/** Says which components have not been read for the release that was named, where that matters to an answer. */
function notRead(uses: readonly Use[], { alloy, stated }: Target): readonly Diagnostic[] {
  if (stated === undefined) return []
  const ruled = [...new Set(uses.map(({ component }) => component))].filter(name => rulesOf(name) !== null).sort()
  // The program itself is not a component, and counts only where there are none.
  const named = ruled.filter(name => componentNames.includes(name))
  const components = named.length > 0 ? named : ruled
  const unread = components.filter(name => unreadFacts(name, stated) > 0)
  if (unread.length === 0) return []
  const documented = documentedOf(unread, stated)
  return [diagnostic('unread-release', null, { asked: stated, read: alloy, unread, of: components.length, documented })]
}

/** The files of a configuration that can be parsed. */
function filesOf(configuration: Configuration): Outcome<readonly File[]> {
  const parsed = configuration.sources.map(source => parse(source, { templates: templatesOf(configuration, source) }))
  return {
    value: parsed.flatMap(({ value }) => value ?? []),
    diagnostics: parsed.flatMap(({ diagnostics }) => diagnostics),
  }
}

/** The uses of the components that files hold, by what is known of components and of the container's environment. */
function resolveFiles(
  files: readonly File[],
  configuration: Configuration,
  options: AnalyzeOptions,
  {
    derivation,
    variables,
    derive,
    loadedBy,
  }: {
    readonly derivation: Derivation
    readonly variables: Environment
    readonly derive: Confidential['derive']
    readonly loadedBy: RemotePipelines['loadedBy']
  },
): Outcome<Resolution> {
  const { target, stability, onUnknown } = options
  const cut: Diagnostic[] = []
  const effort = effortOf()
  const knowledge = knowledgeOf({
    target,
    shared: derivation.conditions,
    environment: derivation.environment,
    onUnknown,
    allowed: { level: stability, community: communityOf(configuration) },
    relabel: (targets, blocks, by) => {
      const before = effort.exhausted
      const relabeled = relabelTargets(targets, blocks, by, effort)
      if (!before && effort.exhausted) cut.push(diagnostic('relabeling-too-long', by.block.header, {}))
      return relabeled
    },
  })
  const budget = budgetOf(found => void cut.push(found))
  const scope = { release: target.stated ?? target.alloy, env: variables.value, stability, derive, budget }
  const resolved = resolve(
    files,
    { kind: 'string', value: configuration.modulePath },
    {
      knowledge,
      files: options.files,
      parse: source => parse(source),
      evaluate: (expression, own, report) =>
        evaluate(expression, { ...scope, report, lookup: name => lookup(own, name) }),
      isStandard: knowledge.isStandard,
      given: options.args,
      loadedBy,
      onUnknown,
      limit: instanceLimit,
    },
  )
  return { ...resolved, diagnostics: [...resolved.diagnostics, ...cut] }
}

/** The variables that the container is known to set to something: what the user gives goes before what the input says. */
function namesSet(
  { env }: Configuration,
  given: ReadonlyMap<string, string>,
  read: Set<string>,
): Pick<ReadonlySet<string>, 'has'> {
  return {
    has: name => {
      read.add(name)
      const known = env.get(name)
      return (given.get(name) ?? (known?.kind === 'literal' ? known.value : known && 'unknown') ?? '') !== ''
    },
  }
}

/** The variables that the container is known not to set to anything: all of its own have to be in the input. */
function namesUnset(
  { env, envOpen, deployment, values }: Configuration,
  { env: given, chartVariables }: AnalyzeOptions,
  read: Set<string>,
): Pick<ReadonlySet<string>, 'has'> {
  const isClosed = !envOpen && (deployment !== null || values !== null)
  const ofChart = deployment === null ? chartVariables : []
  return {
    has: name => {
      read.add(name)
      const stated = given.get(name)
      if (stated !== undefined) return stated === ''
      const known = env.get(name)
      if (known?.kind === 'literal') return known.value === ''
      return known === undefined && isClosed && !ofChart.includes(name)
    },
  }
}

/** The texts that the surroundings pass in: they are shown only where they are the answer. */
function givenTo({ env }: Configuration, options: AnalyzeOptions): readonly string[] {
  const variables = [...env.values()].flatMap(each => (each.kind === 'literal' ? [each.value] : []))
  const args = [...options.args.values()].flatMap(each => (each.kind === 'string' ? [each.value] : []))
  return [
    ...variables,
    ...options.env.values(),
    ...options.substitute.values(),
    ...options.attributes.values(),
    ...args,
  ]
}

const templatesOf = ({ templates }: Configuration, source: Source): readonly Range[] => templates.get(source) ?? []

/** A bare file does not say whether community components are enabled. */
const communityOf = ({ settings }: Configuration): boolean | null =>
  settings.stability === null ? null : settings.communityComponents.value

/** What `sys.env` gives, and what it was asked for. */
interface Environment {
  readonly value: (name: string) => EnvironmentText | undefined
  readonly read: Set<string>
}

/** A variable that the container is not known to set may be set all the same, but by an image or an operator: it stays unknown. */
function environmentOf({ env }: Configuration, options: AnalyzeOptions): Environment {
  const own = options.namespace
  const read = new Set<string>()
  return {
    read,
    value: name => {
      read.add(name)
      const given = options.env.get(name)
      if (given !== undefined) return given
      const variable = env.get(name)
      if (variable?.kind === 'literal') return variable.value
      return variable?.kind === 'namespace' ? (own ?? { kind: 'own namespace' }) : undefined
    },
  }
}

/** Says which of the variables that the user gave no expression asks for. */
const unread = (given: ReadonlyMap<string, string>, read: ReadonlySet<string>): readonly Diagnostic[] =>
  [...given.keys()]
    .filter(name => !read.has(name))
    .map(name => unusedOption('env', name, `nothing reads ${name}`, [...read]))

/** The own namespace by its name, where that is known. */
function placed(requirement: Requirement, namespace: string | null): Requirement {
  const { need } = requirement
  if (namespace === null || need.kind !== 'grant' || need.grant.kind !== 'resource' || need.grant.namespace !== '.')
    return requirement
  return { ...requirement, need: { kind: 'grant', grant: { ...need.grant, namespace } } }
}
