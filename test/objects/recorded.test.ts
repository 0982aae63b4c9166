import * as assert from 'uvu/assert'
import type { Analysis } from '../../src/index.ts'
import { type Grant, grantLine, implies } from '../../src/kubernetes/grant.ts'
import { describe } from '../harness.ts'
import { cluster, grantsOf, planned, type Recorded, recordings } from './cluster.ts'

/** What every account may do by Kubernetes' own bindings. */
const isEveryones = (line: string): boolean =>
  /^url \/(?:\.well-known\/|version |api(?:s|\/| )|openapi|healthz|livez|readyz)/.test(line)

/** A line as a grant: `team-a secrets[creds] get`, `cluster podlogs.monitoring.grafana.com watch`. */
function grantIn(line: string): Grant {
  const [where = '', what = '', verb = ''] = line.split(' ')
  if (where === 'url') return { kind: 'url', url: what, verb }
  const [, resource = '', name = null, group = ''] = /^([^.[]+)(?:\[([^\]]*)\])?(?:\.(.*))?$/.exec(what) ?? []
  return { kind: 'resource', namespace: where === 'cluster' ? null : where, group, resource, name, verb }
}

const denied = (recorded: Recorded, grants: readonly Grant[]): readonly string[] =>
  recorded.requests.filter(line => !isEveryones(line) && !grants.some(grant => implies(grant, grantIn(line))))

const plans = new Map<string, Analysis>()

/** The plan where the cluster has no other objects, made once. */
function closedPlan(recorded: Recorded): Analysis {
  const made = plans.get(recorded.id)
  if (made) return made
  const plan = planned(recorded, { objects: { 'cluster.yaml': cluster }, objectsComplete: true })
  plans.set(recorded.id, plan)
  return plan
}

describe('narrowed plans of recordings', it => {
  for (const recorded of recordings)
    it(`${recorded.id} is allowed what it asked for`, () => {
      const wide = planned(recorded, {})
      const open = planned(recorded, { objects: { 'cluster.yaml': cluster } })
      const narrow = closedPlan(recorded)
      assert.equal(denied(recorded, grantsOf(narrow)), [])
      assert.equal(denied(recorded, grantsOf(open)), [])
      const added = grantsOf(narrow).filter(grant => !grantsOf(wide).some(each => implies(each, grant)))
      assert.equal(added.map(grantLine), [])
      assert.equal(grantsOf(narrow).map(grantLine), grantsOf(open).map(grantLine))
    })

  it('name every Secret and ConfigMap that objects refer to', () => {
    const unnamed = recordings.flatMap(recorded =>
      closedPlan(recorded).plan.grants.flatMap(({ grant, reasons }) =>
        grant.kind === 'resource' &&
        ['secrets', 'configmaps'].includes(grant.resource) &&
        grant.name === null &&
        reasons.every(({ objects }) => objects !== undefined)
          ? [`${recorded.id}: ${grantLine(grant)}`]
          : [],
      ),
    )
    assert.equal(unnamed, [])
  })
})
