// Reads the YAML of the rule map and checks it against its schema; what is wrong is reported at its line.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv'
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { ComponentRules, Condition } from '../src/rules/map/schema.ts'

/** Something wrong in a file of the rule map. */
export interface Problem {
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly message: string
}

/** The rules of one component and where it is. */
export interface Entry {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly rules: ComponentRules
}

/** A condition that several components use. */
export interface SharedCondition {
  readonly about: string
  readonly when: Condition
}

/** The whole map as read. */
export interface RuleMap {
  /** Sorted by name. */
  readonly entries: readonly Entry[]
  readonly conditions: Readonly<Record<string, SharedCondition>>
  readonly problems: readonly Problem[]
}

/** A file's text by its name within the folder `rulemap`. */
export interface RuleText {
  readonly file: string
  readonly text: string
}

/** Writes a problem as compilers do, so that editors find the place. */
export function describeProblem({ file, line, message }: Problem): string {
  return `rulemap/${file}:${line}: ${message}`
}

/** The texts of all YAML files of a rule map's folder. */
export function readTexts(folder: string): readonly RuleText[] {
  const names = readdirSync(`${folder}/components`)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => `components/${name}`)
  const shared = existsSync(`${folder}/conditions.yaml`) ? ['conditions.yaml'] : []
  return [...shared, ...names].map(file => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }))
}

/** Reads a folder's rule map; `schema.json` beside it states the shape. */
export function readRuleMap(folder: string): RuleMap {
  return parseRuleMap(readTexts(folder), readShapes(folder))
}

/** What a file of rules and the file of conditions must look like. */
export interface Shapes {
  readonly rules: ValidateFunction
  readonly conditions: ValidateFunction
}

/** Compiles the schema of a rule map's folder. */
export function readShapes(folder: string): Shapes {
  const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true })
  ajv.addSchema(JSON.parse(readFileSync(`${folder}/schema.json`, 'utf8')) as AnySchema, 'rules')
  return { rules: ajv.getSchema('rules')!, conditions: ajv.getSchema('rules#/definitions/shared')! }
}

/** Parses and checks the files of a rule map. Entries of a file with problems are left out. */
export function parseRuleMap(texts: readonly RuleText[], shapes: Shapes): RuleMap {
  const problems: Problem[] = []
  const entries = new Map<string, Entry>()
  let conditions: Readonly<Record<string, SharedCondition>> = {}
  for (const { file, text } of texts) {
    const lines = new LineCounter()
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
    const report = (offset: number, message: string) =>
      problems.push({ file, line: lines.linePos(offset).line || 1, message })
    for (const { pos, message } of [...document.errors, ...document.warnings]) report(pos[0], message.split('\n')[0]!)
    if (document.errors.length > 0) continue
    const content: unknown = document.toJS()
    const isConditions = file === 'conditions.yaml'
    const before = problems.length
    for (const { path, message } of shapeProblems(isConditions ? shapes.conditions : shapes.rules, content))
      report(offsetOf(document, path), message)
    if (problems.length > before) continue
    // The schema has just vouched for the shape.
    if (isConditions) conditions = (content as { conditions: Readonly<Record<string, SharedCondition>> }).conditions
    else {
      const prefix = file.replace(/^components\//, '').replace(/\.yaml$/, '')
      const { components } = content as { components: Readonly<Record<string, ComponentRules>> }
      for (const [name, rules] of Object.entries(components)) {
        const offset = offsetOf(document, ['components', name])
        const twin = entries.get(name)
        if (name !== prefix && !name.startsWith(`${prefix}.`))
          report(offset, `${name} does not begin with ${prefix}, the name of its file`)
        else if (twin) report(offset, `${name} already has an entry in ${twin.file}`)
        else entries.set(name, { name, file, line: lines.linePos(offset).line, rules })
      }
    }
  }
  const sorted = [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  problems.push(...unknownConditions(sorted, conditions))
  return { entries: sorted, conditions, problems }
}

interface ShapeProblem {
  readonly path: readonly string[]
  readonly message: string
}

function shapeProblems(isValid: ValidateFunction, content: unknown): readonly ShapeProblem[] {
  if (isValid(content)) return []
  const found = new Map<string, ShapeProblem>()
  for (const error of isValid.errors ?? []) {
    // Both restate what a more exact error says.
    if (error.keyword === 'if' || /\/(anyOf|oneOf)\/\d+\//.test(error.schemaPath)) continue
    const place = error.instancePath.split('/').slice(1).map(unescaped)
    const path =
      error.keyword === 'additionalProperties' ? [...place, String(error.params['additionalProperty'])] : place
    const message = `${place.slice(1).join(' > ')}: ${words(error)}`.replace(/^: /, '')
    found.set(`${path.join('/')} ${message}`, { path, message })
  }
  return [...found.values()]
}

const unescaped = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~')

function words({ keyword, params, parentSchema, message }: ErrorObject): string {
  switch (keyword) {
    case 'additionalProperties':
      return `"${params['additionalProperty']}" is not known here`
    case 'required':
      return `"${params['missingProperty']}" is missing`
    case 'const':
      return `expected ${JSON.stringify(params['allowedValue'])}`
    case 'enum':
      return `expected one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}`
    case 'anyOf':
    case 'oneOf': {
      const branches = (parentSchema?.[keyword] ?? []) as readonly { readonly required?: readonly string[] }[]
      const names = branches.flatMap(({ required }) => required ?? [])
      if (names.length > 0) return `expected ${keyword === 'oneOf' ? 'exactly' : 'at least'} one of ${names.join(', ')}`
      break
    }
    case 'pattern':
      if (parentSchema?.['description']) return `expected: ${parentSchema['description']}`
  }
  return message ?? keyword
}

/** Where the key or list item at a path begins; the nearest one above it when there is none. */
function offsetOf(document: Document, path: readonly string[]): number {
  let node: unknown = document.contents
  let offset = 0
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment)
      if (!pair) break
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(segment)] as Node | undefined
      if (!item) break
      offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  return offset
}

function unknownConditions(
  entries: readonly Entry[],
  conditions: Readonly<Record<string, SharedCondition>>,
): readonly Problem[] {
  return entries.flatMap(({ name, file, line, rules }) =>
    namesUsed(rules)
      .filter(used => !(used in conditions))
      .map(used => ({ file, line, message: `${name} uses the condition "${used}", which conditions.yaml lacks` })),
  )
}

/** The values of every `$use` below a part of the map. */
function namesUsed(part: unknown): readonly string[] {
  if (part === null || typeof part !== 'object') return []
  return Object.entries(part).flatMap(([key, value]) =>
    key === '$use' && typeof value === 'string' ? [value] : namesUsed(value),
  )
}
