import { everyCommand, isConfigurable, isMap } from '../../src/cli/config-file.ts'
import type { Option } from '../../src/cli/options.ts'
import { helpOnly } from './help-only.ts'

/** The JSON Schema of alloy-rbac.yaml, from the options of every command: docs/schemas/config.schema.json. */
export function configSchema(): string {
  const { commands } = helpOnly()
  const configurable = commands.filter(each => each.options.some(isConfigurable))
  const all = new Map(configurable.flatMap(each => each.options.map(option => [option.name(), option] as const)))
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'config.schema.json',
    title: 'alloy-rbac.yaml: options by command',
    type: 'object',
    properties: {
      [everyCommand]: { description: 'Options of every command that has them.', ...section([...all.values()], all) },
      ...Object.fromEntries(
        configurable.map(each => [each.name(), { description: each.description(), ...section(each.options, all) }]),
      ),
    },
    additionalProperties: false,
    $defs: Object.fromEntries(
      [...all].filter(([, each]) => isConfigurable(each)).map(([name, each]) => [name, propertyOf(each)]),
    ),
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

/** The options of one command: most are the same for several, and stand once. */
function section(options: readonly Option[], all: ReadonlyMap<string, Option>): object {
  const propertyIn = (option: Option): object => {
    const own = propertyOf(option)
    const shared = all.get(option.name())
    return shared && JSON.stringify(propertyOf(shared)) === JSON.stringify(own)
      ? { $ref: `#/$defs/${option.name()}` }
      : own
  }
  const known = options.filter(isConfigurable)
  return {
    type: 'object',
    properties: Object.fromEntries(known.map(each => [each.name(), propertyIn(each)])),
    additionalProperties: false,
  }
}

const plain = ['string', 'number', 'boolean']

function propertyOf(option: Option): object {
  const { description } = option
  if (!option.required) return { description, type: 'boolean' }
  if (isMap(option)) return { description, type: 'object', additionalProperties: { type: plain } }
  if (Array.isArray(option.defaultValue)) return { description, type: 'array', items: { type: 'string' } }
  return option.argChoices ? { description, enum: option.argChoices } : { description, type: plain }
}
