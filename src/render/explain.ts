import type { CodeNotes, Explanation } from '../reports/explain/explain.ts'
import type { Evidence, RuleExplanation } from '../reports/explain/explain-rules.ts'
import type { NamedCondition } from '../reports/explain/phrase.ts'
import { inertLines } from '../text/inert.ts'

/** An explanation as text, ending in one line feed. */
export function explanationText(explanation: Explanation): string {
  return `${inertLines(lines(explanation)).trimEnd()}\n`
}

function lines(explanation: Explanation): readonly string[] {
  switch (explanation.kind) {
    case 'overview':
      return overview(explanation)
    case 'component':
      return component(explanation)
    case 'rule':
      return [
        `${explanation.rule.rule}`,
        explanation.about,
        '',
        ...ruleLines(explanation.rule),
        ...meanings(explanation.rule.conditions).map(line => `  ${line}`),
      ]
    case 'grant':
      return grant(explanation)
    case 'privilege':
      return privilege(explanation)
    case 'level':
      return level(explanation)
    case 'code':
      return [
        `${explanation.code} ${explanation.name}`,
        `severity  ${explanation.severity}`,
        `stage     ${explanation.stage}`,
        ...(explanation.help === null ? [] : [`help      ${explanation.help}`]),
        ...codeNotes(explanation.notes),
      ]
    case 'unknown':
      return [
        `${explanation.thing} is not a component, a grant, a privilege, a rule, or a diagnostic code`,
        ...hint(explanation),
      ]
  }
}

function hint({ thing, instance, suggestion }: Extract<Explanation, { kind: 'unknown' }>): readonly string[] {
  if (instance) return [`to trace it, pass its configuration too: explain ${thing} config.alloy`]
  return suggestion === null ? [] : [`did you mean ${suggestion}?`]
}

function codeNotes({ means, remedy, command, files = [], never }: CodeNotes): readonly string[] {
  return [
    '',
    means,
    ...(remedy === undefined ? [] : [remedy]),
    ...(never === undefined ? [] : ['', `Not covered: ${never}.`]),
    ...files.flatMap(({ path, text }) => [
      '',
      `${path}:`,
      ...text
        .trimEnd()
        .split('\n')
        .map(line => `  ${line}`.trimEnd()),
    ]),
    ...(command === undefined ? [] : ['', `$ ${command}`]),
  ]
}

function overview({ components, families }: Extract<Explanation, { kind: 'overview' }>): readonly string[] {
  const width = Math.max(...families.map(({ name }) => name.length))
  const all = families.reduce((sum, { components }) => sum + components, 0)
  const needing = families.reduce((sum, family) => sum + family.needing, 0)
  return [
    `${components} components and ${all - components} other parts of Alloy, of which ${needing} may need something`,
    '',
    ...families.map(family => {
      const count = `${family.components} component${family.components === 1 ? '' : 's'}`
      return `  ${family.name.padEnd(width)}  ${count}, ${family.needing} may need something`
    }),
    '',
    'explain COMPONENT, explain GRANT (secrets get), explain PRIVILEGE (pod hostPID), explain RULE (loki.source.kubernetes#log), or explain CODE (ARB201)',
  ]
}

function component({
  name,
  about,
  identity,
  conditions,
  rules,
  evidence,
}: Extract<Explanation, { kind: 'component' }>): readonly string[] {
  if (rules.length === 0) {
    return [
      name,
      about,
      '',
      'Verified to need nothing:',
      ...evidence.flatMap(each => [`  ${saidOf(each)}`, `    ${each.url}`]),
    ]
  }
  return [
    name,
    about,
    ...(identity === null ? [] : ['', `Needs permissions only if ${identity}.`]),
    ...(conditions.length === 0 ? [] : ['', ...meanings(conditions)]),
    ...rules.flatMap(rule => ['', rule.rule, ...ruleLines(rule)]),
  ]
}

function ruleLines(rule: RuleExplanation): readonly string[] {
  const row = (name: string, text: string | null): readonly string[] =>
    text === null ? [] : [`  ${name.padEnd(8)}  ${text}`]
  return [
    ...rule.needs.flatMap(need => row('needs', need)),
    ...row('where', rule.where),
    ...row('when', rule.when ?? 'always'),
    ...row('releases', rule.releases),
    ...row(
      'assumed',
      rule.assumed ? 'it depends on objects that exist only in the cluster; --objects passes them' : null,
    ),
    ...row('optional', rule.optional),
    ...row('without', rule.without),
    ...rule.alternatives.flatMap(each => row('or', each)),
    ...row('known', rule.confidence),
    ...rule.evidence.flatMap(each => [...row('because', saidOf(each)), `            ${each.url}`]),
  ]
}

/** What the names of conditions mean. */
const meanings = (conditions: readonly NamedCondition[]): readonly string[] =>
  conditions.map(({ name, phrase }) => `${name}: ${phrase}`)

/** What a fact says, and until when. */
const saidOf = ({ says, until }: Evidence): string => (until === null ? says : `${says} (Before Alloy ${until}.)`)

function askedFor(rules: readonly RuleExplanation[]): readonly string[] {
  return rules.flatMap(rule => [
    `  ${rule.rule}${rule.optional === null ? '' : ' (optional)'}${rule.assumed ? ' (assumed)' : ''}`,
    `      when ${rule.when ?? 'always'}`,
    ...meanings(rule.conditions).map(line => `        ${line}`),
    ...(rule.releases === null ? [] : [`      Alloy ${rule.releases}`]),
    ...(rule.without === null ? [] : [`      without it: ${rule.without}`]),
    ...rule.evidence.flatMap(each => [`      because ${saidOf(each)}`, `        ${each.url}`]),
  ])
}

function privilege(found: Extract<Explanation, { kind: 'privilege' }>): readonly string[] {
  const { wanted, risk, askedBy, named } = found
  const none = named.length > 0 ? [] : ['No Alloy component needs it.']
  return [
    wanted,
    ...(risk === null ? [] : [`Risk: the pod ${risk}.`]),
    '',
    ...(askedBy.length > 0 ? ['Needed by:'] : none),
    ...askedFor(askedBy),
    ...(named.length === 0 ? [] : ['', 'May be needed, depending on what arguments name:', ...named.map(namedLine)]),
    '',
    'What a configuration needs it for: explain with the configuration behind it.',
  ]
}

const namedLine = ({ rule, needs, when }: RuleExplanation): string =>
  `  ${rule}: ${needs.join(', ')}${when === null ? '' : `, when ${when}`}`

function level({ wanted, violated }: Extract<Explanation, { kind: 'level' }>): readonly string[] {
  return [
    wanted,
    '',
    'Violated where these need all that they may need:',
    ...violated.map(({ component, controls }) => `  ${component}: ${controls.join(', ')}`),
    '',
    'All other components run in a pod of this level.',
  ]
}

function grant({ wanted, askedBy, requesters, risk }: Extract<Explanation, { kind: 'grant' }>): readonly string[] {
  const what =
    wanted.kind === 'url' ? `url ${wanted.url}` : `${wanted.resource}${wanted.group ? `.${wanted.group}` : ''}`
  return [
    `${what}${wanted.verb === null ? '' : ` ${wanted.verb}`}`,
    ...(risk === null ? [] : [`Risk: it ${risk}.`]),
    '',
    ...(askedBy.length === 0 ? ['No Alloy component needs it by itself.'] : ['Needed by:']),
    ...askedBy.flatMap(rule => [
      `  ${rule.rule}${rule.optional === null ? '' : ' (optional)'}${rule.assumed ? ' (assumed)' : ''}`,
      `      when ${rule.when ?? 'always'}`,
      ...meanings(rule.conditions).map(line => `        ${line}`),
      ...(rule.without === null ? [] : [`      without it: ${rule.without}`]),
    ]),
    ...(requesters.length === 0
      ? []
      : ['', "May be needed if these send the service account's token:", ...requesters.map(name => `  ${name}`)]),
  ]
}
