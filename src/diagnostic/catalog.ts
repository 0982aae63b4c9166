import { type Rendering, renderingInWords, repairs, unknownArgument } from './argument-helps.ts'
import { type Doubt, doubtsInWords, helpForDoubts } from './doubts-in-words.ts'
import {
  byGenerate,
  denied,
  deniedPerhaps,
  type Edit,
  editInWords,
  type PodEdits,
  podEditsInWords,
  ruleEdit,
} from './edit-in-words.ts'
import { grantsInWords } from './grants-in-words.ts'
import { type LinuxRefusal, linuxAdvice } from './linux-advice.ts'
import { helpForUnavailable, type Unavailable, whyUnavailable } from './module-in-words.ts'
import { forObjects, numbered } from './objects-in-words.ts'
import { holderInWords, privilegesInWords } from './privileges-in-words.ts'
import { proxyAvoided } from './proxy-avoided.ts'
import { type Settler, settlersInWords } from './settlers-in-words.ts'
import { didYouMean } from './suggest.ts'
import { characters, type Slip, slips } from './syntax-helps.ts'

/** The names that SARIF uses. error: no plan, or Alloy is denied something; warning: the plan is right, but the deployment is not; note: right, possibly wider than needed. */
export const severities = ['error', 'warning', 'note'] as const

/** How much a diagnostic weighs. */
export type Severity = (typeof severities)[number]

/** What the catalog knows about a diagnostic. */
export interface Entry {
  /** What users see and search for: `ARB` and three digits, the first of which is the stage. */
  readonly code: string
  readonly severity: Severity
  // biome-ignore lint/suspicious/noExplicitAny: each entry types its own arguments; `Args` recovers them
  readonly message: (args: any) => string
  /** What to do: one imperative sentence, lower case, without a final period. */
  readonly help?: string
  /** What to do where the arguments tell more than `help`, which stays for null. Only here are helps made: call sites pass arguments. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly helpFor?: (args: any) => Help | null
}

/** A help of one line, or of several: a sentence and a list. */
export type Help = string | readonly string[]

/** One difference between two states of an input, its lines in the one-line notation. */
type Compared = Readonly<Record<'by' | 'what' | 'kind' | 'instead' | 'risk' | 'collector', string>>

const riskInWords = (risk: string): string => (risk === '' ? '' : `; it ${risk}`)

const ofCollector = (name: string): string => (name === '' ? '' : `${name}: `)

/** A folder of the host that components look for at a path of the container. */
interface MountNeed {
  readonly components: readonly string[]
  readonly hostPath: string
  readonly mountPath: string
}

/** What is said of the objects that a component reads. */
interface ObjectsNote {
  readonly component: string
  readonly kind: string
  readonly count: number
  readonly rules: readonly string[]
}

/** The name that may have been meant; null where none is near. */
interface Close {
  readonly close: string | null
}

/** A change of a release that its documentation names. */
interface Documented {
  readonly component?: string
  readonly since: string
  readonly says: string
  readonly source: string
}

/** What would tell whether it is needed; null where that is known. */
interface Settled {
  readonly settlers: readonly Settler[] | null
}

const settledWith = (todo: string, settlers: readonly Settler[] | null): string =>
  settlers === null ? todo : `${todo}; ${settlersInWords(settlers)}`

/** The options that would say what is known only at run time, `--env NODE=VALUE`; null where no argument is known to be. */
const narrowedBy = ({ settled }: { settled: string | null }): string | null => {
  if (settled === null) return null
  if (settled === '') return 'write the value in the configuration to narrow the result'
  return `set the ${settled.includes(' --') ? 'values' : 'value'} with ${settled} to narrow the result`
}

const passing = (command: string): string => `pass what it makes: ${command} | alloy-rbac check -`

const byValuesOnly = ({ byValues }: { byValues: boolean }): string | null => (byValues ? byGenerate : null)

const passConfiguration = (instance: string): string =>
  `the configuration does not contain ${instance}: pass the one that this pod runs with --config`

/**
 * Every diagnostic the program can report, by its kebab-case name. The first digit of a code is the stage: 0 syntax, 1 modules and references, 2 evaluation,
 * 3 rule map and versions, 4 check, 5 chart and values. Codes are never reused.
 */
export const catalog = {
  'unexpected-token': {
    code: 'ARB001',
    severity: 'error',
    message: ({ found, expected }: { found: string; expected: string }) => `expected ${expected}, found ${found}`,
    helpFor: ({ slip }: { slip?: Slip | undefined }) => (slip === undefined ? null : slips[slip]),
  },
  'statements-on-one-line': {
    code: 'ARB002',
    severity: 'error',
    message: ({ found }: { found: string }) => `expected the end of the line after a statement, found ${found}`,
    help: 'put each statement on a line of its own',
  },
  'missing-comma': {
    code: 'ARB003',
    severity: 'error',
    message: ({ found, closer }: { found: string; closer: string }) => `expected , or ${closer}, found ${found}`,
    help: 'separate elements with commas',
    helpFor: ({ closer, isAtLineEnd }: { closer: string; isAtLineEnd: boolean }) =>
      isAtLineEnd ? `add a comma here, or the ${closer}` : null,
  },
  'unclosed-bracket': {
    code: 'ARB004',
    severity: 'error',
    message: ({ opener, closer, found }: { opener: string; closer: string; found: string }) =>
      `expected ${closer} for the ${opener} that is still open, found ${found}`,
    helpFor: ({ closer, isOnNextLine = false }: { closer: string; isOnNextLine?: boolean }) =>
      isOnNextLine ? `move the ${closer} to the same line` : null,
  },
  'value-after-value': {
    code: 'ARB005',
    severity: 'error',
    message: ({ found }: { found: string }) =>
      `expected an operator or the end of the value before the string, found ${found} after it`,
    help: 'join two values with an operator, separate them with a comma, or escape the quotes inside a string',
  },
  'block-as-value': {
    code: 'ARB006',
    severity: 'error',
    message: () => 'a block cannot be the value of an attribute',
    help: 'remove the = to write a block, or separate the fields of an object with commas',
  },
  'attribute-name': {
    code: 'ARB007',
    severity: 'error',
    message: ({ name }: { name: string }) => `${name} is not a valid attribute name: expected a single identifier`,
    help: 'open the block that the attribute belongs to, and write only the last part of the name there',
  },
  'attribute-label': {
    code: 'ARB008',
    severity: 'error',
    message: ({ name }: { name: string }) => `attribute ${name} has a label; only blocks have labels`,
    help: 'remove the label, or write { instead of =',
  },
  'label-not-identifier': {
    code: 'ARB009',
    severity: 'error',
    message: ({ why }: { why: string }) => `a block label must be a double-quoted identifier, ${why}`,
    help: 'use only letters, digits, and underscores, in double quotes, starting with a letter or an underscore',
  },
  'illegal-character': {
    code: 'ARB010',
    severity: 'error',
    message: ({ character }: { character: string }) => `${character} is not a valid character in Alloy syntax`,
    helpFor: ({ image }: { image: string }) => characters[image] ?? null,
  },
  'half-operator': {
    code: 'ARB011',
    severity: 'error',
    message: ({ half }: { half: string }) => `${half} alone is not an operator, ${half}${half} is`,
    help: 'double the character',
  },
  'exponent-without-digits': {
    code: 'ARB012',
    severity: 'error',
    message: ({ number }: { number: string }) => `the exponent of ${number} has no digits`,
    help: 'add digits after the e, or remove it',
  },
  'unterminated-string': {
    code: 'ARB013',
    severity: 'error',
    message: ({ quote }: { quote: string }) => `the string that starts here has no closing ${quote}`,
    helpFor: ({ quote }: { quote: string }) =>
      quote === '`'
        ? 'close it; a backquote cannot be escaped'
        : 'close it on the same line, or use backquotes for several lines',
  },
  'single-quoted-string': {
    code: 'ARB014',
    severity: 'error',
    message: () => 'a string is written in double quotes or backquotes, not in single quotes',
    help: 'use double quotes',
  },
  'unterminated-comment': {
    code: 'ARB015',
    severity: 'error',
    message: () => 'the comment that starts here has no closing */',
    help: 'close it with */; comments do not nest',
  },
  'unknown-escape': {
    code: 'ARB016',
    severity: 'error',
    message: ({ sequence }: { sequence: string }) => `${sequence} is not a valid escape sequence`,
    help: 'double the backslash if you mean a backslash, or put the string in backquotes, where nothing is escaped',
  },
  'malformed-escape': {
    code: 'ARB017',
    severity: 'error',
    message: ({ kind, digits, found }: { kind: string; digits: string; found: string }) =>
      `${kind} must be followed by ${digits}, found ${found}`,
  },
  'escape-out-of-range': {
    code: 'ARB018',
    severity: 'error',
    message: ({ sequence, limit }: { sequence: string; limit: string }) =>
      `${sequence} is not a valid character: ${limit}`,
  },
  'forbidden-character': {
    code: 'ARB019',
    severity: 'error',
    message: ({ character }: { character: string }) =>
      `${character} is not allowed anywhere in a configuration, not even in strings and comments`,
    help: 'remove the character',
  },
  'nested-too-deeply': {
    code: 'ARB020',
    severity: 'error',
    message: ({ limit }: { limit: number }) =>
      `brackets, blocks, and prefix operators are nested more than ${limit} levels deep`,
    help: 'move the inner part into a separate attribute or module',
  },
  'expression-too-long': {
    code: 'ARB021',
    severity: 'error',
    message: ({ limit }: { limit: number }) => `an expression chains more than ${limit} operators`,
    help: 'split the expression, or write a list',
  },
  'too-many-tokens': {
    code: 'ARB027',
    severity: 'error',
    message: ({ what, limit }: { what: string; limit: string }) => `${what} has more than ${limit} tokens`,
    help: 'split the configuration over several files',
  },
  'file-too-large': {
    code: 'ARB022',
    severity: 'error',
    message: ({ limit }: { limit: string }) => `the file is larger than ${limit}`,
    help: 'pass the configuration itself',
  },
  'not-utf8': {
    code: 'ARB023',
    severity: 'error',
    message: ({ encoding }: { encoding: string }) => `the file is encoded in ${encoding}, expected UTF-8`,
    help: 'save it as UTF-8',
  },
  'bytes-not-utf8': {
    code: 'ARB024',
    severity: 'error',
    message: ({ offset }: { offset: number }) => `the bytes at offset ${offset} are not valid UTF-8`,
    help: 'save the file as UTF-8',
  },
  'template-outside-string': {
    code: 'ARB025',
    severity: 'error',
    message: () =>
      'a template action is allowed only inside a string value or a comment; here it changes the configuration itself',
    help: 'render the chart first: helm template … | alloy-rbac check -',
  },
  'variable-outside-string': {
    code: 'ARB028',
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `the variable ${name} is not known, and outside a string value or a comment it changes the configuration itself`,
    help: 'set it with --substitute NAME=VALUE, or pass what flux build kustomization prints',
  },
  'attribute-without-value': {
    code: 'ARB026',
    severity: 'error',
    message: ({ name }: { name: string }) => `${name} is read as the value of the attribute above it, found a second =`,
    help: 'add the missing value above',
  },
  'duplicate-block': {
    code: 'ARB101',
    severity: 'error',
    message: ({ id }: { id: string }) => `${id} is declared twice in the same module`,
    help: 'give one of them a different label, or remove it',
  },
  'attribute-outside-block': {
    code: 'ARB102',
    severity: 'error',
    message: ({ name }: { name: string }) => `attribute ${name} is outside of any block; a module contains only blocks`,
    help: 'move it into the block it belongs to',
  },
  'missing-label': {
    code: 'ARB103',
    severity: 'error',
    message: ({ block }: { block: string }) => `${block} has no label`,
    help: 'add a label after the name: a double-quoted identifier',
  },
  'unresolved-reference': {
    code: 'ARB104',
    severity: 'error',
    message: ({ reference }: { reference: string }) =>
      `${reference} does not exist in this module or is out of its scope`,
    helpFor: ({ close, reference, hidesStandard }: Close & { reference: string; hidesStandard: boolean }) =>
      didYouMean(close) ??
      (hidesStandard
        ? `a component named ${reference.split('.')[0]} hides the one from the standard library here: give its module a different label`
        : null),
  },
  'reference-cycle': {
    code: 'ARB105',
    severity: 'error',
    message: ({ cycle }: { cycle: string }) => cycle,
    help: 'break the cycle: Alloy evaluates a component after everything it refers to',
  },
  'module-unavailable': {
    code: 'ARB106',
    severity: 'error',
    message: ({ id, cause }: { id: string; cause: Unavailable }) =>
      `the module of ${id} is not available: ${whyUnavailable(cause)}`,
    help: 'provide a local copy with --module SOURCE=PATH',
    helpFor: ({ cause }: { cause: Unavailable }) => helpForUnavailable(cause),
  },
  'unused-module-unavailable': {
    code: 'ARB107',
    severity: 'warning',
    message: ({ id, cause }: { id: string; cause: Unavailable }) =>
      `the module of ${id} is not available (${whyUnavailable(cause)}); nothing in it is used, so nothing is missing from the plan`,
    helpFor: ({ cause }: { cause: Unavailable }) => `remove the import, or ${helpForUnavailable(cause)}`,
  },
  'unknown-custom-component': {
    code: 'ARB108',
    severity: 'error',
    message: ({ name, where }: { name: string; where: string }) => `${name} is not declared in ${where}`,
    helpFor: ({ close, hides }: Close & { hides: string | null }) =>
      didYouMean(close) ??
      (hides && `a module named ${hides} hides Alloy's own components of that name here: give it a different label`),
  },
  'missing-module-argument': {
    code: 'ARB109',
    severity: 'error',
    message: ({ argument, module }: { argument: string; module: string }) =>
      `${module} requires the argument ${argument}`,
    help: 'pass the argument, or mark it optional = true where it is declared',
  },
  'undeclared-module-argument': {
    code: 'ARB110',
    severity: 'error',
    message: ({ argument, module }: { argument: string; module: string }) =>
      `${module} does not declare the argument ${argument}`,
    helpFor: ({ close }: Close) => didYouMean(close),
  },
  'block-in-custom-component': {
    code: 'ARB111',
    severity: 'error',
    message: ({ block, module }: { block: string; module: string }) =>
      `${module} is a custom component and accepts only attributes, not the block ${block}`,
  },
  'misplaced-block': {
    code: 'ARB112',
    severity: 'error',
    message: ({ block, where }: { block: string; where: string }) => `${block} is not allowed in ${where}`,
  },
  'recursive-module': {
    code: 'ARB113',
    severity: 'error',
    message: ({ cycle }: { cycle: string }) => `${cycle} instantiates itself`,
    help: 'break the recursion: Alloy does not load a module that contains itself',
  },
  'too-many-instances': {
    code: 'ARB115',
    severity: 'error',
    message: ({ limit }: { limit: number }) => `the configuration expands to more than ${limit} component instances`,
    help: 'analyze the parts of the configuration one at a time',
  },
  'unused-declare': {
    code: 'ARB116',
    severity: 'note',
    message: ({ name }: { name: string }) => `declare ${name} is never used; nothing is granted for its contents`,
  },
  'outside-file': {
    code: 'ARB117',
    severity: 'note',
    message: ({ path }: { path: string }) =>
      `${path} is outside the input folder and is read because of --allow-outside`,
  },
  'remote-configuration': {
    code: 'ARB119',
    severity: 'error',
    message: ({ block, url }: { block: string; url: string }) =>
      `${block} loads more configuration from ${url}, which may need anything`,
    help: 'pass the pipelines with --remote (docs/remote.md), or accept an incomplete plan with --on-unknown warn or --on-unknown defaults',
  },
  'incomplete-foreach': {
    code: 'ARB120',
    severity: 'error',
    message: ({ id, what }: { id: string; what: string }) => `${id} has no ${what}`,
  },
  'ambiguous-import': {
    code: 'ARB121',
    severity: 'warning',
    message: ({ label }: { label: string }) =>
      `two imports are named ${label}; Alloy uses the one it evaluates last, so the components of both are searched here`,
    help: 'give one of them a different label',
  },
  'reserved-label': {
    code: 'ARB122',
    severity: 'error',
    message: (_: Record<never, never>) => 'a module cannot be named declare',
    help: 'give it a different label',
  },
  'labeled-configuration-block': {
    code: 'ARB123',
    severity: 'error',
    message: ({ block }: { block: string }) => `${block} configures Alloy itself and takes no label`,
    help: 'remove the label',
  },
  'terraform-unknown': {
    code: 'ARB490',
    severity: 'warning',
    message: ({ address, parts }: { address: string; parts: readonly string[] }) =>
      `${address} is known in part only after apply: ${parts.slice(0, 5).join(', ')}${parts.length > 5 ? ` and ${parts.length - 5} more` : ''}`,
    help: 'check the state after apply: terraform show -json | alloy-rbac check -',
  },
  'values-repeat-sensitive': {
    code: 'ARB491',
    severity: 'error',
    message: ({ owner, lists }: { owner: string; lists: readonly string[] }) =>
      `Helm replaces lists, so the values would repeat ${lists.join(', ')} of ${owner}, which contains what Terraform marks as sensitive`,
    help: 'keep what is sensitive out of these lists, for example in a Secret, or print the half without them: --only rbac or --only pod',
  },
  'unused-option': {
    code: 'ARB124',
    severity: 'note',
    message: ({ option, name, why }: { option: string; name: string; why: string }) =>
      `--${option} ${name} has no effect: ${why}`,
    helpFor: ({ close }: Close) => didYouMean(close),
  },
  'modules-only': {
    code: 'ARB125',
    severity: 'warning',
    message: (_: Record<never, never>) => 'the input defines modules but uses none of them, so the plan is empty',
    help: 'pass the configuration that uses them',
  },
  'remote-open': {
    code: 'ARB126',
    severity: 'warning',
    message: ({ block, url }: { block: string; url: string }) =>
      `${block} may load more pipelines from ${url} than are passed, which may need anything`,
    help: 'pass all pipelines with --remote, and state with --remote-complete that there are no others',
  },
  'remote-pipeline-perhaps': {
    code: 'ARB127',
    severity: 'note',
    message: ({ name, doubts }: { name: string; doubts: readonly Doubt[] }) =>
      `pipeline ${name} may be loaded here, since ${doubtsInWords(doubts)}: what it needs is assumed`,
    helpFor: ({ doubts }: { doubts: readonly Doubt[] }) => helpForDoubts(doubts),
  },
  'remote-pipeline-otel': {
    code: 'ARB128',
    severity: 'warning',
    message: ({ name }: { name: string }) => `pipeline ${name} is for the OpenTelemetry Collector and is not covered`,
    help: 'leave it out if the server does not serve it to this collector; ListPipelines takes a config_type',
  },
  'remote-pipeline-unread': {
    code: 'ARB129',
    severity: 'error',
    message: ({ name, why }: { name: string; why: string }) =>
      `${name === '' ? 'this pipeline' : `pipeline ${name}`} ${why}`,
    help: 'pass its contents',
  },
  'remote-matcher': {
    code: 'ARB130',
    severity: 'error',
    message: ({ matcher }: { matcher: string }) => `${matcher} is not a valid matcher`,
    help: 'write an attribute, one of = != =~ !~, and a value or a regular expression: env=prod, or team=~"a|b"',
  },
  'remote-nothing': {
    code: 'ARB131',
    severity: 'warning',
    message: ({ path }: { path: string }) => `${path} contains no pipelines`,
    help: 'pass a folder of .alloy files, an index, JSON of ListPipelines, or terraform show -json',
  },
  'remote-pipeline-repeated': {
    code: 'ARB132',
    severity: 'warning',
    message: ({ name }: { name: string }) =>
      `two pipelines named ${name} differ; the server knows one of that name, so both are taken into account`,
    help: 'pass the one that the server has',
  },
  'remote-not-understood': {
    code: 'ARB133',
    severity: 'error',
    message: ({ path }: { path: string }) => `${path} contains a document that describes no pipeline`,
    help: 'pass a folder of .alloy files, an index, JSON of ListPipelines, or terraform show -json',
  },
  assumed: {
    code: 'ARB201',
    severity: 'note',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `${argument} of ${component} is known only at run time; every value it may have is covered`,
    helpFor: narrowedBy,
  },
  'assumed-by-cluster': {
    code: 'ARB202',
    severity: 'note',
    message: ({ rules, kind, component }: { rules: readonly string[]; kind: string; component: string }) =>
      `${component} needs some grants only if objects in the cluster ask for them; these objects are assumed to exist (${kind}#${rules.join(', #')})`,
    help: 'pass the objects of the cluster with --objects, and --objects-complete if there are no others: docs/narrow.md',
  },
  'optional-not-granted': {
    code: 'ARB203',
    severity: 'note',
    message: ({
      components,
      lost,
    }: {
      components: readonly string[]
      lost: readonly { readonly rules: readonly string[]; readonly loss: string }[]
    }) => {
      const rules = lost.flatMap(each => each.rules)
      const [only] = lost
      return lost.length === 1
        ? `${rules.join(', ')} ${rules.length === 1 ? 'is' : 'are'} optional for ${components.join(', ')} and not granted: ${only?.loss}`
        : `${rules.length} optional needs of ${components.join(', ')} are not granted: ${rules.join(', ')}`
    },
    help: 'grant it with --optional',
    helpFor: ({ lost }: { lost: readonly { readonly rules: readonly string[]; readonly loss: string }[] }) =>
      lost.length === 1
        ? null
        : [
            'grant them with --optional; without them:',
            ...lost.map(({ rules, loss }) => `- ${rules.join(', ')}: ${loss}`),
          ],
  },
  'wrong-type': {
    code: 'ARB210',
    severity: 'error',
    message: ({ what, expected, actual }: { what: string; expected: string; actual: string }) =>
      `${what} is of type ${actual}, expected ${expected}`,
  },
  'unknown-identifier': {
    code: 'ARB211',
    severity: 'error',
    message: ({ name }: { name: string }) => `identifier ${name} does not exist`,
  },
  'unknown-field': {
    code: 'ARB212',
    severity: 'error',
    message: ({ name, known }: { name: string; known: readonly string[] }) =>
      `field ${name} does not exist${known.length > 0 ? `; expected one of ${known.join(', ')}` : ''}`,
  },
  'index-out-of-range': {
    code: 'ARB213',
    severity: 'error',
    message: ({ index, length }: { index: string; length: number }) =>
      `index ${index} is out of range for an array of length ${length}, expected ${length > 0 ? `0 to ${length - 1}` : 'a non-empty array'}`,
  },
  'division-by-zero': {
    code: 'ARB214',
    severity: 'error',
    message: ({ operator }: { operator: string }) => `the right operand of ${operator} is 0`,
  },
  'argument-count': {
    code: 'ARB215',
    severity: 'error',
    message: ({ name, expected, actual }: { name: string; expected: string; actual: number }) =>
      `${name} is called with ${actual} ${actual === 1 ? 'argument' : 'arguments'}, expected ${expected}`,
  },
  'unusable-argument': {
    code: 'ARB216',
    severity: 'error',
    message: ({ name, problem }: { name: string; problem: string }) => `${name}: ${problem}`,
  },
  'function-of-another-release': {
    code: 'ARB217',
    severity: 'error',
    message: ({ name, since, release }: { name: string; since: string; release: string }) =>
      `${name} was added in Alloy ${since} and does not exist in ${release}`,
  },
  'number-out-of-range': {
    code: 'ARB218',
    severity: 'error',
    message: (_: Record<never, never>) => 'the number is too large for a 64-bit float',
  },
  'value-too-large': {
    code: 'ARB220',
    severity: 'note',
    message: (_: Record<never, never>) =>
      'this value is larger than is computed (16 Mi characters, a million elements, 1,000 deep, or 500 in JSON and YAML); it counts as unknown',
  },
  'values-too-large': {
    code: 'ARB221',
    severity: 'note',
    message: (_: Record<never, never>) =>
      'the values of this configuration are larger together than is followed (128 Mi characters computed, 256 Mi handed to arguments, 16 for each element); from here on they count as unknown',
  },
  'relabeling-too-long': {
    code: 'ARB222',
    severity: 'note',
    message: (_: Record<never, never>) =>
      'the rules and targets of this configuration take more steps than are followed (1,000,000, and 1 Mi characters in a label); from here on labels count as unknown',
  },
  'experimental-function': {
    code: 'ARB219',
    severity: 'warning',
    message: ({ name }: { name: string }) =>
      `${name} is experimental, but the deployment does not enable experimental features`,
    help: 'set stabilityLevel to experimental',
  },
  'unknown-component': {
    code: 'ARB301',
    severity: 'error',
    message: ({ component }: { component: string }) => `${component} is not a component of any known Alloy release`,
    helpFor: ({ close }: Close) => didYouMean(close),
  },
  'component-without-rules': {
    code: 'ARB302',
    severity: 'error',
    message: ({ component }: { component: string }) =>
      `${component} is an Alloy component, but its needs are not known; it may need anything`,
    help: 'accept an incomplete plan with --on-unknown warn, or add the default rules with --on-unknown defaults',
  },
  'component-of-another-release': {
    code: 'ARB303',
    severity: 'error',
    message: ({ component, history, release }: { component: string; history: string; release: string }) =>
      `${component} ${history}; this is Alloy ${release}`,
    help: 'set the release with --alloy-version, or use a component that this release has',
  },
  'unstable-component': {
    code: 'ARB304',
    severity: 'warning',
    message: ({ component, stability, allowed }: { component: string; stability: string; allowed: string }) =>
      `${component} is ${stability}, but the deployment allows only ${allowed}`,
    helpFor: ({ stability }: { stability: string }) => `set stabilityLevel to ${stability}`,
  },
  'community-component': {
    code: 'ARB305',
    severity: 'warning',
    message: ({ component }: { component: string }) =>
      `${component} is a community component, but the deployment does not enable community components`,
    help: 'run Alloy with --feature.community-components.enabled',
  },
  'unknown-newer-version': {
    code: 'ARB310',
    severity: 'warning',
    message: ({ what, version, newest }: { what: string; version: string; newest: string }) =>
      `${what} ${version} is newer than the newest known version; ${newest} is used`,
    help: 'update alloy-rbac, or pass a known version',
  },
  'component-warning': {
    code: 'ARB311',
    severity: 'warning',
    message: ({ component, text }: { component: string; text: string; hostProcess?: true }) => `${component}: ${text}`,
  },
  'component-refused': {
    code: 'ARB315',
    severity: 'error',
    message: ({ component, text }: { component: string; text: string }) => `${component}: ${text}`,
    help: 'change the argument: Alloy does not start with it',
  },
  'component-note': {
    code: 'ARB312',
    severity: 'note',
    message: ({ component, text }: { component: string; text: string; hostProcess?: true }) => `${component}: ${text}`,
  },
  'unverified-fact': {
    code: 'ARB313',
    severity: 'note',
    message: ({ rule, component }: { rule: string; component: string }) =>
      `the needs of ${component} in ${rule} are general knowledge, not verified against the source or a recording`,
  },
  'unread-release': {
    code: 'ARB314',
    severity: 'warning',
    message: ({ asked, read, unread, of }: { asked: string; read: string; unread: readonly string[]; of: number }) =>
      `Alloy ${asked} was not read and is answered as ${read}: ${unread.length} of ${of} components of this configuration ${unread.length === 1 ? 'has' : 'have'} not been read again for it, so what they need is assumed: ${unread.join(', ')}`,
    help: 'read the release notes for changes of access, update alloy-rbac, or pass --alloy-version for a release that was read',
    helpFor: ({ documented }: { documented: readonly Documented[] }) =>
      documented.length === 0
        ? null
        : `update alloy-rbac, or pass --alloy-version for a release that was read; documented, but not read: ${documented.map(({ component, since, says, source }) => `${component} from ${since} on: ${says} (${source})`).join('; ')}`,
  },
  'token-leaves-cluster': {
    code: 'ARB321',
    severity: 'warning',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which is not part of the cluster; nothing is granted for it`,
    help: 'send a token for that server instead, or remove the token from the request',
  },
  'token-over-plain-http': {
    code: 'ARB322',
    severity: 'warning',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host} over plain HTTP; nothing is granted for it`,
    help: 'set scheme = "https", or remove the token from the request',
  },
  'plain-http-at-run-time': {
    code: 'ARB325',
    severity: 'note',
    message: ({ component, host }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, over plain HTTP to those whose scheme is http; nothing is granted for these`,
    help: 'keep only targets with __scheme__ = "https", or remove the token from the request',
  },
  'delegated-authorization': {
    code: 'ARB323',
    severity: 'note',
    message: ({ component, host, path }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to ${host}, which may ask the API server whether ${path} is allowed; this is assumed`,
  },
  'node-proxy-scrape': {
    code: 'ARB324',
    severity: 'note',
    message: ({ component, path }: { component: string; host: string; path: string }) =>
      `${component} reaches kubelets through the API server (${path}), which requires nodes/proxy: this permission allows everything a kubelet can do`,
    help: 'scrape the kubelet at its own address, which requires only nodes/metrics',
    helpFor: proxyAvoided,
  },
  'unknown-argument': {
    code: 'ARB331',
    severity: 'error',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} has no ${kind} ${name}`,
    helpFor: unknownArgument,
  },
  'argument-of-another-release': {
    code: 'ARB332',
    severity: 'error',
    message: ({ name, owner, history, release }: { name: string; owner: string; history: string; release: string }) =>
      `${name} of ${owner} ${history}; this is Alloy ${release}`,
    help: 'set the release with --alloy-version, or remove it',
  },
  'missing-argument': {
    code: 'ARB333',
    severity: 'error',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} requires the ${kind} ${name}`,
  },
  'block-as-attribute': {
    code: 'ARB334',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `${name} of ${owner} is a block, but is written as an attribute`,
    helpFor: ({ name }: { name: string }) => `write ${name} { … } without the =`,
  },
  'attribute-as-block': {
    code: 'ARB335',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `${name} of ${owner} is an attribute, but is written as a block`,
    helpFor: ({ name }: { name: string }) => `write ${name} = …`,
  },
  'repeated-argument': {
    code: 'ARB336',
    severity: 'error',
    message: ({ kind, name, owner }: { kind: 'attribute' | 'block'; name: string; owner: string }) =>
      `${owner} accepts the ${kind} ${name} only once`,
    help: 'remove one of them, or merge them',
  },
  'unlabeled-block': {
    code: 'ARB337',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) => `block ${name} of ${owner} has no label`,
    help: 'add a label after the name: a double-quoted identifier',
  },
  'labeled-block': {
    code: 'ARB338',
    severity: 'error',
    message: ({ name, owner }: { name: string; owner: string }) => `block ${name} of ${owner} takes no label`,
    help: 'remove the label',
  },
  'argument-type': {
    code: 'ARB341',
    severity: 'error',
    message: ({ argument, owner, problem }: { argument: string; owner: string; problem: string }) =>
      `${argument} of ${owner} ${problem}`,
    helpFor: ({ problem }: { problem: string }) => repairs[problem] ?? null,
  },
  'unknown-value': {
    code: 'ARB342',
    severity: 'error',
    message: ({
      argument,
      owner,
      value,
      values,
    }: {
      argument: string
      owner: string
      value: string
      values: readonly string[]
    }) =>
      `${argument} of ${owner} cannot be ${JSON.stringify(value)}, expected one of ${values.filter(each => each !== '').join(', ')}`,
    helpFor: ({ close }: Close) => didYouMean(close && JSON.stringify(close)),
  },
  'unknown-server': {
    code: 'ARB343',
    severity: 'note',
    message: ({ component }: { component: string; host: string; path: string }) =>
      `${component} sends the service account's token to servers that are known only at run time; kubelets, and servers that check their clients with the API server, are assumed`,
    helpFor: narrowedBy,
  },
  'unknown-kubelet-path': {
    code: 'ARB346',
    severity: 'note',
    message: ({ component }: { component: string; host: string; path: string }) =>
      `${component} requests a kubelet path that is known only at run time; every readable part of the kubelet API is assumed, including nodes/proxy`,
    help: 'write the path in the configuration, for example metrics_path = "/metrics/cadvisor", or keep only targets whose path starts with it',
  },
  'no-such-use': {
    code: 'ARB345',
    severity: 'error',
    message: ({ thing }: { thing: string }) => `the configuration does not instantiate ${thing}`,
    help: 'name a component of the configuration with its label, for example prometheus.scrape.kubelet',
    helpFor: ({ close }: Close) => didYouMean(close),
  },
  'unknown-path': {
    code: 'ARB344',
    severity: 'note',
    message: ({ component, host, assumed }: { component: string; host: string; path: string; assumed: string }) =>
      `${component} sends the service account's token to ${host}; the path is known only at run time, and ${assumed} is assumed`,
    help: 'if the server checks other paths, grant them yourself: { nonResourceURLs: ["/path"], verbs: ["get"] }',
  },
  'newer-kernel-assumed': {
    code: 'ARB370',
    severity: 'note',
    message: ({ component, range, privileges }: { component: string; range: string; privileges: readonly string[] }) =>
      `on Linux ${range}, ${component} also needs ${privileges.join(', ')}; nodes are assumed to run a newer kernel`,
    help: 'set the oldest kernel of your nodes with --kernel',
  },
  'port-unknown': {
    code: 'ARB371',
    severity: 'note',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `the port in ${argument} of ${component} is known only at run time; it is assumed to be 1024 or higher, and no NetworkPolicy allows it`,
    help: 'write the port in the configuration, or set it with --env or --arg',
  },
  'host-path-unknown': {
    code: 'ARB372',
    severity: 'warning',
    message: ({ argument, component }: { argument: string; component: string }) =>
      `the path in ${argument} of ${component} is known only at run time; nothing is mounted for it`,
    help: 'write the path in the configuration, set it with --env or --arg, or mount it with alloy.mounts.extra',
  },
  'privilege-only-possible': {
    code: 'ARB373',
    severity: 'note',
    message: ({
      argument,
      component,
      privileges,
    }: {
      argument: string
      component: string
      privileges: readonly string[]
    }) =>
      `${argument} of ${component} is known only at run time; some values would need ${privileges.join(', ')}, not included in the plan`,
    helpFor: narrowedBy,
  },
  'host-path-moved': {
    code: 'ARB374',
    severity: 'warning',
    message: ({ component, path, place }: { component: string; path: string; place: string }) =>
      `${component} reads files in ${path}, where the container needs its own files; the files of the host are mounted at ${place}`,
    help: 'change the configuration to read them there, or use a subfolder that can be mounted on its own',
  },
  'system-folder-written': {
    code: 'ARB375',
    severity: 'warning',
    message: ({ component, path }: { component: string; path: string }) =>
      `${component} writes to ${path}, where the container needs its own files and no volume can be mounted; the container runs as root with a writable root file system`,
    help: 'make it write to a separate folder, such as /run/alloy',
  },
  'mounts-collide': {
    code: 'ARB376',
    severity: 'error',
    message: ({
      components,
      paths,
      mountPath,
    }: Record<'components' | 'paths', readonly string[]> & { mountPath: string }) =>
      `${paths.join(' and ')} of the host are needed at ${mountPath} of the container by ${components.join(', ')}, but only one of them can be mounted there`,
    help: 'use a different path for each of them',
  },
  'component-not-started': {
    code: 'ARB377',
    severity: 'note',
    message: ({ component }: { component: string }) =>
      `${component} hands on nothing, for its block output names no consumer: Alloy never starts it, and it needs nothing`,
    help: 'name a consumer in its block output, or remove the component',
  },
  'narrowed-to-objects': {
    code: 'ARB378',
    severity: 'note',
    message: ({ component, kind, count, rules }: ObjectsNote) =>
      `what ${component} needs (#${rules.join(', #')}) is narrowed ${forObjects({ count })} (${kind}), and there are no others`,
  },
  'narrowed-to-known-objects': {
    code: 'ARB379',
    severity: 'note',
    message: ({ component, kind, count, rules }: ObjectsNote) =>
      `what ${component} needs (#${rules.join(', #')}) is narrowed ${forObjects({ count })} (${kind}); others may need more`,
    help: 'pass --objects-complete if the cluster has no others',
  },
  'objects-not-passed': {
    code: 'ARB380',
    severity: 'note',
    message: ({ component, kind, count, rules }: ObjectsNote) =>
      `the input contains ${numbered(count, kind)} that ${component} may read: as objects of the cluster, ${count === 1 ? 'it' : 'they'} would narrow what it needs (#${rules.join(', #')})`,
    help: 'pass the file with --objects too, or --objects-complete if the cluster has no others',
  },
  'no-objects': {
    code: 'ARB381',
    severity: 'warning',
    message: ({ path }: { path: string }) => `${path} contains no Kubernetes objects, so it narrows nothing`,
    help: 'pass what kubectl get -o yaml prints, or a folder of manifests',
  },
  'namespaces-would-do': {
    code: 'ARB382',
    severity: 'note',
    message: ({ component, kind, namespaces }: { component: string; kind: string; namespaces: readonly string[] }) =>
      `${component} lists every ${kind} of the cluster, which requires a ClusterRole, while those it reads are in ${namespaces.join(', ')}`,
    helpFor: ({ everywhere, namespaces }: { everywhere: string; namespaces: readonly string[] }) =>
      `set ${everywhere} = [${namespaces.map(each => JSON.stringify(each)).join(', ')}] to replace it with Roles there`,
  },
  'object-without-namespace': {
    code: 'ARB383',
    severity: 'note',
    message: ({ object, component }: { object: string; component: string }) =>
      `${object} names no known namespace, so what it needs is granted wherever ${component} looks for it`,
    help: 'set metadata.namespace, or pass the object as kubectl get -o yaml prints it',
  },
  'objects-kustomized': {
    code: 'ARB386',
    severity: 'warning',
    message: ({ path, keys }: { path: string; keys: readonly string[] }) =>
      `${path} changes objects (${keys.join(', ')}), so the cluster may have others than those that are read here`,
    help: 'pass what kustomize build prints',
  },
  'token-to-other-path': {
    code: 'ARB385',
    severity: 'note',
    message: ({ object, component, path }: { object: string; component: string; path: string }) =>
      `${object} has ${component} send the service account's token to ${path}, which is not granted; the server answers 403 if it checks its clients with the API server`,
    help: 'if it does, grant get on that URL in a ClusterRole of your own',
  },
  'objects-not-read': {
    code: 'ARB384',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'some of the objects could not be read, so they are not taken for all there are',
    help: 'fix what could not be read, or pass what kubectl get -o yaml prints',
  },
  'missing-grant': {
    code: 'ARB401',
    severity: 'error',
    message: ({ grant, components }: { grant: string; components: string }) =>
      `${components} needs ${grantsInWords(grant)}, which no role of the account grants`,
    helpFor: ({ edit, settlers }: { edit: Edit } & Settled) => settledWith(editInWords(edit), settlers),
  },
  'excess-grant': {
    code: 'ARB402',
    severity: 'warning',
    message: ({ grant, rule, narrower, risk }: Record<'grant' | 'rule' | 'narrower' | 'risk', string>) =>
      `${rule} grants ${grantsInWords(grant)}, but ${narrower === '' ? 'no component needs it' : `only ${grantsInWords(narrower)} is needed`}${risk === '' ? '' : `; it ${risk}`}`,
    helpFor: ruleEdit,
  },
  'phantom-grant': {
    code: 'ARB403',
    severity: 'warning',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} grants ${grantsInWords(grant)}, which no API in that group serves`,
    helpFor: ruleEdit,
  },
  'wildcard-grant': {
    code: 'ARB404',
    severity: 'warning',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} grants ${grantsInWords(grant)} with a wildcard, which covers more than is needed`,
    help: 'list what is needed instead',
    helpFor: ruleEdit,
  },
  'rule-in-the-wrong-place': {
    code: 'ARB405',
    severity: 'warning',
    message: ({ grant, rule }: { grant: string; rule: string }) =>
      `${rule} lists ${grantsInWords(grant)}, which is cluster-scoped, but the role is bound in a namespace, so the rule grants nothing`,
    help: 'move the rule to a ClusterRole with a ClusterRoleBinding',
    helpFor: ({ isOfChart, isNeeded }: { isOfChart: boolean; isNeeded: boolean }) => {
      if (isOfChart) return byGenerate
      return isNeeded ? null : 'remove it from the rule'
    },
  },
  'role-not-in-the-input': {
    code: 'ARB406',
    severity: 'error',
    message: ({ kind, name }: { kind: string; name: string }) =>
      `the account is bound to the ${kind} ${name}, which is not in the input`,
    helpFor: ({ kind, name, namespace }: { kind: string; name: string; namespace: string | null }) =>
      `add it to the input (kubectl get ${kind.toLowerCase()} ${name}${namespace === null ? '' : ` -n ${namespace}`} -o yaml), or remove the binding`,
  },
  'missing-privilege': {
    code: 'ARB407',
    severity: 'error',
    message: ({ privilege, components }: { privilege: string; components: string }) =>
      `${components} needs a pod that ${privilegesInWords(privilege)}; this one does not`,
    helpFor: ({ edits, settlers }: PodEdits & Settled) => settledWith(podEditsInWords({ edits }), settlers),
  },
  'excess-privilege': {
    code: 'ARB408',
    severity: 'warning',
    message: ({ privilege }: { privilege: string }) => `${holderInWords(privilege)}, but no component needs it`,
    helpFor: podEditsInWords,
  },
  'token-without-need': {
    code: 'ARB409',
    severity: 'warning',
    message: (_: Record<never, never>) => "the service account's token is mounted, but no component needs it",
    help: 'set automountServiceAccountToken: false',
    helpFor: byValuesOnly,
  },
  'token-not-mounted': {
    code: 'ARB410',
    severity: 'error',
    message: ({ components }: { components: string }) =>
      `${components} needs the service account's token, which is not mounted`,
    help: 'set automountServiceAccountToken: true',
    helpFor: byValuesOnly,
  },
  'pod-refused': {
    code: 'ARB411',
    severity: 'error',
    message: ({ level, violations }: { level: string; violations: string }) =>
      `the namespace enforces the Pod Security Standard ${level}, which rejects this pod: ${violations}`,
    help: 'harden the pod, or run it in a namespace whose standard allows it',
  },
  'chart-does-not-render': {
    code: 'ARB412',
    severity: 'error',
    message: ({ version, because }: { version: string; because: string }) =>
      `chart ${version} does not render with these values: ${because}`,
  },
  'object-only-helm-renders': {
    code: 'ARB413',
    severity: 'warning',
    message: () => 'only Helm can render this object, so what it grants is not checked',
    help: 'check the rendered chart: helm template … | alloy-rbac check -',
  },
  'pod-on-windows': {
    code: 'ARB414',
    severity: 'note',
    message: () => 'the pod runs on Windows, where Linux privileges do not apply; only its grants are checked',
  },
  'nothing-bound': {
    code: 'ARB415',
    severity: 'note',
    message: ({ account }: { account: string }) => `nothing in the input is bound to the account ${account}`,
    help: 'add its roles and bindings to the input if they are applied separately',
  },
  'account-not-in-the-input': {
    code: 'ARB416',
    severity: 'note',
    message: ({ account }: { account: string }) =>
      `the ServiceAccount ${account} is not in the input and is assumed to mount its token`,
    help: 'add it to the input',
  },
  'folder-of-alloy-files': {
    code: 'ARB417',
    severity: 'note',
    message: ({ path, name }: { path: string; name: string }) =>
      `${path} is read the way Alloy reads it, with only its Alloy files; ${name} is ignored`,
    help: 'to include the manifests, pass the output of kustomize build; or move the Alloy files to a separate folder',
  },
  'privilege-used-on-some-nodes': {
    code: 'ARB418',
    severity: 'note',
    message: ({ privilege, components }: { privilege: string; components: string }) =>
      `the pod ${privilegesInWords(privilege)}, which ${components} uses only on some nodes`,
    helpFor: ({ rules }: { rules: readonly string[] }) =>
      `remove it if you have no such nodes; to see what it is for: ${rules.map(rule => `alloy-rbac explain '${rule}'`).join(', ')}`,
  },
  'baseline-expired': {
    code: 'ARB420',
    severity: 'warning',
    message: ({ code, subject, expires }: { code: string; subject: string; expires: string }) =>
      `the baseline accepted ${code} ${subject} only until ${expires}`,
    help: 'fix the finding, or give the entry a later date',
  },
  'baseline-stale': {
    code: 'ARB421',
    severity: 'warning',
    message: ({ code, subject }: { code: string; subject: string }) =>
      `the baseline accepts ${code} ${subject}, which is no longer found`,
    help: 'remove the entry from the baseline',
  },
  'baseline-shape': {
    code: 'ARB422',
    severity: 'error',
    message: ({ what }: { what: string }) => `this is not a valid baseline: ${what}`,
    help: 'create one with --write-baseline',
  },
  'baseline-without-reason': {
    code: 'ARB447',
    severity: 'note',
    message: ({ count }: { count: number }) =>
      count === 1 ? 'an entry of the baseline gives no reason' : `${count} entries of the baseline give no reason`,
    help: 'write why each is accepted, in reason',
  },
  'denied-and-needed': {
    code: 'ARB423',
    severity: 'error',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, which ${components} needs`,
    helpFor: denied,
  },
  'denied-where-not-needed': {
    code: 'ARB424',
    severity: 'warning',
    message: ({ account, grant, there }: { account: string; grant: string; there: string }) =>
      `${account} is denied ${grant}, but the configuration needs only ${there}`,
    help: 'do not grant it: find out whether Alloy runs another configuration than this one, or another program uses the account',
    helpFor: denied,
  },
  'denied-without-need': {
    code: 'ARB425',
    severity: 'warning',
    message: ({ account, grant, risk }: { account: string; grant: string; risk: string }) =>
      `${account} is denied ${grant}, but no component of the configuration needs it${risk}`,
    help: 'do not grant it: Alloy runs a different configuration than this one, or another program uses the account',
    helpFor: denied,
  },
  'denied-and-optional': {
    code: 'ARB426',
    severity: 'note',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, but ${components} works without it`,
    helpFor: denied,
  },
  'denied-and-possible': {
    code: 'ARB427',
    severity: 'warning',
    message: ({
      account,
      grant,
      components,
      risk,
    }: {
      account: string
      grant: string
      components: string
      risk: string
    }) => `${account} is denied ${grant}, which these components may request: ${components}${risk}`,
    helpFor: deniedPerhaps,
  },
  'denied-without-account': {
    code: 'ARB428',
    severity: 'warning',
    message: ({ user, grant }: { user: string; grant: string }) =>
      `${user}, which is not a service account, is denied ${grant}`,
    help: 'mount the token and make the component send it, or check which identity the component uses',
  },
  'denied-to-no-component': {
    code: 'ARB429',
    severity: 'warning',
    message: ({ account, grant, risk }: { account: string; grant: string; risk: string }) =>
      `${account} is denied ${grant}, which no Alloy component requests${risk}`,
    help: 'do not grant it: another program uses the account',
    helpFor: denied,
  },
  'denied-to-instance': {
    code: 'ARB455',
    severity: 'warning',
    message: ({
      account,
      grant,
      components,
      risk,
    }: {
      account: string
      grant: string
      components: string
      risk: string
    }) => `${account} is denied ${grant}, which ${components} asked for${risk}`,
    helpFor: deniedPerhaps,
  },
  'denied-to-absent-instance': {
    code: 'ARB454',
    severity: 'warning',
    message: ({ account, grant, components }: { account: string; grant: string; components: string }) =>
      `${account} is denied ${grant}, which ${components} asked for, but the configuration does not contain ${components}`,
    help: 'pass the configuration that this pod runs with --config; grant nothing until then',
    helpFor: denied,
  },
  'denied-beyond-the-map': {
    code: 'ARB449',
    severity: 'warning',
    message: ({
      account,
      grant,
      components,
      risk,
    }: {
      account: string
      grant: string
      components: string
      risk: string
    }) =>
      `${account} is denied ${grant}, which ${components} asked for, although nothing is known to make it need that${risk}`,
    help: 'do not grant it before its source or documentation says why; a newer release of alloy-rbac may know',
    helpFor: denied,
  },
  'denied-by-linux': {
    code: 'ARB450',
    severity: 'warning',
    message: ({ who, what, error }: { who: string; what: string; error: string }) =>
      `Linux does not let ${who} ${what === '' ? 'do what the line says' : what}: ${error}`,
    helpFor: ({
      absent,
      lines,
      refusal,
    }: {
      absent: string | null
      lines: readonly string[]
      refusal: LinuxRefusal
    }) => {
      if (absent !== null) return passConfiguration(absent)
      const made =
        lines.length === 0 ? '' : `generate makes a pod that ${privilegesInWords(lines.join(' · '))}; by hand: `
      return made + linuxAdvice(refusal)
    },
  },
  'answered-forbidden': {
    code: 'ARB451',
    severity: 'warning',
    message: ({ who, server, lines }: { who: string; server: string; lines: string }) =>
      `${who} was answered 403 Forbidden by ${server}${lines === '' ? '' : `, which asks the authorizer for ${lines}`}`,
    helpFor: ({ absent, edit }: { absent: string | null; edit: Edit | null }) => {
      if (absent !== null) return passConfiguration(absent)
      return edit === null ? 'pass the configuration with --config: it says where the request goes' : editInWords(edit)
    },
  },
  'answered-by-another-server': {
    code: 'ARB452',
    severity: 'note',
    message: ({ who, server }: { who: string; server: string }) =>
      `${who} was answered 403 Forbidden by ${server}, which is not a matter of this account's roles`,
    help: 'check the credentials that the component sends to that server',
  },
  'denied-to-grant': {
    code: 'ARB453',
    severity: 'warning',
    message: ({ user, lines }: { user: string; lines: string }) =>
      `${user} makes a role with permissions that it does not have itself: ${lines}`,
    help: 'install as an account that has these, or give the installing account the role that alloy-rbac installer prints',
  },
  'denied-by-autopilot': {
    code: 'ARB435',
    severity: 'error',
    message: ({ account, grant, who }: { account: string; grant: string; who: string }) =>
      `${account} is denied ${grant} by GKE Autopilot (Warden), not by RBAC: no role changes that${who}`,
    help: 'do without it: discover the pods of the own node with discovery.kubernetes and a field selector on spec.nodeName, request only kubelet paths for which nodes/metrics or another fine-grained permission is enough, or let Google Cloud Managed Service for Prometheus collect the metrics of kubelets',
  },
  'no-alloy-chart': {
    code: 'ARB480',
    severity: 'error',
    message: ({ path }: { path: string }) =>
      `${path} has neither the Alloy chart, nor a chart that depends on it, nor values of it with rbac.rules`,
    help: 'name the folder that has Chart.yaml, an archive that helm package or helm pull wrote, or a values file',
  },
  'chart-archive': {
    code: 'ARB481',
    severity: 'error',
    message: ({ path, why }: { path: string; why: string }) => `${path} cannot be read as a chart archive: ${why}`,
    help: 'write it with helm package or helm pull, or name the unpacked folder',
  },
  'unread-rule': {
    code: 'ARB482',
    severity: 'warning',
    message: ({ place }: { place: string }) =>
      `${place} is not a rule with lists of text and at least one verb, and is left as it is`,
  },
  'default-configuration-unknown': {
    code: 'ARB483',
    severity: 'note',
    message: ({ chart, why }: { chart: string; why: string }) =>
      `which grants the default configuration of ${chart} needs is not known: ${why}`,
  },
  'too-many-default-grants': {
    code: 'ARB486',
    severity: 'error',
    message: ({ chart, limit }: { chart: string; limit: string }) =>
      `the default rules of ${chart} stand for more than ${limit} grants`,
    help: 'use fewer names in one rule, or wildcards',
  },
  'chart-folder-cut': {
    code: 'ARB487',
    severity: 'warning',
    message: ({ path }: { path: string }) =>
      `${path} has more than 20,000 YAML files, or folders more than 16 levels deep; the rest is not read`,
    help: 'name the folder of the chart',
  },
  'rules-in-namespaces': {
    code: 'ARB484',
    severity: 'note',
    message: ({ count }: { count: number }) =>
      `rbac.namespaces is not empty, so the chart makes a Role in ${count === 1 ? 'that namespace' : `each of ${count} namespaces`} and does not use rbac.clusterRules; the audit compares all rules`,
  },
  'rules-switched-off': {
    code: 'ARB485',
    severity: 'note',
    message: () => 'rbac.create is false, so the chart grants none of these rules',
  },
  'config-file-without-options': {
    code: 'ARB581',
    severity: 'error',
    message: ({ file }: { file: string }) => `${file} has neither options nor a command at its top level`,
    help: 'write options: and under it what every command gets, or the name of a command and its options; if the file is something else, rename it',
  },
  'config-file-key': {
    code: 'ARB582',
    severity: 'error',
    message: ({ name, what }: { name: string; what: string }) => `${name} is not ${what} that the file can set`,
    helpFor: ({ name, close, isOfCommandLine }: Close & { name: string; isOfCommandLine: boolean }) =>
      isOfCommandLine ? `pass --${name} on the command line` : didYouMean(close),
  },
  'config-file-value': {
    code: 'ARB583',
    severity: 'error',
    message: ({ option, reason }: { option: string; reason: string }) =>
      `the value of ${option} is not valid: ${reason}`,
  },
  'upgrade-of-rendered-workload': {
    code: 'ARB430',
    severity: 'error',
    message: () => 'this workload is already rendered and does not show which values the new chart will get',
    help: 'pass the values, or the Alloy files if the chart runs with its defaults',
  },
  'upgrade-removes-a-grant': {
    code: 'ARB431',
    severity: 'error',
    message: ({ grant, components, version }: { grant: string; components: string; version: string }) =>
      `${components} needs ${grant}, which chart ${version} no longer grants`,
    help: 'apply the values below together with the new chart',
  },
  'upgrade-needs-a-grant': {
    code: 'ARB432',
    severity: 'error',
    message: ({ grant, components, version }: { grant: string; components: string; version: string }) =>
      `with the Alloy of chart ${version}, ${components} needs ${grant}, which nothing grants`,
    help: 'apply the values below together with the new chart',
  },
  'upgrade-needs-a-privilege': {
    code: 'ARB436',
    severity: 'error',
    message: ({ privilege, version }: { privilege: string; version: string }) =>
      `with chart ${version}, the configuration needs ${privilege}, which the pod does not have`,
    help: 'apply the values below together with the new chart',
  },
  'upgrade-from-refused': {
    code: 'ARB437',
    severity: 'note',
    message: ({ chart, alloy, because }: { chart: string; alloy: string; because: string }) =>
      `chart ${chart} (Alloy ${alloy}) does not run this configuration, so nothing that works now can break: ${because}`,
    help: 'the answer is for the new chart alone',
  },
  'upgrade-to-refused': {
    code: 'ARB438',
    severity: 'error',
    message: ({ chart, alloy, because }: { chart: string; alloy: string; because: string }) =>
      `chart ${chart} (Alloy ${alloy}) does not run this configuration, which runs now: ${because}`,
    help: 'change the configuration together with the chart, or upgrade to a release that runs it',
  },
  'compared-newly-needed': {
    code: 'ARB460',
    severity: 'note',
    message: ({ by, what, kind, instead, risk }: Compared) =>
      kind === 'access'
        ? `${by} now needs ${grantsInWords(what)}${instead === '' ? '' : ` instead of ${grantsInWords(instead)}`}${riskInWords(risk)}`
        : `${by} now needs a pod that ${privilegesInWords(what)}${instead === '' ? '' : ` instead of one that ${privilegesInWords(instead)}`}${riskInWords(risk)}`,
  },
  'compared-newly-granted': {
    code: 'ARB461',
    severity: 'note',
    message: ({ by, what, kind, instead, risk, collector }: Compared) =>
      kind === 'privilege'
        ? `${ofCollector(collector)}${holderInWords(what)}, which it did not before${riskInWords(risk)}`
        : `${by} now grants ${kind === 'access' ? grantsInWords(what) : what}${instead === '' ? '' : ` instead of ${grantsInWords(instead)}`}${riskInWords(risk)}`,
  },
  'compared-no-longer-needed': {
    code: 'ARB462',
    severity: 'note',
    message: ({ by, what, kind, instead }: Compared) =>
      kind === 'access'
        ? `${by} no longer needs ${grantsInWords(what)}${instead === '' ? '' : `, but ${grantsInWords(instead)}`}`
        : `${by} no longer needs a pod that ${privilegesInWords(what)}${instead === '' ? '' : `, but one that ${privilegesInWords(instead)}`}`,
  },
  'compared-no-longer-granted': {
    code: 'ARB463',
    severity: 'note',
    message: ({ by, what, kind, instead, collector }: Compared) =>
      kind === 'privilege'
        ? `${ofCollector(collector)}${holderInWords(what)} no longer`
        : `${by} no longer grants ${kind === 'access' ? grantsInWords(what) : what}${instead === '' ? '' : `, but ${grantsInWords(instead)}`}`,
  },
  'compared-certainty': {
    code: 'ARB464',
    severity: 'note',
    message: ({ by, what, kind }: Compared) => {
      const plain = what.replace(/ assumed(?= · |$)/g, '')
      const words = kind === 'access' ? grantsInWords(plain) : `a pod that ${privilegesInWords(plain)}`
      return plain === what
        ? `${by} needs ${words}, which was only assumed before`
        : `${by} may need ${words}, which was certain before`
    },
  },
  'compared-collector-new': {
    code: 'ARB465',
    severity: 'note',
    message: ({ name }: { name: string }) => `${name} is new: everything that it needs and has is new`,
  },
  'compared-collector-removed': {
    code: 'ARB466',
    severity: 'note',
    message: ({ name }: { name: string }) => `${name} was removed`,
  },
  'compared-without-plan': {
    code: 'ARB467',
    severity: 'error',
    message: ({ name, side, because }: { name: string; side: 'old' | 'new'; because: string }) =>
      `${name} is not compared, because the ${side} side has no plan for it: ${because}`,
    help: 'fix the errors of that side; until then nothing is known of what changed',
  },
  'compared-plan-incomplete': {
    code: 'ARB468',
    severity: 'warning',
    message: ({ name }: { name: string }) =>
      `the plan of ${name} was complete and is not any more: it may need more than is listed`,
  },
  'compared-plan-complete': {
    code: 'ARB469',
    severity: 'note',
    message: ({ name }: { name: string }) => `the plan of ${name} is complete, which it was not before`,
  },
  'installer-of-aggregation': {
    code: 'ARB470',
    severity: 'warning',
    message: ({ name }: { name: string }) =>
      `the ClusterRole ${name} gathers other roles, and Kubernetes lets only accounts that may do everything install such a role`,
    help: 'list the rules in the role instead of gathering them',
  },
  'installer-role-unknown': {
    code: 'ARB471',
    severity: 'error',
    message: ({ kind, name, binding }: Record<'kind' | 'name' | 'binding', string>) =>
      `${binding} gives the ${kind} ${name}, which is not in the input, so what its installer has to hold is not known`,
    help: 'add the role to the input',
  },
  'installer-role-lacks': {
    code: 'ARB472',
    severity: 'error',
    message: ({ role, object, kind, rules }: Record<'role' | 'object' | 'kind' | 'rules', string>) =>
      kind === 'hand-out'
        ? `installing this with ${role} fails: ${object} is forbidden: attempting to grant RBAC permissions not currently held: ${rules}`
        : `installing this with ${role} fails: ${object} is forbidden: ${rules}`,
  },
  'installer-of-full-control': {
    code: 'ARB473',
    severity: 'warning',
    message: ({ object }: { object: string }) =>
      `${object} hands out verbs on roles with which its holder can give itself every right of the cluster; the printed role does not hold them, so it cannot install this object`,
    help: 'give the holder the rights that it hands out instead, as installer --for operator prints them, or have an administrator install this object',
  },
  'installer-namespace-unknown': {
    code: 'ARB474',
    severity: 'error',
    message: () => 'the namespace that this is installed in is not known',
    help: 'pass --namespace NAME',
  },
  'installer-release-unknown': {
    code: 'ARB475',
    severity: 'note',
    message: () =>
      'the input does not say what the release is called, so the role allows every name of each kind that is installed',
    help: 'pass the rendered chart to name the objects: helm template RELEASE …',
  },
  'installer-role-empty': {
    code: 'ARB476',
    severity: 'error',
    message: ({ path }: { path: string }) => `${path} contains no Role and no ClusterRole`,
  },
  'installer-kind-unknown': {
    code: 'ARB477',
    severity: 'note',
    message: ({ kind, resource }: { kind: string; resource: string }) =>
      `${kind} is not a kind that is known: it is taken for ${resource}`,
    help: 'add its CustomResourceDefinition to the input',
  },
  'installer-object-unrendered': {
    code: 'ARB478',
    severity: 'warning',
    message: () => 'only Helm can render this object, so the role does not cover it',
    help: 'pass the rendered chart: helm template … | alloy-rbac installer - --for helm',
  },
  'account-shared': {
    code: 'ARB443',
    severity: 'note',
    message: ({ account, workloads }: { account: string; workloads: readonly string[] }) =>
      `the account ${account} is also used by ${workloads.slice(0, 3).join(', ')}${workloads.length > 3 ? ` and ${workloads.length - 3} more` : ''}, and what they need is not judged`,
    help: 'give Alloy an account of its own',
  },
  'rights-in-another-object': {
    code: 'ARB456',
    severity: 'warning',
    message: ({ object, within, account }: { object: string; within: string; account: string }) =>
      `${object} is written inside ${within}, and what it gives to the account ${account} is not judged`,
    help: 'add what is made of it to the input: kubectl get, or the command that renders it',
  },
  'object-refused': {
    code: 'ARB457',
    severity: 'warning',
    message: ({ object, because }: { object: string; because: string }) =>
      `the API server refuses ${object}: ${because}`,
    help: 'fix it: until then the deployment is not what is judged here',
  },
  'rights-do-not-last': {
    code: 'ARB458',
    severity: 'warning',
    message: ({ object, because }: { object: string; because: string }) =>
      `${object}, which gives rights to the account, ${because}`,
    help: 'make it an ordinary object of the deployment, or leave it out of the input',
  },
  'bound-to-everyone': {
    code: 'ARB459',
    severity: 'warning',
    message: ({ binding, role }: { binding: string; role: string }) =>
      `${binding} gives the ClusterRole ${role} to everyone, this pod among them, without any credentials`,
    help: 'bind it to the accounts that need it',
  },
  'resource-names-account': {
    code: 'ARB513',
    severity: 'warning',
    message: ({ object, account }: { object: string; account: string }) =>
      `${object} names the account ${account} and roles, and what its controller makes of that is not judged`,
    help: 'add the bindings that it makes to the input: kubectl get rolebindings,clusterrolebindings -A -o yaml',
  },
  'token-of-a-secret': {
    code: 'ARB444',
    severity: 'warning',
    message: ({ secret, account }: { secret: string; account: string }) =>
      `the Secret ${secret} brings a token that is not known to be that of the account ${account}, whose rights are judged`,
    help: "mount the account's own token: automountServiceAccountToken, or a projected volume",
  },
  'pod-setting': {
    code: 'ARB445',
    severity: 'note',
    message: ({ setting, meaning }: { setting: string; meaning: string }) => `the pod sets ${setting}: ${meaning}`,
    helpFor: ({ edit }: { edit: string }) => edit,
  },
  'binding-depends-on-namespace': {
    code: 'ARB441',
    severity: 'error',
    message: ({ binding, namespace }: { binding: string; namespace: string }) =>
      `${binding} reaches the account only if Alloy runs in the namespace ${namespace}, and the input does not say where it runs`,
    help: 'pass --namespace NAME',
    helpFor: ({ namespace }: { namespace: string }) =>
      `pass --namespace ${namespace} if Alloy runs there, else the namespace that it runs in`,
  },
  'own-constraints': {
    code: 'ARB448',
    severity: 'note',
    message: ({ rule, names }: { rule: string; names: readonly string[] }) =>
      `${rule} lets the pod run under the SecurityContextConstraints ${names.join(', ')}, which are in the input`,
    help: 'OpenShift admits the pod by them: compare what they allow with what the pod needs',
  },
  'too-many-grants': {
    code: 'ARB446',
    severity: 'error',
    message: ({ what }: { what: string }) =>
      `with ${what} the account has more than 100,000 permissions that are listed one by one, too many to compare`,
    help: 'name fewer groups, resources, objects and verbs in one rule',
  },
  'role-gathers-others': {
    code: 'ARB442',
    severity: 'warning',
    message: ({ kind, name }: { kind: string; name: string }) =>
      `the ${kind} ${name} gathers rules from every role with its labels, in the cluster as well as in the input`,
    help: 'bind the account to a role that lists the rules it needs',
  },
  'log-line-too-long': {
    code: 'ARB433',
    severity: 'warning',
    message: ({ limit }: { limit: number }) =>
      `this line of the log, and perhaps others, is longer than ${limit.toLocaleString('en-US')} characters, and its end was not read`,
    help: 'split the log into its lines: this is not how Alloy writes it',
  },
  'too-many-refusals': {
    code: 'ARB434',
    severity: 'warning',
    message: ({ limit }: { limit: number }) =>
      `the log tells of more than ${limit.toLocaleString('en-US')} different refusals; those from this line on were not read`,
    help: 'grant what is listed first, and read the log again',
  },
  'newer-chart': {
    code: 'ARB501',
    severity: 'warning',
    message: ({ version, newest }: { version: string; newest: string }) =>
      `chart ${version} is newer than ${newest}, the newest version that was read, and is treated like that version`,
    help: 'compare the rbac section of its values.yaml with that version, or update alloy-rbac',
  },
  'unread-chart': {
    code: 'ARB512',
    severity: 'note',
    message: ({ version, newest, keys }: { version: string; newest: string; keys: readonly string[] }) =>
      `these values rely on chart ${version} reading ${keys.join(', ')} as ${newest} does`,
    help: 'render them with that chart, and compare the Role, the ClusterRole and the pod with the plan',
  },
  'documented-setting': {
    code: 'ARB595',
    severity: 'warning',
    message: ({ key, version, says }: { key: string; version: string; says: string }) =>
      `these values set ${key}, and chart ${version} was not read: it is documented that ${says}, which is not part of this answer`,
    help: 'render them with that chart, and compare the Role and the ClusterRole with the plan',
    helpFor: ({ source }: { source: string }) =>
      `render them with that chart, and compare the Role and the ClusterRole with the plan; documented at ${source}`,
  },
  'unknown-chart': {
    code: 'ARB502',
    severity: 'error',
    message: ({ version, oldest, newest }: { version: string; oldest: string; newest: string }) =>
      `${version} is not a release of the grafana/alloy chart; expected a release from ${oldest} to ${newest}`,
    help: 'set a released version with --chart-version',
  },
  'chart-without-rules': {
    code: 'ARB503',
    severity: 'warning',
    message: ({ version, grants }: { version: string; grants: number }) =>
      `chart ${version} hard-codes its rules in the template and has no extraObjects: its values cannot carry the ${grants} ${grants === 1 ? 'grant' : 'grants'}, and grant nothing`,
    help: 'apply the output of --format manifests alongside the release, or use chart 0.11.0 or later',
  },
  'token-always-mounted': {
    code: 'ARB504',
    severity: 'note',
    message: ({ version }: { version: string }) =>
      `nothing needs the service account's token, but chart ${version} mounts it anyway`,
    help: 'use chart 0.12.2 or later, whose values can turn the token off',
  },
  'host-ipc': {
    code: 'ARB505',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'the configuration needs hostIPC, but no release of the chart has a value for it',
    help: 'add hostIPC to the pod with a post-renderer',
  },
  'namespace-not-given': {
    code: 'ARB506',
    severity: 'error',
    message: (_: Record<never, never>) => 'the namespace Alloy runs in is not known, but manifests must name it',
    help: 'set it with --namespace',
  },
  'widened-to-cluster': {
    code: 'ARB507',
    severity: 'note',
    message: ({ grants, lines }: { grants: number; lines: readonly string[] }) =>
      `--scope cluster widens ${grants} ${grants === 1 ? 'grant' : 'grants'} from single namespaces to all namespaces: ${lines.join('; ')}`,
    help: 'omit --scope cluster to grant them only where they are needed',
  },
  'widened-by-defaults': {
    code: 'ARB508',
    severity: 'warning',
    message: ({ version, grants }: { version: string; grants: number }) =>
      `part of the configuration is not known, so the default rules of chart ${version} are granted too: ${grants} more ${grants === 1 ? 'grant' : 'grants'}`,
    help: 'provide the unknown part, or omit --on-unknown defaults',
  },
  'extra-rules-dropped': {
    code: 'ARB509',
    severity: 'note',
    message: ({ grants, lines }: { grants: number; lines: readonly string[] }) =>
      `the values grant ${grants} ${grants === 1 ? 'permission' : 'permissions'} beyond the chart's defaults that the configuration does not need: ${lines.join('; ')}`,
    help: 'keep them with --keep-extra',
  },
  'values-do-not-render': {
    code: 'ARB510',
    severity: 'error',
    message: ({ version, because }: { version: string; because: string }) =>
      `chart ${version} does not render with these values: ${because}`,
    help: 'fix the values you passed',
  },
  'values-make-invalid-pod': {
    code: 'ARB511',
    severity: 'error',
    message: ({ because }: { because: string }) => `these values do not make a valid pod: ${because}`,
    help: 'fix the values you passed',
  },
  'unread-key': {
    code: 'ARB521',
    severity: 'warning',
    message: ({ path, version, since }: { path: string; version: string; since: string | null }) =>
      since === null
        ? `chart ${version} has no key ${path}, and Helm ignores it`
        : `chart ${version} does not read ${path}, which exists since chart ${since}: Helm ignores it`,
    help: 'remove the key, or compare it with values.yaml of that chart version',
    helpFor: ({ path, since, meant }: { path: string; since: string | null; meant: string | null }) => {
      if (since === null) return didYouMean(meant)
      const newer = `use chart ${since} or newer`
      return path.startsWith('rbac.') ? `grant with extraObjects, or ${newer}` : newer
    },
  },
  'release-assumed': {
    code: 'ARB520',
    severity: 'warning',
    message: ({ what, by, text, assumed }: { what: string; by: string; text: string; assumed: string }) =>
      `${by} is ${text}, which is not a known version; ${what} ${assumed} is assumed`,
    help: 'name the release with --chart-version or --alloy-version',
    helpFor: ({ what }: { what: string }) =>
      `name the release with ${what === 'chart' ? '--chart-version' : '--alloy-version'}`,
  },
  'yaml-syntax': {
    code: 'ARB531',
    severity: 'error',
    message: ({ problem }: { problem: string }) => `this is not YAML: ${problem}`,
    helpFor: ({ isTemplate = false }: { isTemplate?: boolean }) =>
      isTemplate ? 'render the chart first: helm template … | alloy-rbac check -' : null,
  },
  'yaml-duplicate-key': {
    code: 'ARB532',
    severity: 'error',
    message: ({ key }: { key: string }) => `the key ${key} appears twice in one map`,
    help: 'keep one of them',
  },
  'yaml-limit': {
    code: 'ARB533',
    severity: 'error',
    message: ({ limit }: { limit: string }) => `this YAML is ${limit}`,
  },
  'too-many-inputs': {
    code: 'ARB522',
    severity: 'error',
    message: ({ where, what, limit }: { where: string; what: string; limit: number }) =>
      `${where} has more than ${limit.toLocaleString('en')} ${what}, which is more than one run reads`,
    help: 'pass a part of it to each run',
  },
  'variable-too-long': {
    code: 'ARB577',
    severity: 'note',
    message: ({ variable }: { variable: string }) =>
      `references to other variables make ${variable} longer than is read (128 Ki characters, 4 Mi in one container); such variables count as unknown`,
  },
  'not-understood': {
    code: 'ARB536',
    severity: 'error',
    message: ({ what }: { what: string }) => `${what} is neither a Kubernetes object nor values of the Alloy chart`,
    help: 'pass *.alloy files, values of the grafana/alloy chart, or rendered manifests',
  },
  'other-tool': {
    code: 'ARB537',
    severity: 'error',
    message: ({ tool }: { tool: string }) => `this is a configuration for ${tool}, not for Alloy`,
    helpFor: ({ format }: { format: string }) =>
      `Convert it first: alloy convert --source-format=${format} --output=config.alloy FILE`,
  },
  'empty-folder': {
    code: 'ARB538',
    severity: 'error',
    message: ({ path }: { path: string }) => `the folder ${path} contains no *.alloy, YAML, or JSON files`,
  },
  unreadable: {
    code: 'ARB539',
    severity: 'error',
    message: ({ path, why }: { path: string; why: string }) => `${path} cannot be read: ${why}`,
    helpFor: ({ leavesFolder = false }: { leavesFolder?: boolean }) =>
      leavesFolder ? 'follow it with --allow-outside' : null,
  },
  'configuration-elsewhere': {
    code: 'ARB540',
    severity: 'error',
    message: ({ what, name }: { what: string; name: string }) =>
      `${what}, which contains the configuration of ${name}, is not in the input`,
    help: 'pass that object too, for example with everything that helm template prints for the release',
  },
  'chart-example': {
    code: 'ARB541',
    severity: 'note',
    message: () =>
      'the values contain no configuration: the chart runs its example, which discovers every kind of object',
    help: 'set alloy.configMap.content, or pass the *.alloy files together with the values',
  },
  'generated-configuration': {
    code: 'ARB542',
    severity: 'error',
    message: (_: Record<never, never>) =>
      'these values contain no Alloy configuration: the k8s-monitoring chart generates it from them',
    help: 'render the chart first: helm template … | alloy-rbac check -',
    helpFor: ({ rendering }: { rendering: Rendering | null }) => rendering && renderingInWords(rendering),
  },
  'several-charts': {
    code: 'ARB543',
    severity: 'error',
    message: ({ paths }: { paths: string }) => `these values contain the Alloy chart more than once: ${paths}`,
    help: 'pass the *.alloy files with the values of one of them',
  },
  'values-elsewhere': {
    code: 'ARB544',
    severity: 'warning',
    message: ({ what }: { what: string }) => `${what} may change these values and is not in the input`,
    help: 'pass the rendered chart: helm template … | alloy-rbac check -',
  },
  'variables-unknown': {
    code: 'ARB593',
    severity: 'note',
    message: ({ object, names }: { object: string; names: readonly string[] }) =>
      `Flux replaces ${names.join(', ')} in ${object}, and the input does not say by what`,
    help: 'set them with --substitute NAME=VALUE, or pass what flux build kustomization prints',
  },
  'post-renderers': {
    code: 'ARB594',
    severity: 'warning',
    message: ({ object }: { object: string }) =>
      `the postRenderers of ${object} may change what the chart renders, and were not applied`,
    help: 'check what is deployed: helm get manifest NAME -n NAMESPACE | alloy-rbac check -',
  },
  'not-rendered': {
    code: 'ARB596',
    severity: 'error',
    message: ({ path, what }: { path: string; what: string }) =>
      `${path} is ${what}: it has to be rendered before it can be read`,
    help: 'pass what the tool makes of it',
    helpFor: ({ command }: { command: string }) => passing(command),
  },
  'otel-engine': {
    code: 'ARB599',
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `${name} runs the OpenTelemetry engine of Alloy, and what its pipelines need is not covered`,
    help: 'grant what the documentation of the components in its pipelines asks for; an Alloy configuration in its alloyengine extension is read',
  },
  'manifests-elsewhere': {
    code: 'ARB598',
    severity: 'warning',
    message: ({ objects, what }: { objects: readonly string[]; what: string }) =>
      `${objects.join(', ')} ${objects.length === 1 ? 'deploys' : 'deploy'} ${what}, which ${objects.length === 1 ? 'is' : 'are'} not rendered here`,
    help: 'render what it deploys: argocd app manifests NAME | alloy-rbac check -',
  },
  'chart-template': {
    code: 'ARB545',
    severity: 'warning',
    message: ({ path }: { path: string }) => `${path} is a chart template and was not read`,
    help: 'render the chart and pass the result',
  },
  'chart-disabled': {
    code: 'ARB546',
    severity: 'note',
    message: ({ path }: { path: string }) => `${path}.enabled is false: this Alloy was not read`,
  },
  'content-type': {
    code: 'ARB547',
    severity: 'error',
    message: ({ path }: { path: string }) => `${path} is not text, expected a string that contains the configuration`,
    help: 'write the configuration as a block: content: |',
  },
  'stability-level': {
    code: 'ARB548',
    severity: 'warning',
    message: ({ level }: { level: string }) =>
      `${level} is not a valid stability level, expected one of experimental, public-preview, generally-available`,
  },
  'no-alloy': {
    code: 'ARB549',
    severity: 'error',
    message: () => 'the input contains no Alloy configuration and no workload that runs Alloy',
  },
  'object-repeated': {
    code: 'ARB551',
    severity: 'warning',
    message: ({ object, count }: { object: string; count: number }) =>
      `${object} is defined ${count} times with different content: the last one counts, as kubectl apply has it`,
    help: 'keep one of them',
  },
  'files-are-deployments': {
    code: 'ARB552',
    severity: 'note',
    message: ({ object, files }: { object: string; files: readonly string[] }) =>
      `${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''} define ${object} differently: each is judged as a deployment of its own`,
    help: 'check them one by one if they are applied one by one',
  },
  'values-are-deployments': {
    code: 'ARB555',
    severity: 'note',
    message: ({ files }: { files: readonly string[] }) =>
      `${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''} each contain a configuration: each is a deployment of its own`,
    help: 'to merge them, so that the last one counts, as helm -f does, pass --merge',
  },
  'alloy-not-judged': {
    code: 'ARB553',
    severity: 'warning',
    message: ({ container, where }: { container: string; where: string }) =>
      `the container ${container} of ${where} could run Alloy, and its configuration is not judged`,
    help: 'start Alloy with alloy run PATH in the command or the arguments, and add the configuration to the input',
  },
  'changes-not-applied': {
    code: 'ARB515',
    severity: 'warning',
    message: ({ path, keys }: { path: string; keys: readonly string[] }) =>
      `${keys.join(', ')} of ${path} change the objects that are read, and are not applied here`,
    help: 'pass what kustomize makes of the folder',
    helpFor: ({ command }: { command: string }) => passing(command),
  },
  'release-by-default': {
    code: 'ARB516',
    severity: 'warning',
    message: ({ by, text, assumed }: { by: string; text: string; assumed: string }) =>
      `${by} is ${text}, and the input does not set the variable; its default, ${assumed}, is assumed`,
    help: 'set the variable with --substitute NAME=VALUE',
  },
  'values-overruled': {
    code: 'ARB517',
    severity: 'warning',
    message: ({ owner, names }: { owner: string; names: readonly string[] }) =>
      `parameters of ${owner} come after its values, and set ${names.join(', ')} to something else`,
    help: 'remove these parameters from helm.parameters, or give them the values that are printed',
    helpFor: ({ form }: { form: string }) =>
      form === 'terraform'
        ? 'remove these from set, set_list, and set_sensitive, or give them the values that are printed'
        : null,
  },
  'argument-not-taken': {
    code: 'ARB514',
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `the command line of ${name} has an argument after the path of the configuration, and alloy run takes one only`,
    help: 'pass one path, a file or a folder; a switch takes its value after an equal sign: --cluster.enabled=true',
  },
  'several-runs': {
    code: 'ARB554',
    severity: 'error',
    message: ({ name, runs }: { name: string; runs: number }) =>
      `the command line of ${name} runs Alloy ${runs} times, with one configuration or another`,
    help: 'run each configuration in a container of its own',
  },
  'no-such-workload': {
    code: 'ARB561',
    severity: 'error',
    message: ({ workload, names }: { workload: string; names: string }) =>
      `the input contains no workload ${workload}; it contains ${names}`,
    help: 'select one of them with --workload',
  },
  'several-workloads': {
    code: 'ARB562',
    severity: 'error',
    message: ({ names }: { names: string }) => `the input contains several configurations: ${names}`,
    help: 'select one of them with --workload, or generate for all of them with --all',
  },
  'values-beyond-reach': {
    code: 'ARB597',
    severity: 'warning',
    message: ({ name, owner }: { name: string; owner: string }) =>
      `the values of ${name} belong to ${owner}, which neither another values file nor a patch reaches`,
    help: 'add them there, to the values that are there already',
  },
  'pod-security': {
    code: 'ARB563',
    severity: 'note',
    message: ({ level, lists }: { level: string; lists: readonly string[] }) =>
      `the strictest Pod Security Standard that allows the pod is ${level}; ${lists.join('; ')}`,
    helpFor: ({ level }: { level: string }) => `label the namespace with pod-security.kubernetes.io/enforce: ${level}`,
  },
  'separate-instance': {
    code: 'ARB564',
    severity: 'note',
    message: ({ components, level, grants }: { components: readonly string[]; level: string; grants: number }) =>
      `without ${components.join(', ')}, the pod would meet the ${level} standard, and ${grants} ${grants === 1 ? 'grant' : 'grants'} would be kept apart from what reaches the node`,
    help: 'run them in a separate instance, with the components that receive their data',
  },
  'low-port': {
    code: 'ARB565',
    severity: 'note',
    message: ({ port, component }: { port: string; component: string }) =>
      `${component} listens on ${port}, so the container runs as root with NET_BIND_SERVICE`,
    help: 'listen on port 1024 or higher, which alloy.extraPorts can map; or lower net.ipv4.ip_unprivileged_port_start, a safe sysctl, with global.podSecurityContext.sysctls; either one avoids root',
  },
  'autopilot-rejects': {
    code: 'ARB566',
    severity: 'warning',
    message: ({
      what,
      components,
      constraint,
    }: {
      what: readonly string[]
      components: readonly string[]
      constraint: string
    }) =>
      `GKE Autopilot rejects ${what.join(', ')} (${components.length === 0 ? 'no component needs it' : components.join(', ')}): ${constraint}`,
    help: 'run it on a Standard cluster, or under a WorkloadAllowlist; the cluster option --workload-policies=allow-net-admin allows NET_ADMIN',
  },
  'autopilot-denies': {
    code: 'ARB576',
    severity: 'warning',
    message: ({ grants, components }: { grants: readonly string[]; components: readonly string[] }) =>
      `GKE Autopilot denies ${grants.join(' · ')} (${components.join(', ')}) to every workload: nodes/proxy is managed there, and no role changes that`,
    help: 'discover the pods of the own node with discovery.kubernetes and a field selector on spec.nodeName, request only kubelet paths for which nodes/metrics or another fine-grained permission is enough, or let Google Cloud Managed Service for Prometheus collect the metrics of kubelets',
  },
  'autopilot-accepts': {
    code: 'ARB567',
    severity: 'note',
    message: (_: Record<never, never>) => 'GKE Autopilot would accept this pod',
  },
  'selinux-type': {
    code: 'ARB568',
    severity: 'note',
    message: ({ type }: { type: string }) =>
      `the default SELinux type of containers cannot reach what this pod needs on the node, so its SecurityContextConstraints set ${type}; this was not tried on a cluster`,
    help: 'try it on one node first; if the policy of your nodes has a narrower type, set that one in seLinuxContext',
  },
  listens: {
    code: 'ARB569',
    severity: 'note',
    message: ({ ports, port, clustered }: { ports: readonly string[]; port: number; clustered: boolean }) =>
      `the NetworkPolicy allows ${ports.length === 0 ? 'no ports of components' : ports.join(', ')}, and ${clustered ? `lets the members of the Alloy cluster reach Alloy's HTTP server on ${port}` : `lets no one reach Alloy's HTTP server on ${port}, which nothing in the configuration needs from other pods`}`,
    help: 'if something scrapes the metrics of Alloy itself, allow it too; alloy.listenAddr: 127.0.0.1 would also close the server, but then the readiness probe of the chart fails',
  },
  'probe-cannot-reach': {
    code: 'ARB570',
    severity: 'warning',
    message: ({ address }: { address: string }) =>
      `alloy.listenAddr is ${address}, where the readiness probe of the chart cannot reach Alloy, so no pod becomes ready`,
    help: 'leave it at 0.0.0.0 and close the server with --network-policy; from chart 1.2.1 on, alloy.enableHttpServerPort: false removes the probe',
  },
  'policy-on-host-network': {
    code: 'ARB571',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'the pod uses the host network, where most network plugins ignore a NetworkPolicy',
    help: 'close the ports in the firewall of the node',
  },
  'extra-objects-not-supported': {
    code: 'ARB572',
    severity: 'warning',
    message: ({ version, kinds }: { version: string; kinds: readonly string[] }) =>
      `chart ${version} has no extraObjects, so its values cannot carry ${kinds.join(' and ')}`,
    help: 'use --format manifests, or chart 0.11.0 or later',
  },
  'policies-add-up': {
    code: 'ARB573',
    severity: 'warning',
    message: (_: Record<never, never>) =>
      'networkPolicy.enabled is true, and what the policy of the chart allows is allowed whatever this policy says',
    help: 'set networkPolicy.enabled: false',
  },
  'secret-repeated': {
    code: 'ARB574',
    severity: 'warning',
    message: ({ names }: { names: readonly string[] }) =>
      `the document repeats the Secret ${names.join(', ')} from extraObjects with its data: Helm replaces lists, so anything left out would be lost`,
    help: 'protect the document like the values, or remove the Secret from extraObjects',
  },
  'name-lost-by-helm': {
    code: 'ARB578',
    severity: 'warning',
    message: ({ names }: { names: readonly string[] }) =>
      `Helm cannot pass on ${names.join(', ')}: the values leave ${names.length === 1 ? 'it' : 'them'} out`,
    help: 'correct the name or the path: no object of Kubernetes can have a control character or a line separator in its name',
  },
  'text-lost-by-helm': {
    code: 'ARB579',
    severity: 'warning',
    message: ({ texts }: { texts: readonly string[] }) =>
      `Helm cannot pass on ${texts.join(', ')}, and leaves out or changes the whole list or object of the values that contains it`,
    help: 'use a name without control characters, or generate --format manifests',
  },
  'link-not-followed': {
    code: 'ARB575',
    severity: 'note',
    message: ({ path }: { path: string }) => `${path} is a link that leaves the folder of the input, and was not read`,
    help: 'follow it with --allow-outside',
    helpFor: ({ inChart = false }: { inChart?: boolean }) => (inChart ? 'name what it leads to' : null),
  },
  'host-path-chosen': {
    code: 'ARB585',
    severity: 'note',
    message: ({ components, hostPath, mountPath }: MountNeed) =>
      `${components.join(', ')} reads ${mountPath}, where nothing is mounted, so ${hostPath} of the node is mounted there`,
    help: 'if the files are not those of the node, mount a ConfigMap, a Secret or a claim at that path or above it in your values; it is kept as it is',
  },
  'host-path-unneeded': {
    code: 'ARB586',
    severity: 'note',
    message: ({ hostPath, by, isKept }: { hostPath: string; by: string; isKept: boolean }) =>
      isKept
        ? `nothing that is known of the configuration needs ${hostPath} of the node (${by}); it stays, because not everything is known`
        : `nothing in the configuration needs ${hostPath} of the node (${by}), so the output no longer mounts it`,
  },
  'other-folder-mounted': {
    code: 'ARB587',
    severity: 'warning',
    message: ({ components, hostPath, mountPath, found, by }: MountNeed & { found: string; by: string }) =>
      `${components.join(', ')} looks for ${hostPath} of the node at ${mountPath}, where ${found} of the node is mounted (${by})`,
    help: 'what you mount stays; mount the folder that is looked for instead, or let the configuration look elsewhere',
  },
  'host-path-broad': {
    code: 'ARB588',
    severity: 'warning',
    message: ({ hostPath, by, instead }: { hostPath: string; by: string; instead: readonly string[] }) =>
      `${hostPath} of the node (${by}) shows more than the configuration needs, and stays as you mount it; ${instead.join(' and ')} would do`,
  },
  'mount-below-read-only': {
    code: 'ARB589',
    severity: 'warning',
    message: ({ path, folder }: { path: string; folder: string }) =>
      `a volume is mounted at ${path}, below ${folder}, which is mounted read-only: the container starts only if ${path} exists there`,
    help: 'create it on the node, or mount the volume somewhere else',
  },
  'written-on-the-node': {
    code: 'ARB592',
    severity: 'note',
    message: ({ hostPath, mountPath }: { hostPath: string; mountPath: string }) =>
      `what is written to ${mountPath}, such as positions, is kept in ${hostPath} of the node and outlives the pod; that is your choice, and it stays`,
    help: 'an emptyDir in its place would need no folder of the node, and would forget the positions with the pod',
  },
  'windows-left-alone': {
    code: 'ARB591',
    severity: 'note',
    message: () =>
      'the pod runs on Windows, so users, capabilities, profiles and volumes stay as your values have them; the rights are for any system',
  },
  'volume-not-writable': {
    code: 'ARB590',
    severity: 'error',
    message: ({ components, path, mountPath }: { components: readonly string[]; path: string; mountPath: string }) =>
      `${components.join(', ')} writes to ${path}, but no container can write to the volume that your values mount at ${mountPath}`,
    help: 'mount an emptyDir or a claim there, or choose another path',
  },
} as const satisfies Record<string, Entry>

/** The name of a diagnostic. */
export type Name = keyof typeof catalog
/** A code of the catalog. */
export type Code = (typeof catalog)[Name]['code']
/** What the message of a diagnostic is made from, and its help. */
export type Args<N extends Name> = Parameters<(typeof catalog)[N]['message']>[0] &
  ((typeof catalog)[N] extends { readonly helpFor: (args: infer A) => unknown } ? A : unknown)

const names = new Map((Object.keys(catalog) as Name[]).map(name => [catalog[name].code as string, name]))

/** Every code of the catalog, in order. */
export const codes = [...names.keys()].sort() as readonly Code[]

/** Says whether a text is a code of the catalog. */
export const isCode = (text: string): text is Code => names.has(text)

/** The entry of a code, with its name. */
export function entryOf(code: Code): Entry & { readonly name: Name } {
  const name = names.get(code) as Name
  return { name, ...catalog[name] }
}
