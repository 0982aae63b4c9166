import type { Span } from '../../source.ts'
import { compareMinors, liesIn, type ReleaseRange } from '../../version.ts'
import type { Scope } from '../scope.ts'
import type { Value } from '../value/value.ts'
import { coalesce, combineMaps, concat, groupBy } from './arrays.ts'
import { fromBase64, fromUrlBase64, toBase64, toUrlBase64, urlDecode, urlEncode } from './encoding.ts'
import { constants, env, nonsensitive } from './environment.ts'
import { format } from './format.ts'
import type { StandardFunction } from './function.ts'
import { fromJson, toJson } from './json.ts'
import { jsonPath } from './json-path.ts'
import { pathJoin } from './path.ts'
import * as strings from './strings.ts'
import { fromYaml } from './yaml.ts'

/** A function under the name it is called by. */
export interface Entry extends ReleaseRange {
  /** The first minor release that has it: `1.4`. */
  readonly since: string
  readonly function: StandardFunction
  /** The name that replaces it: it still works, and Alloy warns. */
  readonly successor?: string
}

const rows: readonly (readonly [
  name: string,
  since: string,
  standard: StandardFunction,
  alias?: string,
  since?: string,
])[] = [
  ['array.combine_maps', '1.5', combineMaps],
  ['array.concat', '1.4', concat, 'concat', '1.0'],
  ['array.group_by', '1.10', groupBy],
  ['coalesce', '1.0', coalesce],
  ['convert.nonsensitive', '1.4', nonsensitive, 'nonsensitive', '1.0'],
  ['encoding.from_URLbase64', '1.6', fromUrlBase64],
  ['encoding.from_base64', '1.4', fromBase64, 'base64_decode', '1.2'],
  ['encoding.from_json', '1.4', fromJson, 'json_decode', '1.0'],
  ['encoding.from_yaml', '1.4', fromYaml, 'yaml_decode', '1.2'],
  ['encoding.to_URLbase64', '1.6', toUrlBase64],
  ['encoding.to_base64', '1.6', toBase64],
  ['encoding.to_json', '1.8', toJson],
  ['encoding.url_decode', '1.11', urlDecode],
  ['encoding.url_encode', '1.11', urlEncode],
  ['file.path_join', '1.5', pathJoin],
  ['json_path', '1.0', jsonPath],
  ['string.format', '1.4', format, 'format', '1.0'],
  ['string.join', '1.4', strings.join, 'join', '1.0'],
  ['string.replace', '1.4', strings.replace, 'replace', '1.0'],
  ['string.split', '1.4', strings.split, 'split', '1.0'],
  ['string.to_lower', '1.4', strings.toLower, 'to_lower', '1.0'],
  ['string.to_upper', '1.4', strings.toUpper, 'to_upper', '1.0'],
  ['string.trim', '1.4', strings.trim, 'trim', '1.0'],
  ['string.trim_prefix', '1.4', strings.trimPrefix, 'trim_prefix', '1.0'],
  ['string.trim_space', '1.4', strings.trimSpace, 'trim_space', '1.0'],
  ['string.trim_suffix', '1.4', strings.trimSuffix, 'trim_suffix', '1.0'],
  ['sys.env', '1.4', env, 'env', '1.0'],
]

/** Alloy's standard library of every release, by the name as called. */
export const library: ReadonlyMap<string, Entry> = new Map(
  rows.flatMap(([name, since, standard, alias, sinceAlias]) => [
    [name, { since, function: standard }] as const,
    ...(alias && sinceAlias ? [[alias, { since: sinceAlias, function: standard, successor: name }] as const] : []),
  ]),
)

/** The names that the library takes at top level in the newest release: functions and the namespaces of functions. */
export const identifiers: ReadonlySet<string> = new Set(['constants', ...[...library.keys()].map(first)])

function first(name: string): string {
  const [head = ''] = name.split('.')
  return head
}

/** What an identifier of the library is in the release of a scope; undefined when that release has none of the name. */
export function standardValue(name: string, scope: Scope, span: Span): Value | undefined {
  if (name === 'constants') return constants(scope, span)
  const present = [...library].filter(([full, entry]) => first(full) === name && liesIn(scope.release, entry))
  if (present.length === 0) return undefined
  const [[only]] = present as [[string, Entry]]
  if (only === name) return { kind: 'function', name }
  const entries = present.map(([full]) => [full.slice(name.length + 1), { kind: 'function', name: full }] as const)
  return { kind: 'object', entries: new Map(entries), open: false }
}

/** The first release in which a name of the library, or a namespace of it, exists; null for no name of it. */
export function sinceOf(name: string): string | null {
  const releases = [...library]
    .filter(([full]) => full === name || full.startsWith(`${name}.`))
    .map(([, { since }]) => since)
  return releases.sort(compareMinors)[0] ?? null
}
