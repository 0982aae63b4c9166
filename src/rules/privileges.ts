import { diagnostic } from '../diagnostic/diagnostic.ts'
import { alternatives } from '../evaluate/value/contents.ts'
import type { Value } from '../evaluate/value/value.ts'
import { configurationFolder, isOccupied, placeOfHost } from '../kubernetes/pod/occupied.ts'
import { withoutSlash } from '../text/cut.ts'
import { type Found, lookUp } from './map/lookup.ts'
import type { PathSource, PrivilegeRule } from './map/schema.ts'
import { portsOf } from './ports.ts'
import type { Privilege, Requirement } from './requirement.ts'
import { type RuleContext, requirement } from './rule-context.ts'
import { targetsAt } from './scope.ts'

/** Finds what one privilege rule asks of the container and the pod. */
export function needsOfPrivilege(rule: PrivilegeRule, situation: RuleContext): readonly Requirement[] {
  const need = (privilege: Privilege, certain = true, files: readonly string[] | null = null) => {
    const { need, reason } = requirement({ kind: 'privilege', privilege }, situation, certain)
    return { need, reason: files === null ? reason : { ...reason, paths: files } }
  }
  if (rule.confidence === 'unverified') {
    situation.report(
      diagnostic('unverified-fact', situation.use.block.header, { rule: situation.rule, component: situation.use.id }),
    )
  }
  const mounts = (rule.mounts ?? []).map(mount => mountsOf(mount, situation))
  // Files of the host are root's: those of a volume need no root.
  const places = mounts.flatMap(({ wanted }) => wanted.map(placeOf))
  const files = places.length === 0 || mounts.some(({ isOpen }) => isOpen) ? null : places
  return [
    ...(rule.capabilities ?? []).map(name =>
      need({ kind: 'capability', name, ...(rule.bounding && { bounding: true as const }) }),
    ),
    ...(rule.pod ?? []).map(field => need({ kind: 'pod', field }, true, field === 'root' ? files : null)),
    ...mounts.flatMap(({ wanted }) => wanted.map(({ mount, certain, linkedFrom }) => need(mount, certain, linkedFrom))),
    ...(rule.writable ?? []).flatMap(source =>
      known(paths(source, situation, true)).flatMap(each =>
        writing(each, situation).map(way => need(way, each.certain)),
      ),
    ),
    ...(rule.ports ?? []).flatMap(source =>
      portsOf(source, situation).map(({ certain, ...port }) => need({ kind: 'port', ...port }, certain)),
    ),
  ]
}

/** A mount that a rule asks for. */
interface WantedMount {
  readonly mount: Extract<Privilege, { readonly kind: 'mount' }>
  readonly certain: boolean
  /** The path whose files are links to it; null where it is asked for by itself. */
  readonly linkedFrom: readonly string[] | null
}

const placeOf = ({ mount: { hostPath, mountPath } }: WantedMount): string => mountPath ?? hostPath

/** The mounts that one entry of a rule asks for, and whether there may be more of them. */
function mountsOf(
  { path, readOnly, file, at, links = {}, unlessPrivileged }: NonNullable<PrivilegeRule['mounts']>[number],
  situation: RuleContext,
): { readonly wanted: readonly WantedMount[]; readonly isOpen: boolean } {
  const seen = at === undefined ? [] : paths(at, situation, true)
  const [place = null] = seen.length === 1 ? seen : []
  const found = paths(path, situation, file === true)
  const wanted = known(found).flatMap((each): readonly WantedMount[] => {
    if (at === undefined) warnMoved(each, situation)
    const mount = {
      kind: 'mount' as const,
      hostPath: each.path,
      readOnly,
      ...(place !== null && { mountPath: place.path }),
      ...(unlessPrivileged && { unlessPrivileged }),
      ...(typeof path !== 'string' && at === undefined && { named: true as const }),
      ...(file && { whole: true as const }),
    }
    const linked = Object.entries(links).filter(([from]) => `${each.path}/`.startsWith(`${from}/`))
    return [
      { mount, certain: each.certain, linkedFrom: null },
      ...linked.map(([, to]) => ({
        mount: { kind: 'mount' as const, hostPath: to, readOnly },
        certain: each.certain,
        linkedFrom: [each.path],
      })),
    ]
  })
  return { wanted, isOpen: found.includes(null) }
}

interface KnownPath {
  readonly path: string
  readonly certain: boolean
  /** What names it; null for a path that the rule fixes. */
  readonly found: Found | null
}

/** Paths that a source names; null where there may be any. */
type Paths = readonly (KnownPath | null)[]

const known = (found: Paths): readonly KnownPath[] => found.filter(each => each !== null)

/** A component reads a folder where the container has its own: the host's is somewhere else, and the configuration has to say so. */
function warnMoved({ path, found }: KnownPath, { use, report }: RuleContext): void {
  if (found === null || !isOccupied(path)) return
  const span = found.argument?.span ?? use.block.header
  report(diagnostic('host-path-moved', span, { component: use.id, path, place: placeOfHost(path) }))
}

/** What lets a component write into a folder: a volume, or the root file system where no volume can be. */
function writing({ path, found }: KnownPath, { use, report }: RuleContext): readonly Privilege[] {
  if (!isOccupied(path) && path !== configurationFolder) return [{ kind: 'writable', path }]
  report(diagnostic('system-folder-written', found?.argument?.span ?? use.block.header, { component: use.id, path }))
  return [
    { kind: 'pod', field: 'writableRootFilesystem' },
    { kind: 'pod', field: 'root' },
  ]
}

/** The paths that a source names. A path that is not known in full gives the directory of its known beginning. */
function paths(source: PathSource, situation: RuleContext, whole: boolean): Paths {
  if (typeof source === 'string') return [{ path: source, certain: true, found: null }]
  const { facts } = situation
  if ('targets' in source) {
    return targetsAt(source.targets, facts).flatMap(({ labels, found }) => {
      const value =
        labels.kind === 'object'
          ? source.label.map(name => labels.entries.get(name)).find(each => each !== undefined)
          : labels
      return value === undefined ? [] : pathsOf(value, found, situation, false)
    })
  }
  const isFile = 'from' in source
  return lookUp(facts.body, isFile ? source.from : folderArgument(source), facts.defaults).values.flatMap(found =>
    pathsOf(found.value, found, situation, isFile && whole),
  )
}

const folderArgument = (source: { readonly glob: string } | { readonly directory: string }): string =>
  'glob' in source ? source.glob : source.directory

function pathsOf(value: Value, found: Found, situation: RuleContext, whole: boolean): Paths {
  return alternatives(value).flatMap((each): Paths => {
    switch (each.kind) {
      case 'string':
        return fileOf(each.value).map(path => ({ path: whole ? trimmed(path) : directory(path), certain: true, found }))
      case 'array':
        return [...each.items, ...each.openElements].flatMap(item => pathsOf(item, found, situation, whole))
      case 'pattern': {
        const first = each.parts[0]
        if (typeof first === 'string' && first.startsWith('/'))
          return [{ path: directory(`${first}*`), certain: true, found }]
        warnUnknown(found, situation)
        return [null]
      }
      case 'unknown':
        warnUnknown(found, situation)
        return [null]
      default:
        return []
    }
  })
}

/** Every path there is would be the whole host, so none is mounted, and that is said. */
function warnUnknown({ argument }: Found, { use, report }: RuleContext): void {
  const name = argument?.name ?? 'an argument'
  report(diagnostic('host-path-unknown', argument?.span ?? use.block.header, { argument: name, component: use.id }))
}

/** The directory that holds everything a glob pattern may match: the part before the first wildcard, or the file's own directory. */
function directory(pattern: string): string {
  const wildcard = pattern.search(/[*?[{]/)
  const known = wildcard === -1 ? pattern : pattern.slice(0, wildcard)
  return trimmed(known.slice(0, known.lastIndexOf('/')))
}

/** An absolute path, or the one of a socket's URL; addresses and relative paths are none. */
const fileOf = (text: string): readonly string[] => {
  const path = text.replace(/^unix:(?:\/\/)?(?=\/)/, '')
  return path.startsWith('/') ? [path] : []
}

const trimmed = (path: string): string => withoutSlash(path)
