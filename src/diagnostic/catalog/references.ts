import { type Doubt, doubtsInWords, helpForDoubts } from '../doubts-in-words.ts'
import type { Entry } from '../entry.ts'
import { helpForUnavailable, type Unavailable, whyUnavailable } from '../module-in-words.ts'
import { didYouMean } from '../suggest.ts'
import type { Close } from './wording.ts'

/** Stage 1: modules and references. */
export const referencesEntries = {
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
} as const satisfies Record<string, Entry>
