import { type Grant, implies, type ResourceGrant } from '../../src/kubernetes/grant.ts'
import { command } from '../../test/cli/io.ts'
import { configuration } from '../fuzz/configuration.ts'
import type { Random } from '../fuzz/random.ts'
import { relabeling } from '../fuzz/relabel.ts'
import { literally, scraping } from './scrape.ts'

/** The parts of `generate --format json` that are compared. */
interface Document {
  readonly grants: readonly {
    url?: string
    namespace: string | null
    apiGroup: string
    resource: string
    name: string | null
    verb: string
    reasons: readonly { readonly component: string }[]
  }[]
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[]
  readonly pod: {
    readonly privileged: boolean
    readonly hostPID: boolean
    readonly hostNetwork: boolean
    readonly runAsUser: number
    readonly capabilities: { readonly add: readonly string[] }
    readonly mounts: readonly { readonly hostPath: string; readonly readOnly: boolean }[]
    readonly writable: readonly string[]
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
  const text = random.chance(0.7) ? configuration(random) : relabeling(random)
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

/** Where who answers, or what is asked, is not known, the plan says what it assumes instead of covering every answer. */
const said = new Set(['ARB323', 'ARB343', 'ARB344', 'ARB346'])

/** The same for scrapes and requests, filled by variables that are given and by literals in their places. */
export async function scraped(random: Random): Promise<number | string> {
  const filling = scraping(random)
  const given = [...filling.values].flatMap(([name, value]) => ['--env', `${name}=${value}`])
  const open = await planOf(filling.text, [])
  const full = await planOf(filling.text, given)
  const literal = await planOf(literally(filling), [])
  if (open === null || full === null || literal === null) return 0
  const lacking = lacks(open, full, said) ?? lacks(open, literal, said) ?? lacks(full, literal)
  return lacking === null ? 1 : `${given.join(' ')}: ${lacking}\n${filling.text}`
}

async function planOf(text: string, options: readonly string[]): Promise<Document | null> {
  const { code, stdout } = await command(['generate', 'config.alloy', '--format', 'json', ...options], {
    'config.alloy': text,
  })
  return code === 0 ? (JSON.parse(stdout) as Document) : null
}

/** What the full plan has and the open one does not cover; nothing of a component of which it says so with one of the codes. */
function lacks(open: Document, full: Document, codes: ReadonlySet<string> = new Set()): string | null {
  const spoken = open.diagnostics.filter(({ code }) => codes.has(code)).map(({ message }) => message)
  const excused = ({ reasons }: Document['grants'][number]): boolean =>
    reasons.every(({ component }) => spoken.some(message => message.startsWith(`${component} `)))
  // A kubelet that knows the finer parts of its API is content with nodes/proxy in their place.
  const held = open.grants.map(grantOf).flatMap(each => (isNodeProxy(each) ? [each, ...finerThan(each)] : [each]))
  const grant = full.grants.find(each => !held.some(wider => implies(wider, grantOf(each))) && !excused(each))
  if (grant) return `the grant ${JSON.stringify(grant)}`
  const [wide, narrow] = [open.pod, full.pod]
  if (wide.privileged) return null
  for (const flag of ['privileged', 'hostPID', 'hostNetwork', 'automountServiceAccountToken'] as const)
    if (narrow[flag] && !wide[flag]) return flag
  // Of a path that is known only at run time it says that it took nothing for it, of a port that it takes a high one.
  const says = (code: string): boolean => open.diagnostics.some(each => each.code === code)
  const [pathless, portless] = [says('ARB372'), says('ARB371')]
  if (narrow.runAsUser === 0 && wide.runAsUser !== 0 && !pathless && !portless) return 'the root user'
  const capability = narrow.capabilities.add.find(
    each => !wide.capabilities.add.includes(each) && !(portless && each === 'NET_BIND_SERVICE'),
  )
  if (capability) return `the capability ${capability}`
  if (pathless) return null
  const mount = narrow.mounts.find(
    each => !wide.mounts.some(({ hostPath, readOnly }) => hostPath === each.hostPath && (each.readOnly || !readOnly)),
  )
  if (mount) return `the mount ${JSON.stringify(mount)}`
  const path = narrow.writable.find(each => !wide.writable.includes(each))
  return path === undefined ? null : `the writable path ${path}`
}

const isNodeProxy = (grant: Grant): grant is ResourceGrant =>
  grant.kind === 'resource' && grant.group === '' && grant.resource === 'nodes/proxy'

const finerThan = (proxy: ResourceGrant): readonly Grant[] =>
  ['nodes/pods', 'nodes/healthz', 'nodes/configz'].map(resource => ({ ...proxy, resource }))

const grantOf = ({ url, namespace, apiGroup, resource, name, verb }: Document['grants'][number]): Grant =>
  url === undefined
    ? { kind: 'resource', namespace, group: apiGroup, resource, name, verb }
    : { kind: 'url', url, verb }
