import { type Grant, grantLines } from '../../kubernetes/grant.ts'
import { privilegeRisk } from '../../kubernetes/pod/privilege-risk.ts'
import { riskOf, riskRank } from '../../kubernetes/risk.ts'
import type { BareGrantJson, GrantJson, ReasonJson } from '../documents/common.ts'
import type { PodJson } from '../documents/generate.ts'

/** How much something gives away, in five steps: 0 is the most severe, 4 only reads metadata. */
export type Rank = 0 | 1 | 2 | 3 | 4

/** One thing that is needed or held, as one row and one node of the river. */
export interface Row<R> {
  /** In the notation of all outputs: `cluster pods list,watch`. */
  readonly line: string
  /** What it is about: `pods/log`, `capability SYS_PTRACE`. */
  readonly title: string
  /** Verbs and place, in words. */
  readonly detail: string
  readonly rank: Rank
  /** What else it allows. */
  readonly risk: string | null
  readonly kind: 'grant' | 'privilege'
  readonly assumed: boolean
  readonly reasons: readonly R[]
}

/** Grants, the verbs on one thing together, the most severe first. */
export function grantRows<R>(grants: readonly GrantJson<R>[]): readonly Row<R>[] {
  const groups = new Map<string, GrantJson<R>[]>()
  for (const each of grants) {
    const { verb: _, reasons: __, ...subject } = each
    const key = JSON.stringify(subject)
    const known = groups.get(key)
    if (known) known.push(each)
    else groups.set(key, [each])
  }
  return [...groups.values()].map(rowOf).sort((a, b) => a.rank - b.rank)
}

function rowOf<R>(group: readonly GrantJson<R>[]): Row<R> {
  const all = group.map(grantOf)
  const [first] = group
  const worst = all.toSorted((a, b) => riskRank(a) - riskRank(b))[0]
  const risk = worst === undefined ? null : riskOf(worst)
  const verbs = all.map(({ verb }) => verb || '""').join(', ')
  const assumed = first?.certainty === 'assumed'
  const unique = new Map(group.flatMap(({ reasons }) => reasons.map(reason => [JSON.stringify(reason), reason])))
  return {
    line: grantLines(all, () => assumed).join(' '),
    title: first === undefined ? '' : titleOf(first),
    detail: `${verbs} · ${first === undefined ? '' : placeOf(first)}`,
    rank: (risk?.rank ?? 4) as Rank,
    risk: risk?.sentence ?? null,
    kind: 'grant',
    assumed,
    reasons: [...unique.values()],
  }
}

/** A grant of a document as the program has it. */
export function grantOf(grant: BareGrantJson): Grant {
  if ('url' in grant) return { kind: 'url', url: grant.url, verb: grant.verb }
  const { namespace, apiGroup, resource, name, verb } = grant
  return { kind: 'resource', namespace, group: apiGroup, resource, name, verb }
}

function titleOf(grant: BareGrantJson): string {
  if ('url' in grant) return grant.url
  const { apiGroup, resource, name } = grant
  return `${resource}${name === null ? '' : `[${name}]`}${apiGroup === '' ? '' : `.${apiGroup}`}`
}

function placeOf(grant: BareGrantJson): string {
  if ('url' in grant) return 'URL of the API server'
  if (grant.namespace === null) return 'whole cluster'
  return grant.namespace === '.' ? 'own namespace' : `namespace ${grant.namespace}`
}

/** The keys under which a document has the reasons for settings, and what these are called elsewhere. */
const settings: Readonly<Record<string, string>> = {
  privileged: 'privileged',
  hostPID: 'hostPID',
  hostNetwork: 'hostNetwork',
  hostIPC: 'hostIPC',
  runAsUser: 'root',
  automountServiceAccountToken: 'token',
  appArmorProfile: 'appArmorUnconfined',
  seccompProfile: 'seccompUnconfined',
  allowPrivilegeEscalation: 'privilegeEscalation',
  readOnlyRootFilesystem: 'writableRootFilesystem',
}

/** What a pod needs of Linux, the most severe first. */
export function privilegeRows({ reasons, mounts }: PodJson): readonly Row<ReasonJson>[] {
  const named = Object.entries(reasons).flatMap(([key, because]) => {
    const setting = settings[key]
    const line = key.startsWith('capabilities.') ? `capability ${key.slice(13)}` : setting && `pod ${setting}`
    return line === undefined ? [] : [privilegeRow(line, because)]
  })
  const mounted = mounts.map(({ hostPath, mountPath, readOnly, reasons: because }) => {
    const place = mountPath === hostPath ? hostPath : `${hostPath} at ${mountPath}`
    return privilegeRow(`mount ${place} ${readOnly ? 'ro' : 'rw'}`, because)
  })
  return [...named, ...mounted].sort((a, b) => a.rank - b.rank)
}

/** What settings of the pod are, for readers. */
const spoken: Readonly<Record<string, string>> = {
  'pod privileged': 'privileged container',
  'pod root': 'runs as root',
  'pod hostPID': 'processes of the node',
  'pod hostNetwork': 'network of the node',
  'pod hostIPC': 'shared memory of the node',
  'pod token': 'service account token',
  'pod appArmorUnconfined': 'no AppArmor profile',
  'pod seccompUnconfined': 'no seccomp profile',
  'pod privilegeEscalation': 'privilege escalation',
  'pod writableRootFilesystem': 'writable root file system',
}

/** A capability, a setting of the pod or a mount. */
export function privilegeRow<R>(line: string, reasons: readonly R[]): Row<R> {
  const [, capability] = line.match(/^capability (.*)$/) ?? []
  const [, path, mode] = line.match(/^mount (.*?)(?: (ro|rw))?$/) ?? []
  const mount = { ro: 'read-only mount', rw: 'writable mount' }[mode ?? ''] ?? 'mount of the node'
  const opens = mode === 'rw' ? 'reads and changes these files of the node' : 'reads these files of the node'
  const setting = capability === undefined ? 'pod' : 'capability'
  return {
    line,
    title: spoken[line] ?? capability ?? path ?? line,
    detail: path === undefined ? setting : mount,
    rank: rankOf(line),
    risk: privilegeRisk(line) ?? (path === undefined ? null : opens),
    kind: 'privilege',
    assumed: false,
    reasons,
  }
}

/** What is root on the node, what reaches beyond the container, what writes to the node, what reads it. */
function rankOf(line: string): Rank {
  if (/^(pod privileged|capability SYS_ADMIN)$/.test(line)) return 0
  if (/^(capability (?!NET_BIND_SERVICE)|pod (host|root|appArmor|seccomp))/.test(line)) return 1
  if (/^(mount .* rw|pod privilegeEscalation)$/.test(line)) return 2
  return line.startsWith('mount ') ? 3 : 4
}

/** Lines of grants as one line for each verb: a difference has only lines. */
export function single(line: string): readonly string[] {
  const at = line.replace(/ assumed$/, '').lastIndexOf(' ')
  const verbs = line.slice(at + 1).split(' ')[0] ?? ''
  return verbs.split(',').map(verb => `${line.slice(0, at)} ${verb}`)
}

/** How severe the grants of a line are. */
export function riskOfLine(line: string): { readonly rank: Rank; readonly sentence: string | null } {
  const [where = '', subject = ''] = line.split(' ')
  if (where === 'url') return { rank: 4, sentence: null }
  const resource = (subject.match(/^[^.[]+/) ?? [''])[0]
  const risks = single(line).flatMap(
    each => riskOf({ kind: 'resource', resource, verb: each.slice(each.lastIndexOf(' ') + 1) }) ?? [],
  )
  const [worst] = risks.toSorted((a, b) => a.rank - b.rank)
  return { rank: (worst?.rank ?? 4) as Rank, sentence: worst?.sentence ?? null }
}
