import { components } from '#rulemap/inventory'
import { at, componentNames, componentOf, newestRelease } from '../../src/inventory/inventory.ts'
import { bodyOf, moduleBody, type Shape } from '../../src/inventory/schema.ts'
import { expression, keyOf, quote, type World } from './expression.ts'
import type { Random } from './random.ts'

const there = componentNames.filter(name => componentOf(name, newestRelease).kind === 'known')
/** Those that ask for most appear often enough for their rules to meet. */
const favorites = there.filter(name =>
  /^(discovery\.(kubernetes|relabel|kubelet)|prometheus\.(scrape|operator\..*|exporter\.unix)|loki\.source\.(kubernetes|podlogs|kubernetes_events|file)|mimir\..*|remote\.kubernetes\..*|local\.file|otelcol\.processor\.k8sattributes|beyla\.ebpf|pyroscope\..*)$/.test(
    name,
  ),
)

/** A configuration that every known release rule accepts: components with random arguments, modules, foreach, references. */
export function configuration(random: Random): string {
  const world: World = { random, release: newestRelease, names: new Map(), depth: 0 }
  const counter = { count: 0 }
  return random.list(1, 6, () => statement(world, counter, 0)).join('\n')
}

interface Counter {
  count: number
}

function statement(world: World, counter: Counter, nesting: number): string {
  const chosen = world.random.next()
  if (nesting < 3 && chosen < 0.12) return moduleOf(world, counter, nesting)
  if (nesting < 3 && chosen < 0.22) return foreachOf(world, counter, nesting)
  if (nesting < 3 && chosen < 0.27) return importOf(world, counter, nesting)
  return component(world, counter)
}

/** A component with what it must have and some of what it may; what it exports can be referred to afterwards. */
function component(world: World, counter: Counter): string {
  const { random, release } = world
  const name = random.pick(random.chance(0.6) ? favorites : there)
  const standing = componentOf(name, release)
  if (standing.kind !== 'known') throw new Error(`${name} was chosen among those of ${release}`)
  const label = `c${counter.count++}`
  const text = `${name} "${label}" {\n${body(standing.component.body, world, 1)}}\n`
  const { exports = {} } = JSON.parse(components[name]!) as { exports?: Record<string, string | readonly string[]> }
  for (const [each, variants] of Object.entries(exports)) {
    const type = at(variants, release)
    if (type !== null) see(world, type, `${name}.${label}.${each}`)
  }
  return text
}

function see({ names }: World, type: string, reference: string): void {
  names.set(type, [...(names.get(type) ?? []), reference])
}

function body(name: string, world: World, depth: number): string {
  const { random, release } = world
  const { attributes, blocks } = bodyOf(name, release)
  const indent = '  '.repeat(depth)
  const often = 4 / (4 + attributes.size)
  const lines: string[] = []
  for (const [each, { type, required }] of attributes) {
    if (type.kind === 'capsule' && !world.names.has(keyOf(type))) continue
    if (required || random.chance(often)) lines.push(`${indent}${each} = ${expression(type, world)}\n`)
  }
  for (const [each, shape] of blocks) {
    if (shape.body === moduleBody || (!shape.required && (depth > 4 || !random.chance(2 / (2 + blocks.size))))) continue
    for (let times = shape.repeatable ? 1 + random.below(3) : 1; times > 0; times--) {
      const label = bodyOf(shape.body, release).label ? ` "l${times}"` : ''
      lines.push(`${indent}${each}${label} {\n${body(shape.body, world, depth + 1)}${indent}}\n`)
    }
  }
  return lines.join('')
}

const argumentTypes: readonly Shape[] = [
  { kind: 'string' },
  { kind: 'list', of: { kind: 'string' } },
  { kind: 'list', of: { kind: 'target' } },
  { kind: 'bool' },
  { kind: 'number' },
]

/** The arguments of a module, the text of its body, and how it is called. */
function moduleText(world: World, counter: Counter, nesting: number) {
  const { random } = world
  const inner: World = { ...world, names: new Map() }
  const parameters = random.list(0, 3, at => ({
    name: `p${at}`,
    type: random.pick(argumentTypes),
    optional: random.chance(0.4),
  }))
  const declared = parameters.map(({ name, type, optional }) => {
    see(inner, keyOf(type), `argument.${name}.value`)
    return `argument "${name}" {\n${optional ? `  optional = true\n  default = ${expression(type, { ...world, names: new Map() })}\n` : ''}}\n`
  })
  const content = random.list(0, 3, () => statement(inner, counter, nesting + 1))
  const exported = inner.names.get('list(target)')?.at(-1)
  const exports = exported ? [`export "targets" {\n  value = ${exported}\n}\n`] : []
  const given = () =>
    parameters
      .filter(({ optional }) => !optional || random.chance(0.5))
      .map(({ name, type }) => `  ${name} = ${expression(type, world)}\n`)
      .join('')
  return { text: [...declared, ...content, ...exports].join(''), given, hasTargets: exported !== undefined }
}

function calls(name: string, world: World, counter: Counter, made: ReturnType<typeof moduleText>): string {
  return world.random
    .list(0, 3, () => {
      const label = `m${counter.count++}`
      const text = `${name} "${label}" {\n${made.given()}}\n`
      if (made.hasTargets) see(world, 'list(target)', `${name}.${label}.targets`)
      return text
    })
    .join('')
}

function moduleOf(world: World, counter: Counter, nesting: number): string {
  const name = `d${counter.count++}`
  const made = moduleText(world, counter, nesting)
  return `declare "${name}" {\n${made.text}}\n${calls(name, world, counter, made)}`
}

function importOf(world: World, counter: Counter, nesting: number): string {
  const [label, name] = [`i${counter.count++}`, `d${counter.count++}`]
  const made = moduleText(world, counter, nesting)
  const content = quote(`declare "${name}" {\n${made.text}}\n`)
  return `import.string "${label}" {\n  content = ${content}\n}\n${calls(`${label}.${name}`, world, counter, made)}`
}

function foreachOf(world: World, counter: Counter, nesting: number): string {
  const type = world.random.pick(argumentTypes)
  const collection = expression({ kind: 'list', of: type }, { ...world, depth: 2 })
  const names = new Map([...world.names].map(([key, list]): [string, string[]] => [key, [...list]]))
  const inner: World = { ...world, names }
  const variable = `v${counter.count++}`
  see(inner, keyOf(type), variable)
  const content = world.random.list(0, 2, () => statement(inner, counter, nesting + 1)).join('')
  return `foreach "f${counter.count++}" {\n  collection = ${collection}\n  var = "${variable}"\n  template {\n${content}  }\n}\n`
}
