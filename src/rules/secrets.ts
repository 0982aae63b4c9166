import { blocks, bodies, components } from '#rulemap/inventory'
import { absolute, variantsOf } from './inventory.ts'

type Table = Readonly<Record<string, string | readonly string[]>>

interface Entry {
  readonly body?: string | readonly string[]
  readonly include?: readonly string[]
  readonly attributes?: Table
  readonly blocks?: Table
}

/**
 * Says whether an argument is typed secret in any release, so that its value must not be shown: `basic_auth.password` of
 * `prometheus.scrape`, also `client.basic_auth.password`. Nothing is known of a name that is no component or configuration block.
 */
export function isSecret(component: string, path: string): boolean {
  const entry = read(components, component) ?? read(blocks, component)
  if (!entry) return false
  return variantsOf(entry.body ?? []).some(({ value }) => inBody(value, path))
}

function inBody(name: string, path: string): boolean {
  const entry = read(bodies, name)
  if (!entry) return false
  if (entry.include?.some(each => inBody(each, path))) return true
  const own = entry.attributes && Object.hasOwn(entry.attributes, path) ? entry.attributes[path] : undefined
  if (own !== undefined && variantsOf(own).some(({ value }) => /\b(optional_)?secret\b/.test(value))) return true
  return Object.entries(entry.blocks ?? {}).some(([block, variants]) => {
    if (!path.startsWith(`${block}.`)) return false
    const rest = path.slice(block.length + 1)
    return variantsOf(variants).some(({ value }) => inBody(absolute(value, name), rest))
  })
}

const read = (table: Readonly<Record<string, string>>, name: string): Entry | null => {
  const text = Object.hasOwn(table, name) ? table[name] : undefined
  return text === undefined ? null : (JSON.parse(text) as Entry)
}
