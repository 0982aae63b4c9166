import { isMap, isSeq, type Node, parseDocument, type YAMLSeq } from 'yaml'
import { type Grant, grantKey, implies } from '../../src/kubernetes/grant.ts'
import { removals } from '../../src/reports/audit/trim/list-edits.ts'
import { applyEdits } from '../../src/reports/audit/trim/text-edit.ts'
import { auditOf, defaultsOf } from './audited.ts'

/** The rules of values that can be taken away without the audit naming what components can need of them. */
export function unnoticed(chart: string, values: string): readonly string[] {
  return auditOf(chart, values).rules.flatMap(({ list, index, place, usable }) => {
    const found = auditOf(chart, without(values, list, index))
    const granted = defaultsOf(found)
    const missed = new Set(found.missing.flatMap(({ grants }) => grants.map(everywhere)))
    const isNamed = usable.every(
      ({ grant }) =>
        grant.kind === 'url' || granted.some(each => implies(each, grant)) || missed.has(everywhere(grant)),
    )
    return isNamed ? [] : [place]
  })
}

/** A need of one namespace or object counts for all. */
const everywhere = (grant: Grant): string =>
  grantKey(grant.kind === 'url' ? grant : { ...grant, namespace: null, name: null })

function without(values: string, list: string, index: number): string {
  const rbac = parseDocument(values).get('rbac')
  const found = isMap(rbac) ? rbac.get(list) : undefined
  const edits = isSeq(found) ? removals(values, found as YAMLSeq<Node>, at => at !== index) : null
  if (edits === null) throw new Error(`rbac.${list}[${index}] cannot be taken out`)
  return applyEdits(values, edits)
}
