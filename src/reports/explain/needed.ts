import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Settler } from '../../diagnostic/settlers-in-words.ts'
import { type Grant, grantLine, implies } from '../../kubernetes/grant.ts'
import type { Plan } from '../../plan/plan.ts'
import { privilegeLine } from '../../plan/privilege.ts'
import { rulesOf } from '../../rules/map/load.ts'
import type { Permission } from '../../rules/map/search.ts'
import type { Certainty, Reason } from '../../rules/requirement.ts'
import { type Known, settling } from '../check/settle.ts'
import { type Evidence, explainRules } from './explain-rules.ts'
import { permissionOf } from './permission.ts'
import { isAbout, type PrivilegeQuestion, privilegeOf } from './privilege.ts'
import { controlsOf } from './standards.ts'

/** Something that a configuration needs, and each instance that is a reason for it. */
export interface NeededLine {
  /** In the notation of all outputs: `cluster pods list`, `capability SYS_PTRACE`. */
  readonly need: string
  readonly certainty: Certainty
  readonly reasons: readonly NeededReason[]
}

/** One instance that needs it. */
export interface NeededReason {
  readonly reason: Reason
  readonly evidence: readonly Evidence[]
  /** What would tell whether it is needed at all; null where that is certain. */
  readonly settlers: readonly Settler[] | null
}

/** What in a plan is asked about by a permission, a privilege, a Pod Security level or a rule; null for a thing that is none of these. */
export function neededFor(
  thing: string,
  { grants, privileges }: Plan,
  said: readonly Diagnostic[],
): readonly NeededLine[] | null {
  const line = lineOf({ said, planned: grants })
  const asked = thing.trim().replace(/\s+/g, ' ')
  const privilege = privilegeOf(asked)
  if (privilege) {
    return privileges
      .filter(each => isAsked(each.privilege, privilege))
      .map(each => line(privilegeLine(each.privilege), each))
  }
  if (/^[\w.]+#[\w-]+$/.test(asked)) {
    const by = ({ rule }: Reason): boolean => rule === asked
    return [
      ...grants.map(each => line(grantLine(each.grant), each, by)),
      ...privileges.map(each => line(privilegeLine(each.privilege), each, by)),
    ].filter(({ reasons }) => reasons.length > 0)
  }
  const wanted = permissionOf(asked)
  if (wanted === null) return null
  return grants.filter(({ grant }) => isMeant(grant, wanted)).map(each => line(grantLine(each.grant), each))
}

function isAsked(privilege: Parameters<typeof isAbout>[0], question: PrivilegeQuestion): boolean {
  return question.kind === 'level' ? controlsOf(privilege, question.level).length > 0 : isAbout(privilege, question)
}

/** Whether a grant is the one that is asked about, wherever it holds, or wider. */
export function isMeant(grant: Grant, wanted: Permission): boolean {
  if (grant.kind === 'url') {
    if (wanted.kind !== 'url') return false
    return implies(grant, { kind: 'url', url: wanted.url, verb: wanted.verb ?? grant.verb })
  }
  if (wanted.kind === 'url') return false
  const { resource, group, verb } = wanted
  const same = {
    ...grant,
    resource,
    group: group ?? grant.group,
    verb: verb === null || verb === '*' ? grant.verb : verb,
  }
  return implies(grant, same)
}

const lineOf =
  (known: Known) =>
  (
    need: string,
    { certainty, reasons }: { readonly certainty: Certainty; readonly reasons: readonly Reason[] },
    counts: (reason: Reason) => boolean = () => true,
  ): NeededLine => ({
    need,
    certainty,
    reasons: reasons.filter(counts).map(reason => ({
      reason,
      evidence: evidenceOf(reason),
      settlers: reason.certainty === 'certain' ? null : settling([reason], known).settlers,
    })),
  })

/** What the rule of a reason rests on, of what held for the release. */
function evidenceOf({ rule, evidence }: Reason): readonly Evidence[] {
  const [component = ''] = rule.split('#')
  const rules = rulesOf(component)
  const all = rules === null ? [] : (explainRules(component, rules).find(each => each.rule === rule)?.evidence ?? [])
  const held = all.filter(({ at }) => evidence.includes(at))
  return held.length > 0 ? held : all.filter(({ until }) => until === null)
}
