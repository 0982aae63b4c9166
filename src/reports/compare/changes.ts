import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { groupedBy } from '../../grouped-by.ts'
import { grantKey, grantLines, uniqueGrants } from '../../kubernetes/grant.ts'
import { privilegeRisk } from '../../kubernetes/pod/privilege-risk.ts'
import { riskOf } from '../../kubernetes/risk.ts'
import { compareText } from '../../text/compare-text.ts'
import type { AccessChange, Aspect } from './comparison.ts'
import { differenceOf, type Gained } from './difference.ts'
import type { Item, Thing } from './items.ts'

type Kind = AccessChange['change']

/** The changes between two lists of items, those of one origin that are equally severe as one: new, lost, changed; the most severe first. */
export function changesOf(old: readonly Item[], now: readonly Item[], collector: string): readonly AccessChange[] {
  const { gained, lost, changed } = differenceOf(old, now)
  const of = (list: readonly Gained[], change: Kind): readonly AccessChange[] =>
    groupedBy(list, groupOf)
      .map(group => changeOf(group, change, collector))
      .sort(bySeverity)
  return [...of(gained, 'new'), ...of(lost, 'lost'), ...of(changed, 'changed')]
}

const aspects: readonly Aspect[] = ['needed', 'granted']

function bySeverity(a: AccessChange, b: AccessChange): number {
  return (
    a.rank - b.rank ||
    aspects.indexOf(a.aspect) - aspects.indexOf(b.aspect) ||
    compareText(a.lines.join('\n'), b.lines.join('\n'))
  )
}

/** What the same blocks ask for, or the same rules give, and is equally severe. */
function groupOf({ item }: Gained): string {
  const { aspect, thing, certainty, places } = item
  const askedBy = places.map(({ span, text }) => [span.source.path, span.start, text])
  return JSON.stringify([aspect, thing.kind, certainty, severityOf(thing).rank, askedBy])
}

function changeOf(group: readonly [Gained, ...Gained[]], change: Kind, collector: string): AccessChange {
  const [{ item }] = group
  const { aspect, thing, certainty, places } = item
  const grants = uniqueGrants(
    group.flatMap(({ item: { thing: each } }) => (each.kind === 'access' ? [each.grant] : [])),
  )
  const told: Told = {
    ...{ change, aspect, kind: thing.kind, certainty, places, grants },
    rank: severityOf(thing).rank,
    risks: [...new Set(group.flatMap(each => severityOf(each.item.thing).risk ?? []))],
    lines: linesOf(group.map(each => each.item)),
    instead: linesOf(group.flatMap(each => each.instead)),
  }
  return { ...told, diagnostic: tell(told, collector) }
}

/** Items in the one-line notation, the verbs of one resource on one line. */
function linesOf(items: readonly Item[]): readonly string[] {
  const assumed = new Set(
    items.flatMap(({ thing, certainty }) =>
      thing.kind === 'access' && certainty === 'assumed' ? [grantKey(thing.grant)] : [],
    ),
  )
  const grants = items.flatMap(({ thing }) => (thing.kind === 'access' ? [thing.grant] : []))
  const others = items.flatMap(({ thing, certainty }) =>
    thing.kind === 'access' ? [] : [thing.line + (certainty === 'assumed' ? ' assumed' : '')],
  )
  return [...grantLines(grants, grant => assumed.has(grantKey(grant))), ...[...new Set(others)].sort(compareText)]
}

/** What a thing gives away, and where that stands among others: 0 is the most severe. */
interface Severity {
  readonly risk: string | null
  readonly rank: number
}

/** How much a thing gives away. Everything beyond the least pod is a risk, though not each has a sentence of its own. */
function severityOf(thing: Thing): Severity {
  switch (thing.kind) {
    case 'access': {
      const found = riskOf(thing.grant)
      return { risk: found?.sentence ?? null, rank: found?.rank ?? 9 }
    }
    case 'unseen':
      return { risk: 'may be anything', rank: 0 }
    default:
      return privilegeSeverity(thing.line)
  }
}

function privilegeSeverity(line: string): Severity {
  // A path that is written and a port are the container's own.
  if (/^(?:writable|port) /.test(line)) return { risk: null, rank: 9 }
  const own = line.replace(/^container \S+: (?!capability|mount|the )/, 'pod ').replace(/^container \S+: /, '')
  const risk =
    privilegeRisk(own) ?? (own.startsWith('mount ') ? mountRisk(own) : 'is not part of the least privileged pod')
  return { risk, rank: own === 'pod privileged' || own === 'capability SYS_ADMIN' ? 0 : 2 }
}

const mountRisk = (line: string): string =>
  line.endsWith(' rw') ? 'writes files of the node' : 'reads files of the node'

type Told = Omit<AccessChange, 'diagnostic'>

function tell(told: Told, collector: string): Diagnostic {
  const { change, aspect, kind, lines, places, risks, instead } = told
  const [first, ...more] = places
  const by = shortened([...new Set(places.map(({ text }) => text))], ', ')
  const args = {
    by,
    what: lines.join(' · '),
    kind,
    instead: shortened(instead, ' · '),
    risk: risks.length === 1 ? risks.join() : '',
    collector,
  }
  const name = names[`${change} ${aspect}`]
  const severity = change === 'new' && risks.length > 0 ? 'warning' : 'note'
  return diagnostic(name, first?.span ?? null, args, { related: more, severity })
}

const names = {
  'new needed': 'compared-newly-needed',
  'new granted': 'compared-newly-granted',
  'lost needed': 'compared-no-longer-needed',
  'lost granted': 'compared-no-longer-granted',
  'changed needed': 'compared-certainty',
  'changed granted': 'compared-certainty',
} as const

/** The first of many: a message is one sentence. */
function shortened(texts: readonly string[], between: string): string {
  const more = texts.length - 3
  return texts.slice(0, 3).join(between) + (more > 0 ? ` and ${more} more` : '')
}
