import type { Entry } from '../../scripts/rulemap.ts'
import { type Diagnostic, hasError } from '../../src/diagnostic/diagnostic.ts'
import { evaluate } from '../../src/evaluate/evaluate.ts'
import { identifiers } from '../../src/evaluate/stdlib/stdlib.ts'
import type { Value } from '../../src/evaluate/value/value.ts'
import type { Configuration } from '../../src/input/configuration.ts'
import { objectsOf } from '../../src/input/manifests/objects.ts'
import { alloyDefaults, commandLine, settingsOf } from '../../src/input/process/flags.ts'
import { readYaml } from '../../src/input/yaml/parse-yaml.ts'
import { newestRelease, servicesOf } from '../../src/inventory/inventory.ts'
import { grantKey, grantLines } from '../../src/kubernetes/grant.ts'
import { type Plan, plan } from '../../src/plan/plan.ts'
import { privilegeLine } from '../../src/plan/privilege.ts'
import { lookup } from '../../src/resolve/names/variables.ts'
import { instanceLimit, resolve } from '../../src/resolve/resolve.ts'
import type { Use } from '../../src/resolve/use.ts'
import { blockUses, commandLineUses } from '../../src/rules/command-line.ts'
import { derive } from '../../src/rules/derive.ts'
import type { Example } from '../../src/rules/map/example.ts'
import type { ComponentRules, Condition } from '../../src/rules/map/schema.ts'
import { type World, worldOf } from '../../src/rules/objects/world.ts'
import type { Source } from '../../src/source.ts'
import { parse } from '../../src/syntax/parse.ts'
import { map } from './map.ts'

/** The release that examples run with unless they name one. */
const newest = '1.18.1'

const conditions: Readonly<Record<string, Condition>> = Object.fromEntries(
  Object.entries(map.conditions).map(([name, { when }]) => [name, when]),
)

/** What an example came to. */
export interface Derived {
  /** Grant lines, sorted. */
  readonly grants: readonly string[]
  /** Privilege lines, sorted. */
  readonly privileges: readonly string[]
  /** The rules that demanded something: `discovery.kubernetes#pods`. */
  readonly rules: ReadonlySet<string>
}

/** Runs an example with the rules of its component and no others. */
export function derived({ name, rules }: Entry, example: Example): Derived {
  const release = example.alloy ?? newest
  const rulesOf = (component: string): ComponentRules | null => (component === name ? rules : null)
  const uses = usesOf(example, release)
  const { value, diagnostics } = derive([...uses, ...blockUses(uses, rulesOf)], {
    target: { alloy: release, kubernetes: example.kubernetes ?? '1.34', kernel: example.kernel ?? null },
    rulesOf,
    conditions,
    environment: new Set(Object.keys(example.env ?? {}).filter(name => example.env?.[name] !== '')),
    unset: new Set(Object.keys(example.env ?? {}).filter(name => example.env?.[name] === '')),
    optional: example.optional === true,
    ...(example.objects !== undefined && { objects: worldIn(example.objects) }),
  })
  refuse(diagnostics)
  const found = plan(value, true)
  return {
    grants: linesOf(found),
    privileges: found.privileges.map(({ privilege }) => privilegeLine(privilege)).sort(),
    rules: new Set(value.map(({ reason }) => reason.rule)),
  }
}

/** A cluster with these objects and no others of the kinds that components read. */
function worldIn(text: string): World {
  const { value, diagnostics } = readYaml({ path: 'objects.yaml', text })
  refuse(diagnostics)
  return worldOf({ objects: value.flatMap(tree => objectsOf(tree) ?? []), given: true, complete: true }, null)
}

function usesOf({ config, env = {}, args = [] }: Example, release: string): readonly Use[] {
  const source: Source = { path: 'config.alloy', text: config }
  const tree = parse(source)
  refuse(tree.diagnostics)
  const { value, diagnostics } = resolve(tree.value ? [tree.value] : [], text(''), {
    knowledge: {
      check: () => [],
      checkArguments: () => [],
      exportsOf: () => ({ kind: 'object', entries: new Map(), open: true }),
      services: servicesOf(newestRelease),
    },
    loadedBy: () => null,
    files: { read: path => ({ kind: 'missing', path }), module: () => null },
    parse,
    evaluate: (expression, scope, report) =>
      evaluate(expression, {
        lookup: each => lookup(scope, each),
        release,
        env: each => env[each],
        stability: null,
        report,
      }),
    isStandard: each => identifiers.has(each),
    given: new Map(),
    onUnknown: 'error',
    limit: instanceLimit,
  })
  refuse(diagnostics)
  return [...value.uses, ...commandLineUses(processOf(source, args))]
}

/** As much of a configuration as the arguments of `alloy run` say. */
function processOf(source: Source, args: readonly string[]): Configuration {
  const span = { source, start: 0, end: 0 }
  const { flags } = commandLine(args.map(each => ({ text: each, span })))
  // Nothing else of the configuration is read for them.
  return { span, settings: settingsOf(flags, alloyDefaults).value } as unknown as Configuration
}

const text = (value: string): Value => ({ kind: 'string', value })

function refuse(diagnostics: readonly Diagnostic[]): void {
  if (hasError(diagnostics)) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
}

function linesOf({ grants }: Plan): readonly string[] {
  const assumed = new Set(grants.filter(({ certainty }) => certainty === 'assumed').map(({ grant }) => grantKey(grant)))
  return [
    ...grantLines(
      grants.map(({ grant }) => grant),
      grant => assumed.has(grantKey(grant)),
    ),
  ].sort()
}
