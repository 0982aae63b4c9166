import type { Level } from '../../kubernetes/pod/security.ts'
import type { PathSource, PrivilegeRule } from '../../rules/map/schema.ts'
import type { PodField, Privilege } from '../../rules/requirement.ts'
import { withoutSlash } from '../../text/cut.ts'

/** A privilege that is asked about, as a user writes it. */
export type PrivilegeQuestion =
  | { readonly kind: 'capability'; readonly name: string }
  | { readonly kind: 'pod'; readonly field: PodField }
  | { readonly kind: 'mount'; readonly path: string; readonly readOnly: boolean | null }
  | { readonly kind: 'writable'; readonly path: string }
  | { readonly kind: 'port'; readonly port: number; readonly protocol: string | null }
  | { readonly kind: 'level'; readonly level: Exclude<Level, 'privileged'> }

const fields: readonly PodField[] = [
  'hostPID',
  'hostNetwork',
  'hostIPC',
  'privileged',
  'root',
  'token',
  'appArmorUnconfined',
  'seccompUnconfined',
  'privilegeEscalation',
  'writableRootFilesystem',
]

/** Other names that people have for the same. */
const aliases: Readonly<Record<string, PodField>> = {
  runasroot: 'root',
  'runasuser 0': 'root',
  'runasuser: 0': 'root',
  allowprivilegeescalation: 'privilegeEscalation',
  automountserviceaccounttoken: 'token',
}

/**
 * Reads a privilege as `check` prints it, or as the pod's settings name it: `capability SYS_PTRACE`, `pod hostPID`, `root`,
 * `mount /var/log ro`, `writable /tmp/alloy`, `port 514/UDP`, `restricted`. Null for what is none.
 */
export function privilegeOf(text: string): PrivilegeQuestion | null {
  const [, level] = text.toLowerCase().match(/^(?:pod security )?(restricted|baseline)$/) ?? []
  if (level === 'restricted' || level === 'baseline') return { kind: 'level', level }
  const [, capability] = text.match(/^(?:capability (?:CAP_)?|CAP_)([A-Z][A-Z0-9_]*)$/i) ?? []
  if (capability !== undefined) return { kind: 'capability', name: capability.toUpperCase() }
  const bare = text.replace(/^pod /i, '').toLowerCase()
  const field = fields.find(each => each.toLowerCase() === bare) ?? aliases[bare]
  if (field !== undefined) return { kind: 'pod', field }
  const [, mounted, mode] = text.match(/^mount (\/\S*?)(?: at \/\S*)?(?: (ro|rw))?$/) ?? []
  if (mounted !== undefined)
    return { kind: 'mount', path: plain(mounted), readOnly: mode === undefined ? null : mode === 'ro' }
  const [, written] = text.match(/^writable (\/\S*)$/) ?? []
  if (written !== undefined) return { kind: 'writable', path: plain(written) }
  const [, port, protocol] = text.match(/^port (\d{1,5})(?:\/(TCP|UDP))?(?: on loopback)?$/i) ?? []
  return port === undefined ? null : { kind: 'port', port: Number(port), protocol: protocol?.toUpperCase() ?? null }
}

const plain = (path: string): string => withoutSlash(path)

/** A privilege as it was asked about, in the notation of all outputs. */
export function questionLine(question: PrivilegeQuestion): string {
  switch (question.kind) {
    case 'capability':
      return `capability ${question.name}`
    case 'pod':
      return `pod ${question.field}`
    case 'mount':
      if (question.readOnly === null) return `mount ${question.path}`
      return `mount ${question.path} ${question.readOnly ? 'ro' : 'rw'}`
    case 'writable':
      return `writable ${question.path}`
    case 'port':
      return `port ${question.port}${question.protocol === null ? '' : `/${question.protocol}`}`
    case 'level':
      return `Pod Security level ${question.level}`
    default:
      return question satisfies never
  }
}

/**
 * Whether a rule asks for it: `always` by what the rule fixes, `named` where arguments name a path or a port, which may be this one;
 * `never` otherwise.
 */
export function asks(rule: PrivilegeRule, question: PrivilegeQuestion): 'always' | 'named' | 'never' {
  const paths = (sources: readonly PathSource[], path: string) => {
    if (sources.some(source => typeof source === 'string' && meet(source, path))) return 'always'
    return sources.some(source => typeof source !== 'string') ? 'named' : 'never'
  }
  switch (question.kind) {
    case 'capability':
      return rule.capabilities?.includes(question.name) ? 'always' : 'never'
    case 'pod':
      return rule.pod?.includes(question.field) ? 'always' : 'never'
    case 'mount': {
      const mounts = (rule.mounts ?? []).filter(({ readOnly }) => question.readOnly !== false || !readOnly)
      const linked = mounts.flatMap(({ links = {} }) => Object.entries(links).flat())
      return paths([...mounts.map(({ path }) => path), ...linked], question.path)
    }
    case 'writable':
      return paths(rule.writable ?? [], question.path)
    case 'port':
      return (rule.ports ?? []).length > 0 ? 'named' : 'never'
    case 'level':
      return 'never'
    default:
      return question satisfies never
  }
}

/** Whether a privilege that a configuration needs is the one that is asked about. */
export function isAbout(privilege: Privilege, question: PrivilegeQuestion): boolean {
  switch (question.kind) {
    case 'capability':
      return privilege.kind === 'capability' && privilege.name === question.name
    case 'pod':
      return privilege.kind === 'pod' && privilege.field === question.field
    case 'mount':
      return (
        privilege.kind === 'mount' &&
        meet(privilege.hostPath, question.path) &&
        (question.readOnly !== false || !privilege.readOnly)
      )
    case 'writable':
      return privilege.kind === 'writable' && meet(privilege.path, question.path)
    case 'port':
      return (
        privilege.kind === 'port' &&
        privilege.port === question.port &&
        (question.protocol === null || privilege.protocol === question.protocol)
      )
    case 'level':
      return false
    default:
      return question satisfies never
  }
}

/** Whether one path is the other, or lies below it. */
function meet(one: string, other: string): boolean {
  const [a, b] = [`${plain(one)}/`, `${plain(other)}/`].map(path => path.replace(/^\/\/$/, '/')) as [string, string]
  return a === b || (b !== '/' && a.startsWith(b)) || (a !== '/' && b.startsWith(a))
}
