import { catalog, type Name } from '../../../diagnostic/catalog.ts'
import { diagnostic, type Outcome } from '../../../diagnostic/diagnostic.ts'
import { readYaml } from '../../../input/yaml/parse-yaml.ts'
import { get, type Mapping, scalarAt, type Tree, textAt } from '../../../input/yaml/tree.ts'
import { rangesOf, starredOutside } from '../../../secrets/mask-yaml.ts'
import type { Source, Span } from '../../../source.ts'
import { stableLine } from '../pod/privileges.ts'
import { isDate } from './is-date.ts'

/** A grant, a privilege or another thing that someone has accepted. Lines are not part of it, so that it survives edits elsewhere in the file. */
export interface Accepted {
  readonly code: string
  readonly workload: string
  /** The file of the finding; empty where it has no place. */
  readonly path: string
  readonly subject: string
  readonly reason: string
  /** The last day on which it counts, `2026-12-31`; null for ever. */
  readonly expires: string | null
}

/** An entry of a baseline file. */
export interface Entry extends Accepted {
  /** What it accepts: keys of findings, or for an entry of version 1 the whole of what they were about. */
  readonly keys: readonly string[]
  readonly span: Span
}

/** What a baseline file holds. */
export interface Baseline {
  readonly path: string
  readonly entries: readonly Entry[]
}

/** Reads a baseline file. The value is null exactly when an error was reported. */
export function readBaseline(source: Source): Outcome<Baseline | null> {
  const { value, diagnostics } = readYaml(source)
  const [tree] = value
  const shown = withoutOtherText(source)
  const at = (span: Span): Span => ({ ...span, source: shown })
  const start = { source, start: 0, end: 1 }
  const wrong = (span: Span, what: string): Outcome<null> => ({
    value: null,
    diagnostics: [...diagnostics, diagnostic('baseline-shape', at(span), { what })],
  })
  const version = scalarAt(tree ?? null, 'version')?.value
  if (tree?.kind !== 'map' || (version !== 1 && version !== 2))
    return wrong(tree ? firstOf(tree.span) : start, 'expected version 2')
  const other = otherKey(tree, ['$schema', 'version', 'findings'])
  if (other) return wrong(other, 'expected the keys $schema, version, and findings only')
  const list = get(tree, 'findings')
  if (list?.kind !== 'list') return wrong(list?.span ?? firstOf(tree.span), 'expected a list of findings')
  const entries: Entry[] = []
  for (const item of list.items) {
    const found = entryOf(item, version)
    if (typeof found === 'string') return wrong(firstOf(item.span), found)
    entries.push({ ...found, span: at(found.span) })
  }
  return { value: { path: source.path, entries }, diagnostics }
}

const firstOf = (span: Span): Span => ({ ...span, end: span.start + 1 })

/** The place of a key that is none of these. */
const otherKey = (map: Mapping, keys: readonly string[]): Span | null =>
  [...map.entries].find(([key]) => !keys.includes(key))?.[1].key ?? null

/** The same text, place for place, with stars for all but what a baseline consists of: reasons are their author's words. */
function withoutOtherText(source: Source): Source {
  const { text } = source
  return { ...source, text: starredOutside(text, rangesOf(text, parts), /[^\s{}[\],:"'-]/g), shown: true }
}

const parts =
  /(?<![\w.-])["']?(?:(?:reason|findings|version|expires)["']?\s*:|version["']?\s*:\s*\d+\b|expires["']?\s*:\s*["']?[\d-]+\b|(?:code|workload|path|subject)["']?\s*:\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|'[^']*'|[^\s"'][^\n,}]*))/g

const fields = ['code', 'workload', 'path', 'subject', 'reason', 'expires'] as const

function entryOf(item: Tree, version: 1 | 2): Entry | string {
  const [code, subject] = [textAt(item, 'code'), textAt(item, 'subject')]
  if (item.kind !== 'map' || code === null || subject === null) return 'expected code and subject in every entry'
  if (otherKey(item, fields)) return `expected the keys ${fields.join(', ')} only in every entry`
  const expires = textAt(item, 'expires')
  if (expires !== null && !isDate(expires)) return `expected a date such as 2026-12-31 for expires`
  return {
    code,
    subject,
    workload: textAt(item, 'workload') ?? '',
    path: textAt(item, 'path') ?? '',
    reason: textAt(item, 'reason') ?? '',
    expires,
    keys: version === 1 ? [subject, ...partsOf(code, subject)] : [subject],
    span: scalarAt(item, 'code')?.span ?? item.span,
  }
}

const codesOf = (names: readonly Name[]): ReadonlySet<string> => new Set(names.map(name => catalog[name].code))
const ofGrants = codesOf([
  'missing-grant',
  'excess-grant',
  'phantom-grant',
  'wildcard-grant',
  'rule-in-the-wrong-place',
])
const ofPrivileges = codesOf(['missing-privilege', 'excess-privilege'])

/** The keys of what an entry of version 1 accepted as a whole: lines of grants, whose verbs are listed, or of privileges. */
function partsOf(code: string, subject: string): readonly string[] {
  const [, holder = '', lines = subject] = /^((?!container )[^ ]+(?:, [^ ]+)*: )(.*)$/s.exec(subject) ?? []
  const all = lines.split(' · ')
  if (ofPrivileges.has(code)) return all.map(line => holder + stableLine(line))
  if (!ofGrants.has(code)) return []
  return all.flatMap(line => {
    const at = line.lastIndexOf(' ') + 1
    return line
      .slice(at)
      .split(',')
      .map(verb => holder + line.slice(0, at) + verb)
  })
}
