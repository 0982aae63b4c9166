/** A JSON Schema, as far as the project's own use the language. */
export interface Schema {
  readonly [keyword: string]: unknown
}

type Dependencies = Readonly<Record<string, readonly string[]>>

/** Keywords that say more than a type can, or nothing of the value. */
const beyondTypes = new Set([
  ...['$schema', '$id', '$defs', 'definitions', 'title', 'description', 'propertyNames', 'not'],
  ...['pattern', 'minLength', 'minItems', 'uniqueItems', 'minimum', 'maximum', 'minProperties'],
])
const ofTypes = new Set([
  ...['$ref', 'const', 'enum', 'type', 'items', 'maxItems', 'anyOf', 'oneOf', 'if', 'then', 'else', 'required'],
  ...['properties', 'patternProperties', 'additionalProperties', 'dependencies', 'maxProperties'],
])

/** The name of the type of a schema: `common.schema.json#/$defs/grant` is `common_grant`. */
export const typeName = (reference: string): string =>
  reference
    .replace(/(\.schema)?\.json/, '')
    .replace(/#(\/(\$defs|definitions)\/)?/, '_')
    .replace(/_$/, '')
    .replaceAll('-', '_')

/** TypeScript that declares the types of a file's schema and of its definitions. A keyword that is not known throws. */
export function typeText(file: string, schema: Schema): string {
  const definitions = { ...(schema['$defs'] as object), ...(schema['definitions'] as object) } as Record<string, Schema>
  const own = 'type' in schema || 'oneOf' in schema ? [[typeName(file), schema] as const] : []
  const named = Object.entries(definitions).map(([name, each]) => [typeName(`${file}#/$defs/${name}`), each] as const)
  return [...own, ...named].map(([name, each]) => `export type ${name} = ${typeOf(each, file)}\n`).join('')
}

function typeOf(schema: Schema, file: string): string {
  const strange = Object.keys(schema).find(keyword => !beyondTypes.has(keyword) && !ofTypes.has(keyword))
  if (strange !== undefined) throw new Error(`${file} says ${strange}, of which no type is known`)
  const inner = (each: unknown): string => typeOf(each as Schema, file)
  const { $ref: reference, if: condition } = schema
  if (typeof reference === 'string') return typeName(reference.startsWith('#') ? file + reference : reference)
  if ('const' in schema) return JSON.stringify(schema['const'])
  if (Array.isArray(schema['enum'])) return union(schema['enum'].map(each => JSON.stringify(each)))
  if (condition !== undefined) return choice(schema, inner)
  const alternatives = (schema['oneOf'] ?? schema['anyOf']) as readonly Schema[] | undefined
  if (alternatives && !alternatives.every(isDemand)) return union(alternatives.map(inner))
  if (!('type' in schema)) return 'unknown'
  const types = [schema['type']].flat()
  return union(types.map(type => (type === 'object' ? objects(schema, inner) : plain(type, schema, inner))))
}

const union = (types: readonly string[]): string => [...new Set(types)].map(type => `(${type})`).join(' | ')

const isDemand = (schema: Schema): boolean => Object.keys(schema).join() === 'required'

/** `if` it is of a type, `then` this one of that type, `else` another one. */
function choice(schema: Schema, inner: (each: unknown) => string): string {
  const [wanted, found] = [schema['if'], schema['then']] as readonly Schema[]
  const isPlain = Object.keys(wanted!).join() === 'type' && ('$ref' in found! || found!['type'] === wanted!['type'])
  if (!isPlain) throw new Error(`a condition of which no type is known: ${JSON.stringify(schema)}`)
  return union([inner(found), inner(schema['else'])])
}

function plain(type: unknown, schema: Schema, inner: (each: unknown) => string): string {
  if (type === 'string' || type === 'boolean' || type === 'null' || type === 'number') return type
  if (type === 'integer') return 'number'
  if (type !== 'array') throw new Error(`a type that is not known: ${type}`)
  const item = inner(schema['items'])
  const most = schema['maxItems']
  if (most === undefined) return `readonly (${item})[]`
  if (most !== schema['minItems']) throw new Error('a list with two lengths has no type')
  return `readonly [${Array.from({ length: Number(most) }, () => item).join(', ')}]`
}

/** One object, or one for each way to have exactly one of some properties. */
function objects(schema: Schema, inner: (each: unknown) => string): string {
  const names = Object.keys((schema['properties'] as object | undefined) ?? {})
  const required = (schema['required'] ?? []) as readonly string[]
  const strange = required.find(name => !names.includes(name))
  if (strange !== undefined) throw new Error(`what is required has no type: ${strange}`)
  if (schema['maxProperties'] === 1)
    return union(names.map(name => object(schema, inner, { names: [name], required: [name] })))
  const ways = schema['oneOf'] as readonly { readonly required: readonly string[] }[] | undefined
  if (ways === undefined) return object(schema, inner, { names, required })
  const needs = (schema['dependencies'] ?? {}) as Dependencies
  return union(
    ways.map(way => {
      const present = new Set([...required, ...way.required, ...way.required.flatMap(name => needs[name] ?? [])])
      const absent = new Set(ways.flatMap(each => each.required).filter(name => !present.has(name)))
      // In the order of the schema, what depends on something absent may itself be depended on.
      for (const _ of names) for (const name of names) if (needs[name]?.some(each => absent.has(each))) absent.add(name)
      return object(schema, inner, { names: names.filter(name => !absent.has(name)), required: [...present] })
    }),
  )
}

function object(
  schema: Schema,
  inner: (each: unknown) => string,
  { names, required }: { readonly names: readonly string[]; readonly required: readonly string[] },
): string {
  const { properties = {}, patternProperties = {}, additionalProperties: others = true } = schema
  const named = names.map(name => [name, inner((properties as Schema)[name])] as const)
  const members = named.map(
    ([name, type]) => `readonly ${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${type}`,
  )
  const patterns = Object.values(patternProperties as Schema).map(inner)
  if (typeof others === 'object') patterns.push(inner(others))
  else if (others && names.length + patterns.length === 0) patterns.push('unknown')
  else if (others) throw new Error(`an object that is open beside ${names}`)
  // A compiler without exactOptionalPropertyTypes, as users have, takes one for a value that may be undefined.
  const isAnyOptional = names.some(name => !required.includes(name))
  const rest = [
    ...patterns,
    ...(patterns.length === 0 ? [] : [...named.map(([, type]) => type), ...(isAnyOptional ? ['undefined'] : [])]),
  ]
  return `{ ${[...members, ...(rest.length === 0 ? [] : [`readonly [key: string]: ${union(rest)}`])].join('; ')} }`
}
