import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts'
import { few } from '../../diagnostic/suggest.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Json } from '../json.ts'

/**
 * Characters that Helm's `toYaml` gives up at, escaped or not, since it reads its own JSON as YAML, and those that it takes for a
 * break of lines, and makes blanks of.
 */
const lost = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/

/**
 * A plan without the grants whose names Helm would lose, nor the mounts whose paths it would, and with them the whole list that they are
 * in. Kubernetes has no object or namespace of such a name.
 */
export function withoutLostNames(plan: Plan): Plan {
  const grants = plan.grants.filter(({ grant }) => namesOf(grant).length === 0)
  const privileges = plan.privileges.filter(({ privilege }) => namesOf(privilege).length === 0)
  const isWhole = grants.length === plan.grants.length && privileges.length === plan.privileges.length
  return isWhole ? plan : { ...plan, grants, privileges }
}

/** The texts of a grant or privilege that Helm would lose. */
const namesOf = (need: object): readonly string[] => textsOf(need as Json).filter(text => lost.test(text))

/** Says which names are left out of the values, and which texts of them no chart can render. */
export function lostTexts(plan: Plan, tree: Json): readonly Diagnostic[] {
  const needs = [...plan.grants.map(({ grant }) => grant), ...plan.privileges.map(({ privilege }) => privilege)]
  const names = [...new Set(needs.flatMap(namesOf))]
  const texts = [...new Set(textsOf(tree))].filter(text => lost.test(text))
  return [
    ...(names.length === 0 ? [] : [diagnostic('name-lost-by-helm', null, { names: few(names.map(quoted), 3) })]),
    ...(texts.length === 0 ? [] : [diagnostic('text-lost-by-helm', null, { texts: few(texts.map(quoted), 3) })]),
  ]
}

const quoted = (text: string): string => JSON.stringify(text)

/** Every key and string of a tree. */
function textsOf(tree: Json): readonly string[] {
  if (typeof tree === 'string') return [tree]
  if (Array.isArray(tree)) return tree.flatMap(textsOf)
  if (tree === null || typeof tree !== 'object') return []
  return Object.entries(tree).flatMap(([key, value]) => [key, ...textsOf(value)])
}
