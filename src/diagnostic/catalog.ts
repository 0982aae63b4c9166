import { auditEntries } from './catalog/audit.ts'
import { baselineEntries } from './catalog/baseline.ts'
import { chartEntries } from './catalog/chart.ts'
import { checkEntries } from './catalog/check.ts'
import { compareEntries } from './catalog/compare.ts'
import { deniedEntries } from './catalog/denied.ts'
import { deploymentEntries } from './catalog/deployment.ts'
import { evaluationEntries } from './catalog/evaluation.ts'
import { inputEntries } from './catalog/input.ts'
import { installerEntries } from './catalog/installer.ts'
import { needsEntries } from './catalog/needs.ts'
import { referencesEntries } from './catalog/references.ts'
import { ruleMapEntries } from './catalog/rule-map.ts'
import { syntaxEntries } from './catalog/syntax.ts'
import { upgradeEntries } from './catalog/upgrade.ts'
import type { Entry } from './entry.ts'

/** The entries of all stages, each with its own type: written out together, they would be declared twice. */
type Catalog = typeof syntaxEntries &
  typeof referencesEntries &
  typeof evaluationEntries &
  typeof ruleMapEntries &
  typeof needsEntries &
  typeof checkEntries &
  typeof baselineEntries &
  typeof deniedEntries &
  typeof upgradeEntries &
  typeof compareEntries &
  typeof installerEntries &
  typeof auditEntries &
  typeof inputEntries &
  typeof chartEntries &
  typeof deploymentEntries

/**
 * Every diagnostic the program can report, by its kebab-case name. The first digit of a code is the stage: 0 syntax, 1 modules and references, 2 evaluation,
 * 3 rule map and versions, 4 check, 5 chart and values. Codes are never reused.
 */
export const catalog: Catalog = {
  ...syntaxEntries,
  ...referencesEntries,
  ...evaluationEntries,
  ...ruleMapEntries,
  ...needsEntries,
  ...checkEntries,
  ...baselineEntries,
  ...deniedEntries,
  ...upgradeEntries,
  ...compareEntries,
  ...installerEntries,
  ...auditEntries,
  ...inputEntries,
  ...chartEntries,
  ...deploymentEntries,
}

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
