import { bodyOf, type Shape } from '../../src/inventory/schema.ts'
import { hostileNames, secret } from './plants.ts'
import type { Random } from './random.ts'

/** What an expression may use. */
export interface World {
  readonly random: Random
  readonly release: string
  /** References that are in sight, by the type of their value as `keyOf` writes it. */
  readonly names: Map<string, string[]>
  readonly depth: number
}

/** A type as one word: `list(target)`. */
export function keyOf(type: Shape): string {
  switch (type.kind) {
    case 'list':
    case 'map':
      return `${type.kind}(${keyOf(type.of)})`
    case 'capsule':
      return `capsule(${type.type})`
    case 'object':
      return `object(${type.body})`
    case 'enum':
      return 'enum'
    default:
      return type.kind
  }
}

const words = [
  'a', 'pod', 'node', 'shop', 'kube-system', 'default', 'true', '10s', '1', '/metrics/cadvisor', '/var/log/*.log', '', '*', '.',
  'https', '__address__', '__meta_kubernetes_pod_name', 'http://example.com:9090/x?y=z', '.*', 'a{1000}', '(a+)+$', '$1', '%s',
  '/var/run/secrets/kubernetes.io/serviceaccount/token', 'metadata.name=x', 'é😀', '\u0000', '"', '\\', '{{ . }}', 'x'.repeat(300),
  ...hostileNames,
] // biome-ignore format: one word a line would be a page

/** An expression that has a type, valid by construction. */
export function expression(type: Shape, world: World): string {
  const { random, depth } = world
  const known = world.names.get(keyOf(type))
  if (known && random.chance(0.4)) return random.pick(known)
  if (depth > 3 || random.chance(0.6)) return literal(type, world)
  const inner = { ...world, depth: depth + 1 }
  return wrapped(type, inner)
}

function wrapped(type: Shape, world: World): string {
  const { random } = world
  const value = expression(type, world)
  const isText = ['string', 'text', 'secret', 'optional_secret'].includes(type.kind)
  const ways: (() => string)[] = [
    () => `(${value})`,
    () => `[${value}][0]`,
    () => `{ a = ${value} }.a`,
    () => `{ "a" = ${value} }["a"]`,
    () => `coalesce(null, ${value})`,
  ]
  if (isText || type.kind === 'enum')
    ways.push(
      () => 'sys.env("X")',
      () => 'sys.env("NAMESPACE")',
    )
  if (isText)
    ways.push(
      () => `${value} + ${expression(type, world)}`,
      () => `string.format("%s-%s", ${value}, sys.env("X"))`,
      () => `string.join([${value}, ${expression(type, world)}], ",")`,
      () => `string.replace(${value}, "a", sys.env("X"))`,
      () => `encoding.from_json("\\"a\\"")`,
      () => `string.to_lower(${value})`,
    )
  if (type.kind === 'list')
    ways.push(
      () => `array.concat(${value}, ${expression(type, world)})`,
      () => `array.concat(${Array(random.below(40)).fill('[]').concat(value).join(', ')})`,
    )
  if (type.kind === 'list' && type.of.kind === 'string') ways.push(() => 'string.split(sys.env("X"), ",")')
  if (type.kind === 'number')
    ways.push(
      () => `${value} + 1`,
      () => `-(${value}) * 2`,
      () => `${value} % 7`,
    )
  if (type.kind === 'bool')
    ways.push(
      () => `!(${value})`,
      () => `${value} || 1 < 2`,
      () => 'sys.env("X") == "a"',
    )
  if (type.kind === 'any')
    ways.push(
      () => 'encoding.from_json(`{"a":[1,null]}`)',
      () => 'sys.env("X")',
    )
  return random.pick(ways)()
}

function literal(type: Shape, world: World): string {
  const { random, release } = world
  switch (type.kind) {
    case 'secret':
    case 'optional_secret':
      return quote(random.chance(0.5) ? secret : random.pick(words))
    case 'string':
    case 'text':
      return quote(random.pick(words))
    case 'number':
      return random.pick(['0', '1', '42', '-3', '1e3', '9223372036854775807'])
    case 'bool':
      return random.pick(['true', 'false'])
    case 'duration':
      return quote(random.pick(['10s', '1h2m', '0s', '500ms']))
    case 'enum':
      return quote(type.values.length === 0 ? '' : random.pick(type.values))
    case 'any':
      return random.pick(['1', '"a"', '[]', '{ a = 1 }', 'null', 'true'])
    case 'target':
      return target(world)
    case 'list':
      return `[${random.list(0, 3, () => expression(type.of, deeper(world))).join(', ')}]`
    case 'map':
      return `{ ${random.list(0, 2, at => `k${at} = ${expression(type.of, deeper(world))}`).join(', ')} }`
    case 'object': {
      const fields = [...bodyOf(type.body, release).attributes].filter(
        ([, { required }]) => required || random.chance(0.3),
      )
      return `{ ${fields.map(([name, field]) => `${name} = ${expression(field.type, deeper(world))}`).join(', ')} }`
    }
    case 'capsule':
      return random.pick(world.names.get(keyOf(type)) ?? ['null'])
  }
}

const deeper = (world: World): World => ({ ...world, depth: world.depth + 1 })

const labels = ['__address__', '__scheme__', '__metrics_path__', '__meta_kubernetes_namespace', 'job', '__param_target']
const addresses = ['kubernetes.default.svc:443', 'localhost:9090', 'a.shop:8080', '10.0.0.1', '']

function target({ random }: World): string {
  const pairs = random.list(
    0,
    3,
    at => `${at === 0 ? '__address__' : random.pick(labels)} = ${quote(random.pick([...addresses, ...words]))}`,
  )
  return `{ ${[...new Map(pairs.map(pair => [pair.split(' ')[0], pair])).values()].join(', ')} }`
}

/** A string of Alloy that holds a text. */
export const quote = (text: string): string =>
  `"${text
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll(/[\0-\x1f]/g, sign => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replaceAll('\ufeff', '\\ufeff')}"`
