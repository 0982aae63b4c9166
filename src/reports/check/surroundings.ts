import type { Identity } from '../../access/reach.ts'
import { isMap, type JsonMap, listAt, valueAt } from '../../chart/json.ts'
import { diagnostic } from '../../diagnostic/diagnostic.ts'
import type { Configuration } from '../../input/configuration.ts'
import type { KubernetesObject } from '../../input/deployment.ts'
import { alloyContainers, isMadeAlike } from '../../input/manifests/containers.ts'
import { find, qualified, qualifiedName, type Stream } from '../../input/manifests/objects.ts'
import { podTemplateOf } from '../../input/manifests/pods.ts'
import { scalarAt, textAt } from '../../input/yaml/tree.ts'
import type { Finding } from './finding.ts'
import type { RunningPod } from './pod/pod.ts'

/** Other workloads of the input that run as the account: what they need of its rights is not known. */
export function sharedAccount(
  { account, deployment, span: otherwise }: Configuration,
  { name, namespace }: Identity,
  objects: Stream,
): readonly Finding[] {
  const span = account?.span ?? deployment?.workload.span ?? otherwise
  const workloads = (podsOf(objects).get(name) ?? []).filter(
    object => object !== deployment?.workload && (object.namespace ?? namespace) === namespace,
  )
  if (workloads.length === 0) return []
  const args = {
    account: qualifiedName(namespace, name),
    workloads: workloads.map(each => qualified(each.kind, each.namespace, each.name)),
  }
  const found = diagnostic('account-shared', span, args)
  return [{ subject: args.account, diagnostic: found }]
}

const pods = new WeakMap<Stream, ReadonlyMap<string, Stream>>()

/** The workloads of an input that do not run Alloy, by their account. Each workload that does asks for them. */
function podsOf(objects: Stream): ReadonlyMap<string, Stream> {
  const known = pods.get(objects)
  if (known) return known
  const byAccount = new Map<string, KubernetesObject[]>()
  for (const object of objects) {
    const pod = podTemplateOf(object)?.pod
    if (!pod || isMadeAlike(object, objects) || alloyContainers(object, objects).length > 0) continue
    const account = textAt(pod, 'serviceAccountName') ?? textAt(pod, 'serviceAccount') ?? 'default'
    const list = byAccount.get(account)
    if (list) list.push(object)
    else byAccount.set(account, [object])
  }
  pods.set(objects, byAccount)
  return byAccount
}

/** Secrets that bring a token of an account which is not the judged one, or no one knows of which, into any container of the pod. */
export function tokenSecrets(
  { account, namespace }: Pick<Configuration, 'account' | 'namespace'>,
  { pod, container, placeOf }: RunningPod,
  objects: Stream,
): readonly Finding[] {
  const containers = ['initContainers', 'containers', 'ephemeralContainers']
    .flatMap(key => listAt(pod, key))
    .filter(isMap)
  return containers.flatMap(each => {
    const isAlloy = each['name'] === container['name']
    return secretsOf(pod, each).flatMap(({ secret, field, isTokenPlace }): readonly Finding[] => {
      const object = find(objects, 'Secret', namespace, secret)
      const isToken = scalarAt(object?.tree ?? null, 'type')?.value === 'kubernetes.io/service-account-token'
      const owner = textAt(object?.tree ?? null, 'metadata', 'annotations', 'kubernetes.io/service-account.name')
      if (!(isTokenPlace || isToken) || (owner !== null && owner === account?.name)) return []
      const span = isAlloy ? placeOf(field) : placeOf(field, String(each['name']))
      const found = diagnostic('token-of-a-secret', span, { secret, account: account?.name ?? 'of the pod' })
      return [{ subject: `Secret/${secret}`, diagnostic: found }]
    })
  })
}

interface UsedSecret {
  readonly secret: string
  /** The field of the container that takes it: `volumeMounts.0`. */
  readonly field: string
  /** Whether it is mounted where clients look for the token. */
  readonly isTokenPlace: boolean
}

const tokenPlace = /^(?:\/var)?\/run(?:\/secrets(?:\/kubernetes\.io(?:\/serviceaccount(?:\/token)?)?)?)?$/

/** The Secrets that a container mounts, or takes into its environment. */
function secretsOf(pod: JsonMap, container: JsonMap): readonly UsedSecret[] {
  const volumes = listAt(pod, 'volumes')
  const mounted = listAt(container, 'volumeMounts').flatMap((mount, at) => {
    const volume = volumes.find(each => valueAt(each, 'name') === valueAt(mount, 'name')) ?? null
    const projected = listAt(volume, 'projected.sources').map(source => valueAt(source, 'secret.name'))
    const path = String(valueAt(mount, 'mountPath') ?? '')
      .replace(/\/+/g, '/')
      .replace(/\/$/, '')
    return [valueAt(volume, 'secret.secretName'), ...projected].map(secret => ({
      secret,
      field: `volumeMounts.${at}`,
      isTokenPlace: tokenPlace.test(path),
    }))
  })
  const variables = [
    ...listAt(container, 'env').map(each => ({ secret: valueAt(each, 'valueFrom.secretKeyRef.name'), field: 'env' })),
    ...listAt(container, 'envFrom').map(each => ({ secret: valueAt(each, 'secretRef.name'), field: 'envFrom' })),
  ].map(each => ({ ...each, isTokenPlace: false }))
  return [...mounted, ...variables].flatMap(({ secret, ...rest }) =>
    typeof secret === 'string' ? [{ secret, ...rest }] : [],
  )
}
