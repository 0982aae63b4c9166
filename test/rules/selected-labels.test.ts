import fc from 'fast-check'
import * as assert from 'uvu/assert'
import { possibleStrings } from '../../src/evaluate/value/known.ts'
import type { Value } from '../../src/evaluate/value/value.ts'
import { analyze } from '../../src/index.ts'
import { type Grant, grantLine, implies } from '../../src/kubernetes/grant.ts'
import type { Arguments } from '../../src/resolve/use.ts'
import { constant } from '../../src/rules/map/lookup.ts'
import { selectedLabels } from '../../src/rules/selected-labels.ts'
import { somewhere as span } from '../evaluate/expressions.ts'
import { describe } from '../harness.ts'
import { map } from '../rulemap/map.ts'

type Labels = Readonly<Record<string, string>>

/** An object of the cluster: the parts that a target has labels of. */
interface Thing {
  readonly name: string
  readonly labels: Labels
}

/** Selectors of one kind of object: terms of labels and of fields. */
interface Selecting {
  readonly role: string
  readonly label: readonly string[]
  readonly field: readonly string[]
}

const keys = ['app', 'k8s-app', 'app.kubernetes.io/name']
const names = ['kubelet', 'prom-kubelet', 'kubernetes', 'web']
const sanitized = (key: string): string => key.replaceAll(/\W/g, '_')

/** What Prometheus makes of an object. */
function labelsOf(kind: string, { name, labels }: Thing): Labels {
  const written = Object.entries(labels).flatMap(([key, value]) => [
    [`__meta_kubernetes_${kind}_label_${sanitized(key)}`, value],
    [`__meta_kubernetes_${kind}_labelpresent_${sanitized(key)}`, 'true'],
  ])
  return Object.fromEntries([[`__meta_kubernetes_${kind}_name`, name], ...written])
}

/** Says whether a term of a selector, as the generator writes them, holds for an object. */
function holds(term: string, { name, labels }: Thing): boolean {
  const [, key = '', operator = '', value = ''] = term.match(/^(.+?) ?(==?|!=|in|notin|$) ?(.*)$/) ?? []
  const held = key === 'metadata.name' ? name : labels[key]
  switch (operator) {
    case '=':
    case '==':
      return held === value
    case '!=':
      return held !== value
    case 'in':
      return held !== undefined && value.slice(1, -1).split(',').includes(held)
    case 'notin':
      return held === undefined || !value.slice(1, -1).split(',').includes(held)
    default:
      return held !== undefined
  }
}

const isSelected = (selectors: readonly Selecting[], kind: string, thing: Thing): boolean => {
  const last = selectors.findLast(({ role }) => role === kind)
  return last === undefined || [...last.label, ...last.field].every(term => holds(term, thing))
}

const name = fc.constantFrom(...names)
const term = fc.oneof(
  fc.tuple(fc.constantFrom(...keys), fc.constantFrom('=', '=='), name).map(parts => parts.join('')),
  fc.tuple(fc.constantFrom(...keys), name).map(([key, value]) => `${key}!=${value}`),
  fc.tuple(fc.constantFrom(...keys), fc.constantFrom('in', 'notin'), name).map(([k, o, v]) => `${k} ${o} (${v},web)`),
  fc.constantFrom(...keys),
)
const fieldTerm = fc
  .tuple(fc.constantFrom('=', '!='), name)
  .map(([operator, value]) => `metadata.name${operator}${value}`)
const thing: fc.Arbitrary<Thing> = fc.record({
  name,
  labels: fc.dictionary(fc.constantFrom(...keys), name, { maxKeys: 3 }),
})
const kinds = ['node', 'pod', 'service', 'endpoints', 'endpointslice', 'ingress'] as const
const selecting = fc.record({
  role: fc.constantFrom(...kinds),
  label: fc.array(term, { maxLength: 2 }),
  field: fc.array(fieldTerm, { maxLength: 1 }),
})
const source = fc.tuple(
  fc.constantFrom(...kinds),
  fc.constantFrom('name', ...keys.map(key => `label_${sanitized(key)}`)),
)
const rule = fc
  .record({
    from: source,
    action: fc.constantFrom('keep', 'drop', 'keep', 'path', 'scheme', 'labelmap'),
    regex: fc.constantFrom('kubelet', '.*kubelet', 'web|kubelet', '(.+)', 'kubernetes'),
  })
  .map(({ from: [kind, label], action, regex }) => {
    const start = `  rule {\n    source_labels = ["__meta_kubernetes_${kind}_${label}"]\n    regex = "${regex}"\n`
    if (action === 'path')
      return `${start}    target_label = "__metrics_path__"\n    replacement = "/metrics/cadvisor"\n  }\n`
    if (action === 'scheme') return `${start}    target_label = "__scheme__"\n    replacement = "http"\n  }\n`
    if (action === 'labelmap')
      return `  rule {\n    action = "labelmap"\n    regex = "__meta_kubernetes_${kind}_(${label})"\n  }\n`
    return `${start}    action = "${action}"\n  }\n`
  })

const written = (selectors: readonly Selecting[]): string =>
  selectors
    .map(({ role, label, field }) => `selectors {\nrole = "${role}"\nlabel = "${label}"\nfield = "${field}"\n}\n`)
    .join('')

const scrape = (targets: string, rules: readonly string[], path: string): string => `${targets}
discovery.relabel "r" {
  targets = TARGETS
${rules.join('')}}
prometheus.scrape "s" {
  targets           = discovery.relabel.r.output
  scheme            = "https"
  metrics_path      = "${path}"
  bearer_token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  forward_to        = []
}
`

interface Needed {
  readonly grants: readonly Grant[]
  /** Where who answers is not known the plan says what it assumes, instead of covering every answer. */
  readonly isAssuming: boolean
}

function needed(text: string): Needed {
  const { value, diagnostics } = analyze({ 'config.alloy': text })
  assert.ok(value, diagnostics.map(({ message }) => message).join('; '))
  const isAssuming = diagnostics.some(({ code }) => ['ARB323', 'ARB343', 'ARB344', 'ARB346'].includes(code))
  return { grants: value.plan.grants.map(({ grant }) => grant), isAssuming }
}

const discovering = (role: string, selectors: readonly Selecting[], rules: readonly string[], path: string): string =>
  scrape(`discovery.kubernetes "d" {\nrole = "${role}"\n${written(selectors)}}`, rules, path).replace(
    'TARGETS',
    'discovery.kubernetes.d.targets',
  )

/** The discovery's own needs are part of both. */
function within({ grants }: Needed, wide: Needed, what: string): void {
  const asked = (each: Grant): boolean => each.kind === 'resource' && !['list', 'watch'].includes(each.verb)
  const lacking = grants.filter(each => !wide.grants.some(wider => implies(wider, each)))
  const unexcused = wide.isAssuming ? lacking.filter(each => each.kind === 'resource' && !asked(each)) : lacking
  assert.is(unexcused.map(grantLine).join('\n'), '', what)
}

/** The labels that the rule map tells of selectors. */
function told(role: string, selectors: readonly Selecting[]): ReadonlyMap<string, Value> {
  const attributes = (texts: Labels): Arguments['attributes'] =>
    new Map(Object.entries(texts).map(([name, text]) => [name, { name, value: constant(text), span, valueSpan: span }]))
  const blocks = selectors.map(({ role, label, field }) => ({
    ...{ name: 'selectors', label: null, span },
    body: { attributes: attributes({ role, label: label.join(','), field: field.join(',') }), blocks: [] },
  }))
  const exported = map.entries.find(({ name }) => name === 'discovery.kubernetes')?.rules.exports?.['targets']
  assert.ok(exported && 'targets' in exported)
  const shape = exported.targets.find(({ when }) => Object(when).role === role)
  const facts = {
    body: { attributes: new Map(), blocks },
    defaults: {},
    target: { alloy: '1.18.1', kubernetes: '1.34', kernel: null },
    shared: {},
    environment: new Set<string>(),
  }
  return selectedLabels(shape?.selected ?? [], facts, span)
}

/** The Service of the API server carries no sign of a kubelet: the plan for both is that of one of them. */
const contradicts = (own: Thing, ...others: readonly Thing[]): boolean =>
  own.name === 'kubernetes' &&
  [own, ...others].some(({ labels }) => Object.values(labels).some(value => value.endsWith('kubelet')))

describe('labels that selectors tell', it => {
  const surroundings = fc
    .record({
      role: fc.constantFrom(...kinds),
      selectors: fc.array(selecting, { maxLength: 3 }),
      rules: fc.array(rule, { maxLength: 3 }),
      path: fc.constantFrom('/metrics', '/metrics/cadvisor', '/pods'),
    })
    .map(({ role, selectors: [first, ...others], ...rest }) => ({
      ...{ role, selectors: first ? [...others, { ...first, role }] : [] },
      ...rest,
    }))

  it('make no plan wider', () => {
    const property = fc.property(surroundings, ({ role, selectors, rules, path }) => {
      const signs = JSON.stringify({ selectors, rules })
      // As with `contradicts`.
      if (/\bkubernetes\b(?!\.io)/.test(signs) && signs.includes('kubelet')) return
      const wide = needed(discovering(role, [], rules, path))
      within(needed(discovering(role, selectors, rules, path)), wide, discovering(role, selectors, rules, path))
    })
    fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 150) })
  })

  it('leave no target out that the selectors choose', () => {
    const things = fc.record({ own: thing, service: thing, pod: thing, port: fc.constantFrom(10250, 8443) })
    let [chosen, compared] = [0, 0]
    const property = fc.property(
      surroundings,
      things,
      ({ role, selectors, rules, path }, { own, service, pod, port }) => {
        if (!isSelected(selectors, role, own) || contradicts(own, service, pod)) return
        chosen++
        // The Service of endpoints has their name; what its own selector does not choose gives no labels.
        const beside = role.startsWith('endpoint')
          ? Object.entries({ service: { ...service, name: own.name }, pod }).filter(each =>
              isSelected(selectors, ...each),
            )
          : []
        const labels = Object.assign(
          {},
          ...beside.map(each => labelsOf(...each)),
          labelsOf(role, own),
          role === 'node' ? { instance: own.name } : {},
        )
        for (const [name, value] of told(role, selectors)) {
          compared++
          assert.ok(possibleStrings(value)?.includes(labels[name] ?? ''), `${name} of ${JSON.stringify(labels)}`)
        }
        const address =
          role === 'service' ? `${own.name}.shop.svc:${port}` : `10.0.0.1:${role === 'node' ? 10250 : port}`
        const target = { __address__: address, __meta_kubernetes_namespace: 'shop', ...labels }
        const fields = Object.entries(target).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
        const concrete = scrape('', rules, path).replace('TARGETS', `[{ ${fields.join(', ')} }]`)
        const open = discovering(role, selectors, rules, path)
        within(needed(concrete), needed(open), `${open}\n${fields.join('\n')}`)
      },
    )
    fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 1_200) })
    assert.ok(chosen > 50 && compared > 20, `${chosen} targets are chosen, and ${compared} of their labels told`)
  })
})
