import * as assert from 'uvu/assert'
import type { Grant } from '../../src/kubernetes/grant.ts'
import { grantIn } from '../kubernetes/lines.ts'

/** Grants on so many Secrets in ten namespaces. */
const manyGrants = (count: number): readonly Grant[] =>
  Array.from({ length: count }, (_, at) => grantIn(`n${at % 10} secrets[s${at}] get`))

/** Demands that work looks at each grant about as often however many there are: it is counted, for a clock tells of the machine. */
export function readsEachGrantAsOften(work: (grants: readonly Grant[]) => void): void {
  const [few, many] = [500, 4_000].map(count => reads(manyGrants(count), work) / count)
  assert.ok(many! < 2 * few!, `a grant is read ${few} times among few and ${many} times among many`)
}

/** How often work reads a field of a grant. */
function reads(grants: readonly Grant[], work: (grants: readonly Grant[]) => void): number {
  let count = 0
  const get = (grant: Grant, field: string | symbol): unknown => {
    count++
    return Reflect.get(grant, field)
  }
  work(grants.map(grant => new Proxy(grant, { get })))
  return count
}
