import * as assert from 'uvu/assert'
import { ahead } from '#rulemap/inventory'
import type { Entry, SharedCondition } from '../../scripts/rulemap.ts'
import { componentNames, componentOf, knownReleases } from '../../src/inventory/inventory.ts'
import { bodyOf, type Shape } from '../../src/inventory/schema.ts'
import type { Condition, ExportRule, Names, PathSource, PortSource, Scope } from '../../src/rules/map/schema.ts'
import { liesIn, type ReleaseRange } from '../../src/version.ts'
import { describe, source } from '../harness.ts'
import { type Demand, demands, entries, map } from './map.ts'

type Conditions = Readonly<Record<string, SharedCondition>>

/** The argument paths that a condition names, from the component's own body on. */
function conditionPaths(condition: Condition | undefined, conditions: Conditions, prefix = ''): readonly string[] {
  if (condition === undefined) return []
  if (isList(condition)) return condition.flatMap(each => conditionPaths(each, conditions, prefix))
  return Object.entries(condition).flatMap(([key, value]) => {
    switch (key) {
      case '$any':
      case '$all':
      case '$not':
        return conditionPaths(value as Condition, conditions, prefix)
      case '$block': {
        const { path, where } = value as { readonly path: string; readonly where: Condition }
        return [prefix + path, ...conditionPaths(where, conditions, `${prefix}${path}.`)]
      }
      case '$use': {
        const at = condition['$at']
        const start = typeof at === 'string' ? `${prefix}${at}.` : prefix
        return conditionPaths(conditions[String(value)]?.when, conditions, start)
      }
      case '$unset':
        return [prefix + String(value)]
      default:
        return key.startsWith('$') ? [] : [prefix + key]
    }
  })
}

const isList = (condition: Condition): condition is readonly Condition[] => Array.isArray(condition)

function scopePaths(scope: Scope | undefined, conditions: Conditions): readonly string[] {
  if (typeof scope !== 'object') return []
  if ('names' in scope) return [scope.names, ...conditionPaths(scope.own, conditions)]
  if ('service' in scope) return [scope.service]
  return 'targets' in scope ? [scope.targets] : []
}

function namePaths(names: Names | undefined, conditions: Conditions): readonly string[] {
  if (names === undefined || Array.isArray(names)) return []
  const source = names as Exclude<Names, readonly string[]>
  if ('from' in source) return [source.from]
  if ('service' in source) return [source.service]
  if ('targets' in source) return [source.targets]
  const { blocks, where, field } = source.selector
  return [blocks, `${blocks}.${field}`, ...conditionPaths(where, conditions, `${blocks}.`)]
}

const present = (...paths: readonly (string | undefined)[]): readonly string[] =>
  paths.filter(path => path !== undefined)

function sourcePaths(source: PathSource): readonly string[] {
  if (typeof source === 'string') return []
  if ('from' in source) return [source.from]
  if ('targets' in source) return [source.targets]
  return ['glob' in source ? source.glob : source.directory]
}

const portPaths = ({ block, from, address, protocol }: PortSource): readonly string[] => {
  const start = block === undefined ? '' : `${block}.`
  const paths = present(from, address, typeof protocol === 'string' ? undefined : protocol.from)
  return [...present(block), ...paths.map(path => start + path)]
}

function demandPaths({ kind, rule }: Demand, conditions: Conditions): readonly string[] {
  const when = conditionPaths(rule.when, conditions)
  switch (kind) {
    case 'grants':
      return [
        ...when,
        ...scopePaths(rule.scope, conditions),
        ...namePaths(rule.allow.names, conditions),
        ...present(rule.objects?.token?.rules),
      ]
    case 'urls':
      return [...when, ...present(rule.objects?.token?.rules)]
    case 'requests':
      return [
        ...when,
        ...rule.token,
        ...present(rule.method),
        ...('url' in rule ? [rule.url] : present(rule.targets, rule.scheme, rule.path, rule.prefix, rule.params)),
      ]
    case 'privileges':
      return [
        ...when,
        ...(rule.mounts ?? []).flatMap(({ path, at }) => [path, ...(at ? [at] : [])].flatMap(sourcePaths)),
        ...(rule.writable ?? []).flatMap(sourcePaths),
        ...(rule.ports ?? []).flatMap(portPaths),
      ]
  }
}

function exportPaths(rule: ExportRule, conditions: Conditions): readonly string[] {
  if ('file' in rule) return present(rule.file, rule.isSecret)
  if ('same' in rule) return [rule.same]
  if ('value' in rule) return [rule.value]
  if ('relabel' in rule) return [rule.relabel.targets, rule.relabel.rules]
  if (!('targets' in rule)) return []
  return rule.targets.flatMap(({ when, labels }) => [
    ...conditionPaths(when, conditions),
    ...Object.values(labels).flatMap(label => (typeof label === 'object' && 'from' in label ? [label.from] : [])),
  ])
}

/** A path that an entry names, and the releases in which the rule that names it holds. */
interface Reference {
  readonly where: string
  readonly path: string
  readonly range: ReleaseRange
}

function references(entry: Entry, conditions: Conditions): readonly Reference[] {
  const { name, rules } = entry
  const common = [
    ...Object.keys(rules.defaults ?? {}),
    ...conditionPaths(rules.identity, conditions),
    ...scopePaths(rules.scope, conditions),
    ...present(rules.objects?.selector, rules.objects?.namespaceSelector),
    ...Object.values(rules.exports ?? {}).flatMap(rule => exportPaths(rule, conditions)),
    ...Object.values(rules.notes ?? {}).flatMap(({ when }) => conditionPaths(when, conditions)),
  ]
  return [
    ...common.map(path => ({ where: name, path, range: {} })),
    ...demands(entry).flatMap(demand =>
      demandPaths(demand, conditions).map(path => ({
        where: `${name}#${demand.id}`,
        path,
        range: demand.rule,
      })),
    ),
  ]
}

/** Those that the inventory has, and the candidate that is ahead of them. */
const releases: readonly string[] = [...knownReleases, ahead]

/** Paths of an entry that are not arguments or blocks of the component in any release in which they count. */
function problems(entry: Entry, conditions: Conditions = map.conditions): readonly string[] {
  if (!componentNames.includes(entry.name)) return []
  const wrong = references(entry, conditions).filter(
    ({ path, range }) => !releases.findLast(release => liesIn(release, range) && hasPath(entry.name, path, release)),
  )
  return [...new Set(wrong.map(({ where, path }) => `${where}: ${path} is no argument`))]
}

function hasPath(component: string, path: string, release: string): boolean {
  const standing = componentOf(component, release)
  return standing.kind === 'known' && inBody(standing.component.body, path.split('.'), release)
}

function inBody(name: string, segments: readonly string[], release: string): boolean {
  const { attributes, blocks } = bodyOf(name, release)
  return segments.some((_, at) => {
    const first = segments.slice(0, at + 1).join('.')
    const rest = segments.slice(at + 1)
    const block = blocks.get(first)
    if (block && (rest.length === 0 || inBody(block.body, rest, release))) return true
    const attribute = attributes.get(first)
    return attribute !== undefined && inShape(attribute.type, rest, release)
  })
}

function inShape(shape: Shape, segments: readonly string[], release: string): boolean {
  if (segments.length === 0) return true
  switch (shape.kind) {
    case 'list':
      return inShape(shape.of, segments, release)
    case 'map':
      return inShape(shape.of, segments.slice(1), release)
    case 'object':
      return inBody(shape.body, segments, release)
    default:
      return shape.kind === 'any' || shape.kind === 'target'
  }
}

describe('arguments', it => {
  it('are known of every path', () => {
    assert.equal(
      map.entries.flatMap(entry => problems(entry)),
      [],
    )
  })

  const text = source`
    components:
      discovery.kubernetes:
        about: Discovers targets.
        defaults: { namespaces.names: [] }
        identity: { api_server: { set: false } }
        scope: { names: namespaces.names, own: { namespaces.own_namespace: true } }
        grants:
          pods:
            when: { role: pod, $not: { $block: { path: selectors, where: { role: pod } } } }
            allow:
              resources: [pods]
              verbs: [list]
              names: { selector: { blocks: selectors, where: { role: pod }, field: field } }
            evidence: [code]
        notes:
          basic: { when: { basic_auth.username: { set: true } }, text: a remark to test }
        evidence:
          code: { at: 'o/r@v1:a.go#L1-L2', says: It lists pods. }
    `
  const found = (changed: string): string =>
    entries(changed, 'components/discovery.yaml')
      .flatMap(entry => problems(entry))
      .join('\n')
  it('are known in a sound entry', () => assert.is(found(text), ''))
  const bad: readonly (readonly [title: string, from: string, to: string, message: RegExp])[] = [
    ['a default', '{ namespaces.names: []', '{ namespaces.name: []', /discovery\.kubernetes: namespaces\.name is no/],
    ['an identity', 'api_server:', 'apiserver:', /: apiserver is no argument/],
    [
      'a scope',
      'own: { namespaces.own_namespace: true',
      'own: { namespaces.own: true',
      /namespaces\.own is no argument/,
    ],
    ['a condition', 'when: { role: pod,', 'when: { roll: pod,', /discovery\.kubernetes#pods: roll is no argument/],
    ['a condition on a block', 'path: selectors,', 'path: selector,', /#pods: selector is no argument/],
    ['a condition within a block', 'where: { role: pod } }', 'where: { roll: pod } }', /selectors\.roll is no/],
    ['a selector', 'field: field }', 'field: fields }', /selectors\.fields is no argument/],
    ['a note', 'basic_auth.username', 'basic_auth.user', /basic_auth\.user is no argument/],
    [
      'an argument of other releases',
      'when: { role',
      'until: 1.12.0\n        when: { attach_metadata.namespace: true, role',
      /attach_metadata\.namespace is no/,
    ],
  ]
  for (const [title, from, to, message] of bad) {
    it(`are missed in ${title}`, () => {
      assert.ok(text.includes(from), 'the text to replace is there')
      assert.match(found(text.replace(from, to)), message)
    })
  }
})
