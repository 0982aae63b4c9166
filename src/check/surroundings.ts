import { isMap, type JsonMap, listAt, valueAt } from '../chart/json.ts'
import { diagnostic } from '../diagnostic/diagnostic.ts'
import type { Configuration } from '../input/configuration.ts'
import type { KubernetesObject } from '../input/deployment.ts'
import { alloyContainers, isMadeAlike } from '../input/manifests/containers.ts'
import { find, qualified, qualifiedName, type Stream } from '../input/manifests/objects.ts'
import { podTemplateOf } from '../input/manifests/pods.ts'
import { scalarAt, textAt } from '../input/yaml/tree.ts'
import type { Finding } from './finding.ts'
import type { RunningPod } from './pod.ts'

/** Other workloads of the input that run as the account: what they need of its rights is not known. */
export function sharedAccount({ account, deployment, objects }: Configuration): readonly Finding[] {
  if (account?.name == null) return []
  const { name, namespace, span } = account
  const workloads = (podsOf(objects).get(name) ?? []).filter(
    object => object !== deployment?.workload && (object.namespace ?? namespace) === namespace,
  )
  if (workloads.length === 0) return []
  const args = {
    account: qualifiedName(namespace, name),
    workloads: workloads.map(each => qualified(each.kind, each.namespace, each.name)),
  }
  const found = diagnostic('account-shared', span ?? deployment?.workload.span ?? null, args)
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

/** Says whether a pod brings a token into a container without the account's doing: projected, or by a Secret at its place. */
export function holdsToken(pod: JsonMap, container: JsonMap): boolean {
  const projected = listAt(pod, 'volumes').some(volume =>
    listAt(volume, 'projected.sources').some(source => isMap(source) && Object.hasOwn(source, 'serviceAccountToken')),
  )
  return projected || secretMounts(pod, container).some(({ isTokenPlace }) => isTokenPlace)
}

/** Secrets that bring a token of an account which is not the judged one, or no one knows of which. */
export function tokenSecrets(
  { account, objects, namespace }: Configuration,
  { pod, container, placeOf }: RunningPod,
): readonly Finding[] {
  return secretMounts(pod, container).flatMap(({ secret, at, isTokenPlace }): readonly Finding[] => {
    const object = find(objects, 'Secret', namespace, secret)
    const isToken = scalarAt(object?.tree ?? null, 'type')?.value === 'kubernetes.io/service-account-token'
    const owner = textAt(object?.tree ?? null, 'metadata', 'annotations', 'kubernetes.io/service-account.name')
    if (!(isTokenPlace || isToken) || (owner !== null && owner === account?.name)) return []
    const found = diagnostic('token-of-a-secret', placeOf(`volumeMounts.${at}`), {
      secret,
      account: account?.name ?? 'of the pod',
    })
    return [{ subject: `Secret/${secret}`, diagnostic: found }]
  })
}

interface SecretMount {
  readonly secret: string
  /** Position among the volume mounts of the container. */
  readonly at: number
  /** Whether it is mounted where clients look for the token. */
  readonly isTokenPlace: boolean
}

const tokenPlace = /^(?:\/var)?\/run(?:\/secrets(?:\/kubernetes\.io(?:\/serviceaccount(?:\/token)?)?)?)?$/

function secretMounts(pod: JsonMap, container: JsonMap): readonly SecretMount[] {
  const volumes = listAt(pod, 'volumes')
  return listAt(container, 'volumeMounts').flatMap((mount, at) => {
    const volume = volumes.find(each => valueAt(each, 'name') === valueAt(mount, 'name')) ?? null
    const projected = listAt(volume, 'projected.sources').map(source => valueAt(source, 'secret.name'))
    const path = String(valueAt(mount, 'mountPath') ?? '')
      .replace(/\/+/g, '/')
      .replace(/\/$/, '')
    return [valueAt(volume, 'secret.secretName'), ...projected]
      .filter(secret => typeof secret === 'string')
      .map(secret => ({ secret, at, isTokenPlace: tokenPlace.test(path) }))
  })
}
