import { type Diagnostic, diagnostic, hasError, inOrder } from '../../diagnostic/diagnostic.ts'
import type { Configuration } from '../../input/configuration.ts'
import { normalize } from '../../input/path.ts'
import type { Plan } from '../../plan/plan.ts'
import { outermost } from '../../source.ts'
import { compareText } from '../../text/compare-text.ts'
import type { Versions } from '../check/change.ts'
import { changesOf } from './changes.ts'
import type { ComparedCollector, ComparedInput, Comparison, SideCounts } from './comparison.ts'
import { type Examined, type Item, itemsOf } from './items.ts'
import { type Identity, match, type Pair } from './match.ts'

/** One collector of one side. */
export interface Collector {
  readonly configuration: Configuration
  /** Null where errors forbid a plan. */
  readonly examined: Examined | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Everything that was read of one side. */
export interface Side {
  /** As the user gave it; the files of a folder are named from there. */
  readonly path: string
  readonly target: Versions | null
  readonly collectors: readonly Collector[]
  /** Of the input as a whole. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Compares two states of an input, collector by collector. */
export function compareSides(analyzer: Comparison['analyzer'], old: Side, now: Side): Comparison {
  const named = (side: Side) =>
    side.collectors.map(collector => ({ collector, identity: identityOf(collector.configuration, side.path) }))
  const pairs = match(named(old), named(now), ({ identity }) => identity)
  const broken = { old: hasError(old.diagnostics), new: hasError(now.diagnostics) }
  return {
    analyzer,
    old: inputOf(old),
    new: inputOf(now),
    collectors: pairs
      .map(pair => comparedOf(pair, broken))
      .sort((a, b) => compareText(a.name, b.name) || compareText(a.formerly ?? '', b.formerly ?? '')),
  }
}

const inputOf = ({ path, target, collectors, diagnostics }: Side): ComparedInput => ({
  path,
  target,
  complete: !hasError(diagnostics),
  diagnostics: inOrder([...diagnostics, ...collectors.flatMap(each => each.diagnostics)]),
})

interface Named {
  readonly collector: Collector
  readonly identity: Identity
}

/** What a collector is recognized by in another folder too. */
function identityOf({ name, span }: Configuration, root: string): Identity {
  const { path } = outermost(span).source
  const [file, folder] = [normalize(path), normalize(root)]
  const above = folder === '.' ? '' : `${folder}/`
  const within = file.startsWith(above) ? file.slice(above.length) : ''
  // Where several have one name, the input puts the file in front.
  const own = name.startsWith(path) ? name.slice(path.length).replace(/^:/, '') : name
  return { name: own, file: file === folder ? '' : within }
}

const titleOf = ({ name, file }: Identity, { configuration }: Collector): string => {
  if (name === configuration.name) return name
  return [file, name].filter(part => part !== '').join(':')
}

/** One collector on both sides. A side whose input has errors may hold what was not found there. */
function comparedOf(
  { old, new: now }: Pair<Named>,
  broken: Readonly<Record<'old' | 'new', boolean>>,
): ComparedCollector {
  const title = (each: Named | null): string | null => each && titleOf(each.identity, each.collector)
  const [before, after] = [title(old), title(now)]
  const name = after ?? before ?? ''
  const [was, is] = [old?.collector.examined ?? null, now?.collector.examined ?? null]
  const counted = { old: was && countedOf(was), new: is && countedOf(is) }
  const common = {
    name,
    formerly: before !== null && before !== name ? before : null,
    old: counted.old?.counts ?? null,
    new: counted.new?.counts ?? null,
  }
  const failed = (['old', 'new'] as const).filter(side => {
    const collector = (side === 'old' ? old : now)?.collector
    return collector === undefined ? broken[side] : collector.examined === null
  })
  if (failed.length > 0) {
    const diagnostics = failed.map(side => notCompared(side, name, side === 'old' ? old : now))
    return { ...common, state: 'unknown', changes: [], diagnostics }
  }
  const changes = changesOf(counted.old?.items ?? [], counted.new?.items ?? [], name)
  const diagnostics = [...appearance(old, now, name), ...lessComplete(was, is, name)]
  const hasChanges = changes.length + diagnostics.length > 0
  return { ...common, state: stateOf(old, now, hasChanges), changes, diagnostics }
}

function stateOf(old: unknown, now: unknown, hasChanges: boolean): 'new' | 'removed' | 'changed' | 'unchanged' {
  if (old === null) return 'new'
  if (now === null) return 'removed'
  return hasChanges ? 'changed' : 'unchanged'
}

function countedOf(examined: Examined): { readonly items: readonly Item[]; readonly counts: SideCounts } {
  const items = itemsOf(examined)
  const { configuration, plan } = examined
  const held = items.filter(({ aspect }) => aspect === 'granted')
  const isDeployed = configuration.deployment !== null || configuration.values !== null
  const count = (kind: Item['thing']['kind'], of: readonly Item[]): number =>
    of.filter(({ thing }) => thing.kind === kind).length
  return {
    items,
    counts: {
      needed: plan.grants.length,
      granted: isDeployed ? count('access', held) : null,
      privileges: isDeployed ? count('privilege', held) : plan.privileges.length,
    },
  }
}

/** Says that a collector is not compared, at the errors of its side; without any it may be in what was not read. */
function notCompared(side: 'old' | 'new', name: string, at: Named | null): Diagnostic {
  const decisive = (at?.collector.diagnostics ?? []).filter(({ severity }) => severity !== 'note')
  const places = decisive.flatMap(({ span, message }) => (span === null ? [] : [{ span, text: message }]))
  const [first, ...related] = places
  const because = decisive[0]?.message ?? `the ${side} input has errors`
  const args = { name: name || 'the configuration', side, because }
  return diagnostic('compared-without-plan', first?.span ?? null, args, { related })
}

function appearance(old: Named | null, now: Named | null, name: string): readonly Diagnostic[] {
  const about = { name: name || 'the configuration' }
  if (old === null && now !== null)
    return [diagnostic('compared-collector-new', now.collector.configuration.span, about)]
  if (now === null && old !== null)
    return [diagnostic('compared-collector-removed', old.collector.configuration.span, about)]
  return []
}

/** A plan that was complete and is not any more may need more than it says. */
function lessComplete(was: Examined | null, is: Examined | null, name: string): readonly Diagnostic[] {
  const isComplete = (plan: Plan | undefined): boolean => plan?.complete ?? true
  if (isComplete(is?.plan) === isComplete(was?.plan)) return []
  const about = { name: name || 'the configuration' }
  return isComplete(is?.plan)
    ? [diagnostic('compared-plan-complete', is?.configuration.span ?? null, about)]
    : [diagnostic('compared-plan-incomplete', is?.configuration.span ?? null, about)]
}
