import { diagnostics as notes } from '#rulemap/diagnostics'
import { type Code, codes, entryOf, isCode } from '../../diagnostic/catalog.ts'
import type { Entry } from '../../diagnostic/entry.ts'
import { nearest } from '../../diagnostic/suggest.ts'
import { componentNames } from '../../inventory/inventory.ts'
import { privilegeRisk } from '../../kubernetes/pod/privilege-risk.ts'
import { riskOf } from '../../kubernetes/risk.ts'
import { required } from '../../required.ts'
import { ruledComponents, rulesOf } from '../../rules/map/load.ts'
import type { ComponentRules, Condition } from '../../rules/map/schema.ts'
import { type Permission, requesters, requestReaches, whoNeeds } from '../../rules/map/search.ts'
import { cited, type Evidence, explainRules, type RuleExplanation } from './explain-rules.ts'
import { permissionOf } from './permission.ts'
import { type NamedCondition, phrasing } from './phrase.ts'
import { asks, type PrivilegeQuestion, privilegeOf, questionLine } from './privilege.ts'
import { violatedBy } from './standards.ts'

/** What is said of a diagnostic beyond its message. */
export interface CodeNotes {
  /** Why it is said. */
  readonly means: string
  /** What to do, where the help does not say it all. */
  readonly remedy?: string
  /** An input that shows it, and the command to run over it. */
  readonly command?: string
  readonly files?: readonly { readonly path: string; readonly text: string }[]
  /** Why no input leads to it today, where none does. */
  readonly never?: string
}

/** The answer to `explain THING`. */
export type Explanation =
  | {
      readonly kind: 'overview'
      /** How many components are known; what else has rules is another part of Alloy. */
      readonly components: number
      readonly families: readonly { readonly name: string; readonly components: number; readonly needing: number }[]
    }
  | {
      readonly kind: 'component'
      readonly name: string
      readonly about: string
      /** When the pod's own account talks to the API server, in words; null: always. */
      readonly identity: string | null
      /** What the names in the conditions mean, once for all rules. */
      readonly conditions: readonly NamedCondition[]
      readonly rules: readonly RuleExplanation[]
      /** What shows that it needs nothing, where it does not. */
      readonly evidence: readonly Evidence[]
    }
  | { readonly kind: 'rule'; readonly rule: RuleExplanation; readonly about: string }
  | {
      readonly kind: 'grant'
      readonly wanted: Permission
      readonly askedBy: readonly RuleExplanation[]
      /** Components that may need it because of where their arguments send the token. */
      readonly requesters: readonly string[]
      /** What else it would allow; null where it only reads what it names. */
      readonly risk: string | null
    }
  | {
      readonly kind: 'privilege'
      /** `capability SYS_PTRACE` */
      readonly wanted: string
      /** What it allows; null where its name says it all. */
      readonly risk: string | null
      readonly askedBy: readonly RuleExplanation[]
      /** Rules whose path or port an argument names: it may be this one. */
      readonly named: readonly RuleExplanation[]
    }
  | {
      readonly kind: 'level'
      /** A Pod Security level. */
      readonly wanted: string
      /** The components that may need what it forbids, and the controls that they violate then. */
      readonly violated: readonly { readonly component: string; readonly controls: readonly string[] }[]
    }
  | {
      readonly kind: 'code'
      readonly code: string
      readonly severity: Entry['severity']
      readonly name: string
      readonly help: string | null
      readonly stage: string
      readonly notes: CodeNotes
    }
  | {
      readonly kind: 'unknown'
      readonly thing: string
      readonly suggestion: string | null
      /** It may be a component of some configuration: `prometheus.scrape.kubelet`. */
      readonly instance: boolean
    }

const stages = ['syntax', 'modules and references', 'evaluation', 'rule map and versions', 'check', 'chart and values']

/**
 * Explains a component, a grant, a privilege, a rule of the map or a diagnostic code; nothing asked: what there is.
 *
 * @example
 * ```ts
 * import { explain } from 'alloy-rbac'
 *
 * const found = explain('loki.source.kubernetes')
 * if (found.kind === 'component') console.log(found.rules.map(({ rule }) => rule).join(' '))
 * // loki.source.kubernetes#log loki.source.kubernetes#pod
 * ```
 */
export function explain(thing: string | null): Explanation {
  if (thing === null || thing.trim() === '') return overview()
  const asked = thing.trim().replace(/\s+/g, ' ')
  const code = asked.toUpperCase()
  if (isCode(code)) return explainCode(code)
  const rules = rulesOf(asked)
  if (rules) return explainComponent(asked, rules)
  const [component = '', id = ''] = asked.split('#')
  const owner = rulesOf(component)
  const rule = owner && explainRules(component, owner).find(each => each.rule === `${component}#${id}`)
  if (owner && rule) return { kind: 'rule', rule, about: owner.about }
  const privilege = privilegeOf(asked)
  if (privilege) return explainPrivilege(privilege)
  const wanted = permissionOf(asked)
  if (wanted) {
    const askedBy = whoNeeds(wanted).flatMap(asking =>
      explainRules(asking.component, asking.rules).filter(({ rule }) => rule === asking.rule),
    )
    const reached = requestReaches(wanted)
    const risk = riskOf(wanted)?.sentence ?? null
    return { kind: 'grant', wanted, askedBy, requesters: reached ? requesters() : [], risk }
  }
  const instance = !asked.includes(' ') && ruledComponents().some(each => asked.startsWith(`${each}.`))
  const suggestion = nearest(asked, [...ruledComponents(), ...codes])
  return { kind: 'unknown', thing: asked, suggestion, instance }
}

function overview(): Explanation {
  const families = new Map<string, { components: number; needing: number }>()
  for (const component of ruledComponents()) {
    const [name = ''] = component.split('.')
    const family = families.get(name) ?? { components: 0, needing: 0 }
    family.components++
    if (needsSomething(required(rulesOf(component), `the rules of ${component}`))) family.needing++
    families.set(name, family)
  }
  const components = ruledComponents().filter(name => componentNames.includes(name)).length
  return { kind: 'overview', components, families: [...families].map(([name, counts]) => ({ name, ...counts })) }
}

/** Says whether a component may need anything at all. */
const needsSomething = ({ grants, urls, requests, privileges }: ComponentRules): boolean =>
  [grants, urls, requests, privileges].some(each => Object.keys(each ?? {}).length > 0)

/** What is said of a code beyond its message. */
export const notesOf = (code: Code): CodeNotes => JSON.parse(required(notes[code], `the page of ${code}`)) as CodeNotes

function explainCode(code: Code): Explanation {
  const entry = entryOf(code)
  const stage = stages[Number(code[3])] ?? ''
  return {
    kind: 'code',
    code,
    severity: entry.severity,
    name: entry.name,
    help: entry.help ?? null,
    stage,
    notes: notesOf(code),
  }
}

function explainPrivilege(question: PrivilegeQuestion): Explanation {
  const components = ruledComponents().map(name => ({ name, rules: required(rulesOf(name), `the rules of ${name}`) }))
  const wanted = questionLine(question)
  if (question.kind === 'level') {
    const violated = components.map(({ name, rules }) => ({
      component: name,
      controls: violatedBy(rules, question.level),
    }))
    return { kind: 'level', wanted, violated: violated.filter(({ controls }) => controls.length > 0) }
  }
  const by = (how: ReturnType<typeof asks>): readonly RuleExplanation[] =>
    components.flatMap(({ name, rules }) => {
      const ids = Object.entries(rules.privileges ?? {}).filter(([, rule]) => asks(rule, question) === how)
      if (ids.length === 0) return []
      const names = new Set(ids.map(([id]) => `${name}#${id}`))
      return explainRules(name, rules).filter(({ rule, kind }) => kind === 'privilege' && names.has(rule))
    })
  return { kind: 'privilege', wanted, risk: privilegeRisk(wanted), askedBy: by('always'), named: by('named') }
}

function explainComponent(name: string, rules: ComponentRules): Explanation {
  const found = explainRules(name, rules)
  const { phraseOf, namedIn } = phrasing(rules)
  const own = found.length === 0 ? null : asksAsItself(rules)
  const named = [...(own === null ? [] : namedIn(own)), ...found.flatMap(({ conditions }) => conditions)]
  return {
    kind: 'component',
    name,
    about: rules.about,
    identity: own === null ? null : phraseOf(own),
    conditions: [...new Map(named.map(each => [each.name, each])).values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    rules: found,
    evidence: found.length === 0 ? Object.values(rules.evidence).map(cited) : [],
  }
}

/** When a component talks to the API server as the pod's account; null: always. */
function asksAsItself({ started, identity }: ComponentRules): Condition | null {
  if (started === undefined || identity === undefined) return started ?? identity ?? null
  return { $all: [started, identity] }
}
