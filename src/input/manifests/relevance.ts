import type { KubernetesObject } from '../deployment.ts'
import { itemsAt, type Tree, textAt, textsAt } from '../yaml/tree.ts'
import { alloyContainers } from './containers.ts'
import { groupOf, type Stream } from './objects.ts'

/** What counts for the judgement of Alloy among the objects of an input. */
export interface Relevance {
  /** Whether an object is a workload that runs Alloy, or asks for a release of a chart. */
  readonly isJudged: (object: KubernetesObject) => boolean
  /** Whether it decides what such a workload runs, or what its account may do. */
  readonly isConsulted: (object: KubernetesObject) => boolean
}

/** Determines which objects count. Which ones a release of a chart names is not known before it is rendered: all that could. */
export function relevanceOf(stream: Stream): Relevance {
  const judged = new Set(stream.filter(object => isRelease(object) || alloyContainers(object, stream).length > 0))
  const rendered = [...judged].some(isRelease)
  const named = new Set(['default', ...[...judged].flatMap(({ tree }) => namesIn(tree))])
  const bindings = new Set(stream.filter(object => isBinding(object) && (rendered || reaches(object, named))))
  const roles = new Set([...bindings].map(({ tree }) => textAt(tree, 'roleRef', 'name')))
  const aggregated = stream.some(({ name, tree }) => roles.has(name) && tree.entries.has('aggregationRule'))
  return {
    isJudged: object => judged.has(object),
    isConsulted: object => {
      if (judged.has(object) || bindings.has(object)) return true
      switch (object.kind) {
        case 'Role':
        case 'ClusterRole':
          return rendered || roles.has(object.name) || (aggregated && object.kind === 'ClusterRole')
        case 'ConfigMap':
        case 'Secret':
        case 'ServiceAccount':
          return rendered || named.has(object.name)
        // They name the release of the chart that a HelmRelease installs.
        case 'OCIRepository':
        case 'HelmChart':
          return rendered
        default:
          return false
      }
    },
  }
}

const releaseGroups = ['collectors.grafana.com', 'helm.toolkit.fluxcd.io', 'argoproj.io', 'opentelemetry.io']
const isRelease = (object: KubernetesObject): boolean =>
  releaseGroups.includes(groupOf(object)) &&
  /^(?:Alloy|HelmRelease|Application|ApplicationSet|OpenTelemetryCollector)$/.test(object.kind)

const isBinding = ({ kind }: KubernetesObject): boolean => kind === 'RoleBinding' || kind === 'ClusterRoleBinding'

/** Whether a subject may be one of some accounts: by its name, as a user, or through a group of all accounts. */
function reaches({ tree }: KubernetesObject, accounts: ReadonlySet<string>): boolean {
  const subjects = [
    ...itemsAt(tree, 'subjects').map(subject => textAt(subject, 'name') ?? ''),
    ...textsAt(tree, 'userNames'),
    ...textsAt(tree, 'groupNames'),
  ]
  return subjects.some(name => accounts.has(name) || /^system:(?:serviceaccount|authenticated)/.test(name))
}

/** Every text of a pod that may be the name of an object: accounts, ConfigMaps and Secrets are named in many places. */
function namesIn(tree: Tree): readonly string[] {
  if (tree.kind === 'list') return tree.items.flatMap(namesIn)
  if (tree.kind === 'scalar') return typeof tree.value === 'string' ? [tree.value] : []
  return [...tree.entries.values()].flatMap(({ value }) => namesIn(value))
}
