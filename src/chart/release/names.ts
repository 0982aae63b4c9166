import { parseDocument } from 'yaml'
import { isEmpty, isMap, type Json, type JsonMap, valueAt } from '../json.ts'

/** What a chart is installed as. */
export interface Install {
  readonly release: string
  readonly namespace: string
}

/** The names that the chart's helper templates make for one installation. */
export interface Names {
  readonly fullname: string
  /** `alloy.namespace`. */
  readonly namespace: string
  readonly serviceAccountName: string
  readonly name: string
  readonly release: Install
}

const chartName = 'alloy'
const text = (tree: Json | undefined): string => (isEmpty(tree) ? '' : String(tree))
const short = (name: string): string => name.slice(0, 63).replace(/-$/, '')

/** Evaluates the helper templates of the chart over complete values. */
export function namesOf(values: JsonMap, release: Install): Names {
  const name = text(valueAt(values, 'nameOverride')) || chartName
  const override = text(valueAt(values, 'fullnameOverride'))
  const joined = release.release.includes(name) ? release.release : `${release.release}-${name}`
  const fullname = short(override || joined)
  const account = text(valueAt(values, 'serviceAccount.name'))
  const made = !isEmpty(valueAt(values, 'serviceAccount.create'))
  return {
    fullname,
    name: short(name),
    namespace: text(valueAt(values, 'namespaceOverride')) || release.namespace,
    serviceAccountName: account || (made ? fullname : 'default'),
    release,
  }
}

const call = /^\s*(?:include\s+"(alloy\.\w+)"\s+[.$]|[.$]?(\.[\w.]+)|"(\{\{)")\s*$/

/** Resolves the template actions of a text that name the installation; null where only Helm can evaluate one. */
function resolveText(template: string, names: Names): string | null {
  const known: Readonly<Record<string, string>> = {
    'alloy.fullname': names.fullname,
    'alloy.name': names.name,
    'alloy.namespace': names.namespace,
    'alloy.serviceAccountName': names.serviceAccountName,
    '.Release.Name': names.release.release,
    '.Release.Namespace': names.release.namespace,
    '.Release.Service': 'Helm',
    '.Chart.Name': chartName,
    '{{': '{{',
  }
  let resolved = ''
  let end = 0
  for (let start = template.indexOf('{{'); start !== -1; start = template.indexOf('{{', end)) {
    const stop = template.indexOf('}}', start)
    if (stop === -1) return null
    const [, helper, field, literal] = template.slice(start + 2, stop).match(call) ?? []
    const key = helper ?? field ?? literal
    const value = key !== undefined && Object.hasOwn(known, key) ? known[key] : undefined
    if (value === undefined) return null
    resolved += template.slice(end, start) + value
    end = stop + 2
  }
  return resolved + template.slice(end)
}

/** Resolves an object of `extraObjects`; undefined where only Helm can evaluate an action. */
export function resolveJson(tree: Json, names: Names): Json | undefined {
  if (typeof tree === 'string') return resolveText(tree, names) ?? undefined
  if (Array.isArray(tree)) {
    const items = tree.map(item => resolveJson(item, names))
    return items.includes(undefined) ? undefined : (items as readonly Json[])
  }
  if (!isMap(tree)) return tree
  const entries = Object.entries(tree).map(
    ([key, value]) => [resolveText(key, names), resolveJson(value, names)] as const,
  )
  if (entries.some(([key, value]) => key === null || value === undefined)) return undefined
  return Object.fromEntries(entries) as JsonMap
}

/**
 * Reads a value that a template prints without quotes: `on` and `123` are not strings there. Null for what is not YAML, and for a
 * map or list, which Go prints as `map[a:b]`.
 */
export function unquoted(name: Json): Json {
  if (typeof name === 'object') return null
  const document = parseDocument(String(name), { version: '1.1' })
  return document.errors.length > 0 ? null : (document.toJS() as Json)
}
