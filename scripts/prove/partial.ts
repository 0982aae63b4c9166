import { type Grant, implies } from '../../src/kubernetes/grant.ts'
import { command } from '../../test/cli/io.ts'
import { configuration } from '../fuzz/configuration.ts'
import type { Random } from '../fuzz/random.ts'
import { relabelling } from '../fuzz/relabel.ts'

/** The parts of `generate --format json` that are compared. */
interface Document {
  readonly grants: readonly {
    url?: string
    namespace: string | null
    apiGroup: string
    resource: string
    name: string | null
    verb: string
  }[]
  readonly pod: {
    readonly privileged: boolean
    readonly hostPID: boolean
    readonly hostNetwork: boolean
    readonly runAsUser: number
    readonly capabilities: { readonly add: readonly string[] }
    readonly mounts: readonly { readonly hostPath: string; readonly readOnly: boolean }[]
    readonly automountServiceAccountToken: boolean
  }
}

const values = [
  'pod',
  'node',
  'shop',
  'a,b',
  '',
  'true',
  'https',
  '__address__',
  '/metrics',
  '10',
  'kubernetes.default.svc:443',
  'x'.repeat(40),
]

/**
 * The plan of a configuration whose variables are not known covers its plan with any values of theirs. Cases are the fillings that
 * have a plan; a value that the configuration is refused with is none.
 */
export async function partially(random: Random): Promise<number | string> {
  const text = random.chance(0.7) ? configuration(random) : relabelling(random)
  if (!text.includes('sys.env(')) return 0
  const open = await planOf(text, [])
  if (open === null) return 0
  let cases = 0
  for (let times = 0; times < 3; times++) {
    const given = ['--env', `X=${random.pick(values)}`, '--env', `NAMESPACE=${random.pick(values)}`]
    const full = await planOf(text, given)
    if (full === null) continue
    cases++
    const lacking = lacks(open, full)
    if (lacking !== null) return `${given.join(' ')}: ${lacking}\n${text}`
  }
  return cases
}

async function planOf(text: string, options: readonly string[]): Promise<Document | null> {
  const { code, stdout } = await command(['generate', 'config.alloy', '--format', 'json', ...options], {
    'config.alloy': text,
  })
  return code === 0 ? (JSON.parse(stdout) as Document) : null
}

/** What the full plan has and the open one does not cover. */
function lacks(open: Document, full: Document): string | null {
  const held = open.grants.map(grantOf)
  const grant = full.grants.find(each => !held.some(wider => implies(wider, grantOf(each))))
  if (grant) return `the grant ${JSON.stringify(grant)}`
  const [wide, narrow] = [open.pod, full.pod]
  if (wide.privileged) return null
  for (const flag of ['privileged', 'hostPID', 'hostNetwork', 'automountServiceAccountToken'] as const)
    if (narrow[flag] && !wide[flag]) return flag
  if (narrow.runAsUser === 0 && wide.runAsUser !== 0) return 'the root user'
  const capability = narrow.capabilities.add.find(each => !wide.capabilities.add.includes(each))
  if (capability) return `the capability ${capability}`
  return null
}

const grantOf = ({ url, namespace, apiGroup, resource, name, verb }: Document['grants'][number]): Grant =>
  url === undefined
    ? { kind: 'resource', namespace, group: apiGroup, resource, name, verb }
    : { kind: 'url', url, verb }
